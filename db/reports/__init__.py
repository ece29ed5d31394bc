"""What the reports count, one file each: the databases count and group, whole records never leave them."""
