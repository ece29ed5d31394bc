"""What a person may ask for: a copy of what is kept, and that it goes."""
