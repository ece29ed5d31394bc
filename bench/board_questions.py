"""What is asked for the complaints board and the live board, and what retention counts."""

from datetime import UTC
from functools import partial

from sqlalchemy import Connection

from app.figures.rules import Rules
from app.live.live_desk import live_now
from bench.beside import Theme
from bench.log_questions import PAGE_AIM_MS
from bench.spelling import RUNG_AT
from db.complaint_board import Tab, Wanted, board_choices, board_page, tally
from db.kinds import ComplaintState
from db.person.retention import Rule, Subject, due

_RETENTION_AIM_MS = 2_000
_YEAR = 365

_PAGES = {
    "open": Wanted(RUNG_AT),
    "overdue": Wanted(RUNG_AT, Tab.OVERDUE),
    "closed": Wanted(RUNG_AT, ComplaintState.CLOSED),
    "severe": Wanted(RUNG_AT, severity=5),
    "a handler": Wanted(RUNG_AT, handler="suzuki"),
    "a product": Wanted(RUNG_AT, product="商品 7"),
    "a category that few have": Wanted(RUNG_AT, ComplaintState.CLOSED, category="異物混入"),
    "a cause that few have": Wanted(RUNG_AT, ComplaintState.CLOSED, cause="表示の誤り"),
    "none: a cause, severe, overdue": Wanted(RUNG_AT, Tab.OVERDUE, severity=5, cause="表示の誤り"),
}


def board_themes(rounds: int) -> dict[str, Theme]:
    """Pages and counts that somebody waits for; what a dry run of retention counts has longer."""
    boards = {name: partial(_page, wanted) for name, wanted in _PAGES.items()}
    counts = {f"counts: {name}": partial(_tally, wanted) for name, wanted in _PAGES.items()}
    kept = {one.value: partial(_due, Rule(one, 4 * _YEAR)) for one in Subject}
    return {
        "complaints board": Theme({**boards, **counts, "choices": _choices}, PAGE_AIM_MS, rounds),
        "live board": Theme({"one look": _live}, PAGE_AIM_MS, rounds),
        "retention, four years": Theme(kept, _RETENTION_AIM_MS, min(3, rounds)),
    }


def _page(wanted: Wanted, connection: Connection) -> int:
    return len(board_page(connection, wanted, None))


def _tally(wanted: Wanted, connection: Connection) -> int:
    return sum(tally(connection, wanted).states.values())


def _choices(connection: Connection) -> int:
    told = board_choices(connection)
    return len(told.handlers) + len(told.products) + len(told.categories) + len(told.causes)


def _live(connection: Connection) -> int:
    return live_now(connection, RUNG_AT, Rules(zone=UTC)).today.answered


def _due(rule: Rule, connection: Connection) -> int:
    return due(connection, rule, RUNG_AT)
