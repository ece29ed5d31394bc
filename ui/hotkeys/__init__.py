"""Keys that work in every program: each platform has its own way to ask for them, or none."""
