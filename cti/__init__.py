"""Call sources: bytes from a telephone system in, a handful of call events out."""
