"""The log of calls as the windows see it."""

from db.calls import CallListRow

__all__ = ["CallListRow"]
