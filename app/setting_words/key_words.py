"""The words of one setting."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KeyWords:
    """`label` and one line of `help`; `unit` stands behind a number; `choices`: each allowed value in words."""

    label: str
    help: str = ""
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
