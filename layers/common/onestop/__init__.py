"""onestop: one upload, every market. See the README for the layout; arrows point domain <- steps <- adapters <- functions."""
