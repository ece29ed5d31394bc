"""The one error that a call source raises about the other end of the wire."""


class PeerError(Exception):
    """The other end broke its protocol: log it, answer with `status` if there is one, go on."""

    def __init__(self, fact: str, status: int | None = None) -> None:
        super().__init__(fact)
        self.status = status
