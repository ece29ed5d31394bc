"""Newer versions: the program tells of them and never fetches or installs one; that is IT's."""
