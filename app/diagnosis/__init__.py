"""`omote diagnose`: everything that a call needs, looked at without changing anything."""
