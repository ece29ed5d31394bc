"""One operator's desk: use cases in plain Python. Hears call events, asks the records, decides what is seen."""

__version__ = "0.1.0"
