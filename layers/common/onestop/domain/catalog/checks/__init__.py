"""What is wrong inside a seller's file although every cell can be read: figures, names and rights that contradict each other."""
