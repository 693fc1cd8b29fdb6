"""A buyer's shipping details: the little that is kept of them, for one purpose, for a time."""
