"""Reviews of calls: what is said of them, and answered."""
