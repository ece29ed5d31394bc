"""The live board: what every desk tells of its operator, and what the records tell of today."""
