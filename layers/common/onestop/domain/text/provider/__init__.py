"""What is asked of a machine that translates, and how far its answer is believed."""
