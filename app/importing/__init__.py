"""Import of customers and their history from files: reading and checking, and the process that does it."""
