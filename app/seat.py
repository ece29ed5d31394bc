"""Who sits at this desk now: one word that everybody reads when something is written, so that a PC can be shared."""


class Seat:
    """`login` stands in records and drafts."""

    def __init__(self, login: str) -> None:
        self.login = login
