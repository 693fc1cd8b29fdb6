"""What is left to sell: one count per SKU over all markets."""
