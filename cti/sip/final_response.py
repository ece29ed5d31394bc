"""What a final response says: for how long something was granted, and its status in words for eyes."""

from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.grammar import parse_number
from cti.sip.message import Response

MAX_EXPIRES = 86_400


def read_seconds(stated: str | None, otherwise: int) -> int:
    try:
        return parse_number(stated or "", MAX_EXPIRES)
    except PeerError:
        return otherwise


def status_line(response: Response) -> str:
    return plain_text(f"{response.status} {response.reason}")
