"""Sources of exchange rates: the ECB's daily file, the history that a package carries, a file that a person gives."""
