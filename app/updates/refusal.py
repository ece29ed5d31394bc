"""Why nothing is known of newer versions, as bare facts; `app.updates.words` makes the sentence."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong with the manifest, or with the way to it."""

    UNREACHABLE = "unreachable"
    ANSWER = "answer"  # the server's, other than 200; `detail` is its status
    TLS = "tls"
    NO_FILE = "no_file"
    TOO_LARGE = "too_large"
    NOT_SIGNED = "not_signed"  # no signature beside it, or none of this kind
    OTHER_KEY = "other_key"
    BAD_SIGNATURE = "bad_signature"
    MALFORMED = "malformed"
    OTHER_CHANNEL = "other_channel"
    EXPIRED = "expired"
    OLDER = "older"  # than one that was seen here before
    NO_LIBRARY = "no_library"


class Refused(Exception):  # noqa: N818 -- the house's name for it: not a mistake, a finding
    """`reason` is for the program, `detail` the bare fact behind it."""

    def __init__(self, reason: Why, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
