"""Finding customers who may be recorded twice: only pairs that share a key are looked at, never all pairs."""
