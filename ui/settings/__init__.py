"""The page of the settings: every value that a file can say, with who said it, checked while it is typed."""
