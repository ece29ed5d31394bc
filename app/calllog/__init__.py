"""The call log as supervisors ask it: what is wanted, a page of it, one call in full, and all of it in a file."""
