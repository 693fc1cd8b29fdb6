"""What we believe a marketplace shows, held against what it says."""
