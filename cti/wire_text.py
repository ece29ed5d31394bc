"""Bytes of the wire as text and back: whatever came in can go out again byte for byte."""


def decode(data: bytes) -> str:
    """Text of any bytes; `encode` gives the same bytes back."""
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
