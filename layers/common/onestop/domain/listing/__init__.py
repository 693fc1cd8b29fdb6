"""One product in one market: the listing other people see, and the decision to publish it."""
