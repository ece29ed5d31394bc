"""`omote provision`: a desk set up by one file, with what is its own from a table of desks."""
