"""Brings the rows of a file into the records: staged first, then merged in one transaction, undone by batch."""
