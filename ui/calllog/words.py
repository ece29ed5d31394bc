"""What the call log's page says: its columns, choices and rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.calllog.call_log import LogChoices, LogLine, Part
from app.calllog.view import ANY_WITHHELD, Period
from app.choices import Choice
from app.words import _, language
from ui import wording
from ui.plain_text import cut
from ui.rows import Cell, Column, Tone

LENGTHS = (10, 30, 60, 180, 300, 600, 1800, 3600)
_TONES = {"missed": Tone.BAD, "answered": Tone.GOOD}


def periods() -> list[tuple[Period, str]]:
    return [
        (Period.EVER, _("all days")),
        (Period.TODAY, _("today")),
        (Period.YESTERDAY, _("yesterday")),
        (Period.WEEK, _("the last 7 days")),
        (Period.THIS_MONTH, _("this month")),
        (Period.LAST_MONTH, _("last month")),
        (Period.DAYS, _("these days:")),
    ]


def everything() -> dict[str, str]:
    """Of the filters of which several can be chosen: what stands there while none is."""
    return {
        "outcomes": _("every outcome"), "lines": _("every line"), "operators": _("every operator"),
        "queues": _("every queue"), "dispositions": _("every result"),
    }  # fmt: skip


def filter_titles() -> dict[str, str]:
    """What these are called."""
    named = titles()
    return {
        "outcomes": named["outcome"], "lines": named["line"], "operators": named["operator"],
        "queues": named["queue"], "dispositions": named["disposition"],
    }  # fmt: skip


def part_titles() -> dict[Part, str]:
    """What each filter is called where it stands alone."""
    named = titles()
    return {
        Part.TEXT: _("Search"), Part.PERIOD: _("Period"), Part.OUTCOMES: named["outcome"], Part.LINES: named["line"],
        Part.OPERATORS: named["operator"], Part.DIRECTION: _("Direction"), Part.WITHHELD: _("Number shown or not"),
        Part.QUEUES: named["queue"], Part.DISPOSITIONS: named["disposition"], Part.CUSTOMER: named["customer"],
        Part.TALK: _("Length of the talk"),
    }  # fmt: skip


def offered(found: LogChoices) -> dict[str, list[Choice]]:
    """What these can be set to, as the records have it."""
    return {
        "outcomes": outcomes(),
        "lines": [Choice(one, (cut(one, 60),)) for one in found.lines],
        "operators": [Choice(str(one.operator_id), (cut(one.name, 60),), one.login) for one in found.operators],
        "queues": [Choice(one, (cut(one, 60),)) for one in found.queues],
        "dispositions": _dispositions(found),
    }


def outcomes() -> list[Choice]:
    """All that a call can end as."""
    return [Choice(code, (wording.outcome(code),)) for code in ("answered", "missed", "elsewhere", "offered")]


def _dispositions(found: LogChoices) -> list[Choice]:
    """Found in either language."""
    is_ja = language() == "ja"
    both = [(one, one.path_ja if is_ja else one.path_en) for one in found.dispositions]
    return [Choice(str(one.disposition_id), path, " ".join((*one.path_ja, *one.path_en))) for one, path in both]


def directions() -> list[tuple[str, str]]:
    return [
        ("", _("in and out")),
        ("in", _("incoming")),
        ("out", _("outgoing")),
        ("internal", _("internal")),
    ]


def withheld() -> list[tuple[str, str]]:
    reasons = ("anonymous", "payphone", "out_of_area", "service_conflict")
    return [
        ("", _("with or without number")),
        (ANY_WITHHELD, _("without number")),
        *((one, wording.withheld(one)) for one in reasons),
    ]


def length(seconds: int) -> str:
    """A choice of how long one talked."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    return _("{n} min").format(n=seconds // 60)


def disposition_labels(found: LogChoices) -> dict[int, str]:
    """Group and outcome in one line, in the language that is spoken."""
    is_ja = language() == "ja"
    return {one.disposition_id: " › ".join(one.path_ja if is_ja else one.path_en) for one in found.dispositions}


def titles() -> dict[str, str]:
    """Of the columns that can be chosen."""
    return {
        "time": _("Time"), "customer": _("Customer"), "outcome": _("Outcome"), "line": _("Telephone line"),
        "operator": _("Operator"), "talk": _("Talked"), "wait": _("Waited"), "queue": _("Waiting queue"),
        "disposition": _("Result of the call"), "note": _("Note"),
    }  # fmt: skip


_WIDTHS = {
    "time": 92, "outcome": 116, "line": 84, "operator": 96, "talk": 80, "wait": 80, "queue": 84, "disposition": 140,
    "note": 0, "customer": 0,
}  # fmt: skip


def columns(chosen: Sequence[str]) -> list[Column]:
    """One of them takes what is left."""
    named = titles()
    has_wide = any(not _WIDTHS[one] for one in chosen)
    made = [Column(named[one], _WIDTHS[one], one in ("talk", "wait")) for one in chosen]
    return made if has_wide else [*made[:-1], Column(made[-1].title, 0, made[-1].is_right)]


@dataclass(frozen=True, slots=True)
class RowWords:
    """Makes the cells of a call; `dispositions` by key."""

    dispositions: dict[int, str]

    def cells(self, one: LogLine, chosen: Sequence[str]) -> list[Cell]:
        """In the order of the columns."""
        makers: dict[str, Callable[[LogLine], Cell]] = {
            "time": lambda one: Cell(wording.clock_time(one.at), wording.day(one.at)),
            "customer": _customer,
            "outcome": lambda one: _outcome(one, "" if "line" in chosen else one.line),
            "line": lambda one: Cell(one.line or "—"),
            "operator": lambda one: Cell(one.operator or "—"),
            "talk": lambda one: Cell(_time(one.talk_s)),
            "wait": lambda one: Cell(_time(one.wait_s)),
            "queue": lambda one: Cell(one.queue or "—"),
            "disposition": lambda one: Cell(self.dispositions.get(one.disposition_id or 0, "—")),
            "note": lambda one: Cell(one.excerpt or "—", tone=Tone.PLAIN if one.excerpt else Tone.QUIET),
        }
        return [makers[name](one) for name in chosen]


def who(one: LogLine) -> str:
    """The customer, else the caller's own name, else the number."""
    if wording.has_ink(one.customer):
        return wording.honoured(one.customer)
    return one.caller_name if wording.has_ink(one.caller_name) else wording.call_number(one.number, one.withheld)


def _customer(one: LogLine) -> Cell:
    number, named = wording.call_number(one.number, one.withheld), who(one)
    dials = "" if one.withheld else one.number
    if named == number:
        return Cell(named, _("not attached to a customer"), is_strong=True, dials=dials)
    return Cell(named, number, is_strong=True, second_dials=dials)


def _outcome(one: LogLine, line: str) -> Cell:
    tone = Tone.QUIET if one.direction == "out" else _TONES.get(one.outcome, Tone.QUIET)
    return Cell(wording.outcome(one.outcome, one.end_cause, one.direction), line, tone)


def _time(seconds: int) -> str:
    return wording.duration(timedelta(seconds=seconds)) if seconds else "—"
