"""The use cases: one module per Lambda function. Each takes its ports as keyword arguments and returns a result."""
