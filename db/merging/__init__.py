"""Making two customers one, field by field, so that it can be undone: nothing is ever deleted."""
