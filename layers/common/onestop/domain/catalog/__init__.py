"""What a seller sells: products, variants, pictures, and reading them out of the files sellers already have."""
