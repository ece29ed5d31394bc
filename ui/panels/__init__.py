"""The panels of the pop, one file each."""
