"""Marketplaces as data: limits, signatures, message shapes."""
