"""The call source "ami": Asterisk tells of every call over its manager interface; no phone is registered."""
