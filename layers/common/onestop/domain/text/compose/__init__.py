"""Word order, one module per language: the parts of a title put together the way buyers of that language read it."""
