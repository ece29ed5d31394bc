"""What can come of a call: a tree that the operator chooses from, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select, text, update

from db.keys import count_on
from db.models import disposition


@dataclass(frozen=True, slots=True)
class DispositionFact:
    """One outcome that can be chosen; the paths lead from its group down to it."""

    code: str
    path_ja: tuple[str, ...]
    path_en: tuple[str, ...]
    needs_note: bool
    is_offered: bool = True

    def as_old(self) -> "DispositionFact":
        """The same, for calls that have it: nobody is to choose it any more."""
        return replace(self, is_offered=False)

    def label(self, language: str) -> str:
        """Group and outcome in one line, for "ja" or any other language (English)."""
        return " › ".join(self.path_ja if language == "ja" else self.path_en)


@dataclass(frozen=True, slots=True)
class DispositionNode:
    """A group or an outcome as a site writes it down; `parent` is the code of its group, "" for none."""

    code: str
    ja: str
    en: str
    parent: str = ""
    needs_note: bool = False


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


def settle_tree(connection: Connection, tree: Sequence[DispositionNode]) -> bool:
    """Let the records offer this tree; False if they do. Codes that are not in it stay for old calls, not offered."""
    if _stands(connection, tree):
        return False
    if connection.dialect.name == "postgresql":  # desks that start together: one writes, the others find it done
        connection.execute(_ALONE)
        if _stands(connection, tree):
            return False
    keys: dict[str, int] = {}
    for place, node in _parents_first(tree):
        told = {"label_ja": node.ja, "label_en": node.en, "position": place, "needs_note": node.needs_note}
        told |= {"parent_id": keys.get(node.parent), "is_offered": True}
        keys[node.code] = _written(connection, node.code, told)
    gone = disposition.c.code.not_in(list(keys))
    connection.execute(update(disposition).where(gone).values(is_offered=False))
    return True


def facts_of(tree: Sequence[DispositionNode]) -> tuple[DispositionFact, ...]:
    """What can be chosen of a tree, in its order: its leaves."""
    by_code = {node.code: node for node in tree}
    groups = {node.parent for node in tree}
    paths = [(node, _line_of(node, by_code)) for _place, node in _in_order(tree) if node.code not in groups]
    return tuple(
        DispositionFact(node.code, tuple(one.ja for one in path), tuple(one.en for one in path), node.needs_note)
        for node, path in paths
    )


def dispositions(connection: Connection) -> tuple[DispositionFact, ...]:
    """What can be chosen, in the order of the tree, then what old calls have: leaves, not groups."""
    rows: Sequence[Any] = connection.execute(_TREE).all()
    by_id = {row.id: row for row in rows}
    groups = {row.parent_id for row in rows if row.is_offered}
    leaves = [(_path(row, by_id), row) for row in rows if row.id not in groups]
    leaves.sort(key=lambda leaf: (not leaf[1].is_offered, [(one.position, one.id) for one in leaf[0]]))
    return tuple(_fact(row, path) for path, row in leaves)


def every_disposition(connection: Connection) -> dict[int, DispositionFact]:
    """Groups too, by their keys: whatever a contact may have."""
    by_id = {row.id: row for row in connection.execute(_TREE).all()}
    return {key: _fact(row, _path(row, by_id)) for key, row in by_id.items()}


def _fact(row: Any, path: Sequence[Any]) -> DispositionFact:
    ja, en = tuple(one.label_ja for one in path), tuple(one.label_en for one in path)
    return DispositionFact(row.code, ja, en, row.needs_note, row.is_offered)


def _path(row: Any, by_id: Mapping[int, Any]) -> list[Any]:
    path = [row]
    while path[0].parent_id is not None:
        path.insert(0, by_id[path[0].parent_id])
    return path


def _line_of(node: DispositionNode, by_code: Mapping[str, DispositionNode]) -> list[DispositionNode]:
    path = [node]
    while path[0].parent:
        path.insert(0, by_code[path[0].parent])
    return path


def _in_order(tree: Sequence[DispositionNode]) -> list[tuple[int, DispositionNode]]:
    """As a reader sees the tree: each group, then what is in it, in the order in which they were written down."""
    by_code = {node.code: node for node in tree}
    places = {node.code: place for place, node in enumerate(tree, start=1)}

    def key(one: tuple[int, DispositionNode]) -> list[int]:
        return [places[node.code] for node in _line_of(one[1], by_code)]

    return sorted(enumerate(tree, start=1), key=key)


def _parents_first(tree: Sequence[DispositionNode]) -> list[tuple[int, DispositionNode]]:
    by_code = {node.code: node for node in tree}
    return sorted(enumerate(tree, start=1), key=lambda one: (len(_line_of(one[1], by_code)), one[0]))


def _stands(connection: Connection, tree: Sequence[DispositionNode]) -> bool:
    """Whether the records offer just this tree."""
    rows: Sequence[Any] = connection.execute(_TREE).all()
    codes = {row.id: row.code for row in rows}
    offered = {
        row.code: (row.label_ja, row.label_en, codes.get(row.parent_id, ""), row.needs_note, row.position)
        for row in rows
        if row.is_offered
    }
    wanted = {
        node.code: (node.ja, node.en, node.parent, node.needs_note, place) for place, node in enumerate(tree, start=1)
    }
    return offered == wanted


def _written(connection: Connection, code: str, told: Mapping[str, Any]) -> int:
    mine = disposition.c.code == code
    if not connection.execute(update(disposition).where(mine).values(told)).rowcount:
        connection.execute(disposition.insert().values(code=code, **told))
    key: int = connection.execute(select(disposition.c.id).where(mine)).scalar_one()
    return key


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
_ALONE = text("LOCK TABLE disposition IN SHARE ROW EXCLUSIVE MODE")  # who only refers to a code does not wait
