"""The rules: pure functions and models over the standard library and pydantic. No AWS, no clock, no environment, no I/O."""
