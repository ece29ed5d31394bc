"""Reviews of calls: what was said of them, what was answered, and which calls are drawn."""
