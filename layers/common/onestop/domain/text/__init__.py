"""Product text in each market's language: protection of facts, termbase composition, checks."""
