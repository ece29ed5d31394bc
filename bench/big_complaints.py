"""Complaints of every kind over five years, with products and what was sold of them, as SQL."""

from collections.abc import Iterator

from bench.job import Job
from bench.spelling import Spelling

_PRODUCTS, _HOURS = 40, 43_800
_CATEGORIES = "配送遅延", "品質", "接客", "請求", "返品"
_CAUSES = "梱包", "在庫", "入力の誤り", "配送業者"


def complaints(many: int, customers: int, spelling: Spelling) -> Iterator[Job]:
    """So many of them, from as many customers; one in twelve is open, some of those overdue."""
    each = spelling.series(1, many)
    yield Job(
        "products",
        "INSERT INTO product (id, code, name) SELECT n.i, 'P-' || n.i, '商品 ' || n.i"
        f" FROM {spelling.series(1, _PRODUCTS)}",
    )
    yield Job(
        "orders",
        f"""
INSERT INTO purchase (id, customer_id, order_no, ordered_at, state, amount, currency)
SELECT n.i, 1 + n.i * 7919 % {customers}, 'A-' || n.i, {spelling.hours_ago(f"1 + n.i * 31.0 % {_HOURS}")},
       'completed', 1980, 'JPY' FROM {each}""",
    )
    yield Job(
        "what was ordered",
        f"""
INSERT INTO purchase_item (purchase_id, position, product_id, name, quantity, amount)
SELECT n.i, 1, 1 + n.i % {_PRODUCTS}, '商品', 1 + n.i % 3, 1980 FROM {each}""",
    )
    yield Job("complaints", _complaints(many, customers, each, spelling))


def _complaints(many: int, customers: int, each: str, spelling: Spelling) -> str:
    hours = f"(1 + ({many} - n.i) * {_HOURS}.0 / {many})"
    open_states = "CASE n.i % 3 WHEN 0 THEN 'received' WHEN 1 THEN 'investigating' ELSE 'responding' END"
    return f"""
INSERT INTO complaint (id, complaint_no, customer_id, category, cause, severity, state, product_id, handler_id,
                       received_at, due_at, resolved_at, text)
SELECT n.i, 'M-' || n.i, 1 + n.i * 104729 % {customers},
       CASE WHEN n.i % 9973 = 0 THEN '異物混入' ELSE {_one_of(_CATEGORIES, "n.i * 7919")} END,
       CASE WHEN n.i % 12 = 0 THEN NULL WHEN n.i % 9941 = 0 THEN '表示の誤り' ELSE {_one_of(_CAUSES, "n.i * 31")} END,
       1 + n.i * 13 % 5, CASE WHEN n.i % 12 = 0 THEN {open_states} ELSE 'closed' END,
       CASE WHEN n.i % 4 > 0 THEN 1 + n.i * 17 % {_PRODUCTS} END, 1 + n.i % 4, {spelling.hours_ago(hours)},
       CASE WHEN n.i % 2 = 0 THEN {spelling.hours_ago(f"{hours} - 72")} END,
       CASE WHEN n.i % 12 > 0 THEN {spelling.hours_ago(f"{hours} - n.i * 7 % 200")} END, '約束の日を過ぎても届かない。'
FROM {each}"""


def _one_of(words: tuple[str, ...], number: str) -> str:
    told = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
    return f"CASE {number} % {len(words)} {told} END"
