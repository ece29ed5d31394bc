"""What can come of a call: a tree that the operator chooses from, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.keys import count_on
from db.models import disposition


@dataclass(frozen=True, slots=True)
class DispositionFact:
    """One outcome that can be chosen; the paths lead from its group down to it."""

    code: str
    path_ja: tuple[str, ...]
    path_en: tuple[str, ...]
    needs_note: bool

    def label(self, language: str) -> str:
        """Group and outcome in one line, for "ja" or any other language (English)."""
        return " › ".join(self.path_ja if language == "ja" else self.path_en)


STARTERS: tuple[tuple[str, str, str, bool], ...] = (
    # code (a dot leads to the group), Japanese, English, whether a note is required
    ("inquiry", "問い合わせ", "Inquiry", False),
    ("inquiry.delivery", "配送", "Delivery", False),
    ("inquiry.product", "商品", "Product", False),
    ("inquiry.payment", "支払い", "Payment", False),
    ("inquiry.other", "その他", "Other", True),
    ("order", "注文", "Order", False),
    ("order.new", "新規注文", "New order", False),
    ("order.change", "変更", "Change", False),
    ("order.cancel", "取り消し", "Cancellation", False),
    ("order.return", "返品・交換", "Return or exchange", True),
    ("complaint", "クレーム", "Complaint", False),
    ("complaint.quality", "品質", "Quality", True),
    ("complaint.delivery", "配送", "Delivery", True),
    ("complaint.service", "応対", "Service", True),
    ("callback", "折り返し", "Callback", False),
    ("callback.promised", "折り返しを約束", "Callback promised", False),
    ("callback.done", "折り返し済み", "Called back", False),
    ("callback.no_answer", "不在", "No answer", False),
    ("none", "対応不要", "Nothing to do", False),
    ("none.wrong_number", "間違い電話", "Wrong number", False),
    ("none.sales", "営業電話", "Sales call", False),
    ("none.silent", "無言", "Silent call", False),
)
"""The tree that a new database begins with; a site may change it."""


def add_starters(connection: Connection) -> None:
    """Give a new database its first tree; one that has a tree already is left alone."""
    if connection.execute(select(disposition.c.id).limit(1)).first() is None:
        keys = {code: place for place, (code, *_) in enumerate(STARTERS, start=1)}
        connection.execute(disposition.insert(), [_row(starter, keys) for starter in STARTERS])
        count_on(connection, disposition)


def dispositions(connection: Connection) -> tuple[DispositionFact, ...]:
    """What can be chosen, in the order of the tree: its leaves, not its groups."""
    rows: Sequence[Any] = connection.execute(_TREE).all()
    by_id = {row.id: row for row in rows}
    groups = {row.parent_id for row in rows}
    leaves = [(_path(row, by_id), row) for row in rows if row.id not in groups]
    leaves.sort(key=lambda leaf: [(one.position, one.id) for one in leaf[0]])
    return tuple(
        DispositionFact(
            row.code, tuple(one.label_ja for one in path), tuple(one.label_en for one in path), row.needs_note
        )
        for path, row in leaves
    )


def _path(row: Any, by_id: Mapping[int, Any]) -> list[Any]:
    path = [row]
    while path[0].parent_id is not None:
        path.insert(0, by_id[path[0].parent_id])
    return path


def _row(starter: tuple[str, str, str, bool], keys: Mapping[str, int]) -> dict[str, Any]:
    code, ja, en, needs_note = starter
    return {
        "id": keys[code],
        "parent_id": keys.get(code.rpartition(".")[0]),
        "code": code,
        "label_ja": ja,
        "label_en": en,
        "position": keys[code],
        "needs_note": needs_note,
    }


_TREE = select(disposition)
