"""What may not be sold where, and what needs a person to look."""
