"""Keywords and demand reports: how each market's buyers search."""
