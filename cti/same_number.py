"""Whether two ways to write a number mean the same."""

TAIL = 8  # digits that every way to write one number shares


def is_same_number(one: str, other: str) -> bool:
    """+81312345678, 0312345678, 0-03-1234-5678. What has no digits (alice, nothing) is only the same as itself."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if not short:
        return one == other
    return short == long or (len(short) >= TAIL and long.endswith(short))


def tail_of(number: str) -> str:
    """The same for all ways to write it; "" for what has no digits."""
    return _bare(number)[-TAIL:]


def _bare(number: str) -> str:
    return "".join(char for char in number if "0" <= char <= "9").lstrip("0")
