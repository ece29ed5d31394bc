"""Which source said what of the caller, in sentences: only where several tell of one call."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.phone_number import parse_number
from app.words import _
from cti.same_number import is_same_number

Facts = Mapping[str, Any]


def what_each_said(lines: Sequence[Facts]) -> list[str]:
    """The one who is believed, then each of the others, as far as the last line knows."""
    if not lines:
        return []
    first_of = {leg["source"]: leg["said"] for leg in reversed(lines[-1].get("legs", ())) if leg.get("said")}
    named_by = lines[-1].get("named_by")
    if len(first_of) < 2 or named_by is None:
        return []
    others = [source for source in reversed(first_of) if source != named_by]
    told = [_about(source, first_of[source], lines[-1]["number"]) for source in others]
    return [_("The source {source} is believed.").format(source=named_by), *told]


def _about(source: str, said: Facts, number: str) -> str:
    if said.get("hidden"):
        return _("{source} tells a number all the same; it is not shown.").format(source=source)
    if said["withheld"] is not None:
        return _("{source} says that there is none to be shown.").format(source=source)
    if not said["number"]:
        return _("{source} told no number.").format(source=source)
    if "*" in said["number"]:
        return _("{source} told a number.").format(source=source)
    if is_same_number(said["number"], number):
        return _("{source} said the same.").format(source=source)
    other = parse_number(said["number"]).display or said["number"]
    return _("{source} said another number: {number}.").format(source=source, number=other)
