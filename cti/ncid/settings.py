"""What an NCID source can be told: one frozen value, checked where the settings file is read."""

from dataclasses import dataclass

DEFAULT_PORT = 3333


@dataclass(frozen=True, slots=True)
class NcidSettings:
    """One `[[source]]` table of kind "ncid"; the names are those of the settings file (docs/settings.md).

    `lines` are "its name of a line=the number of that line".
    """

    name: str
    server: str = ""
    lines: tuple[str, ...] = ()
    region: str = "JP"
    password_file: str = ""

    def number_of(self, line: str) -> str:
        """The number that is rung on this line, or the line's own name."""
        numbers = dict(one.split("=", 1) for one in self.lines if "=" in one)
        return numbers.get(line, line).strip()
