"""Composes the program: the only module that knows everything. Nothing else builds anything."""

import sys


def run() -> None:
    """Entry point of `omote`."""
    sys.exit(0)
