"""What goes on at the moment, as supervisors look at it: who sits where and does what, who waits, and today so far."""
