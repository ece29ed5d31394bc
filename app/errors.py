"""The one error whose text is shown to people as it is."""

from app.words import in_one_line


class UserError(Exception):
    """Something a person has to put right: what happened, and what to do, in one line of their language.

    `option` is what does it on a command line; a page says it with the control that stands there.
    """

    def __init__(self, what: str, todo: str, option: str = "") -> None:
        super().__init__(in_one_line(what, todo))  # a name from a file may hold line ends
        self.what = what
        self.todo = todo
        self.option = option

    @property
    def parts(self) -> tuple[str, str, str]:
        """What crosses between processes, in place of the error itself."""
        return self.what, self.todo, self.option
