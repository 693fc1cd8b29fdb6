"""What a seller gets back: the page to read and the findings to work through."""
