"""Purchases of a file: rows with one order number are one purchase, its items in the order of the file."""

from datetime import datetime

from db.importing import snapshots
from db.importing.history import find_owners, find_products, refuse, write_products
from db.importing.last_contact import bring_forward
from db.importing.layout import ITEM, REFUSAL, Layout
from db.importing.staged import ImportPlan
from db.importing.workbench import Workbench

_TOLD = Layout("told_order", ("order_no text", "first key", "last key", "total key"))
_NEW = Layout("new_order", ("n key", "order_no text", "first key", "last key", "total key"), key=True)
_KNOWN = Layout("known_order", ("purchase_id key", "order_no text", "first key", "last key", "total key"), key=True)
_ITEM = Layout("told_line", ("row key", "n key", "purchase_id key", "position integer"), key=True)
_CHANGED = Layout("changed", ("id key",), key=True)
_NEW_ITEM = Layout("new_line", ("n key", "row key"), key=True)


def gather(bench: Workbench) -> None:
    """Bring together what the workers staged."""
    for layout in (ITEM, REFUSAL):
        bench.gather(layout)
    bench.index(ITEM.name, "order_no")


def compare(bench: Workbench, plan: ImportPlan) -> None:
    """Find out all that is to be written."""
    for layout in (_TOLD, _NEW, _KNOWN, _ITEM, _CHANGED, _NEW_ITEM):
        bench.make(layout)
    find_owners(bench, ITEM.name, plan)
    refuse(bench, ITEM.name, "order_no", "other_customer", _TWO_CUSTOMERS)
    refuse(bench, ITEM.name, "order_no", "other_customer", _ANOTHERS_ORDER)
    find_products(bench, ITEM.name, "product_code", "product")
    for statement in (_ORDERS, _KNOWN_ORDERS, _NEW_ORDERS, _LINES_OF_KNOWN, _LINES_OF_NEW):
        bench.run(statement)
    bench.index(_ITEM.name, "purchase_id")
    for statement in (_CHANGED_HEADS, _CHANGED_LINES, _FEWER_LINES, _LINES_TO_WRITE):
        bench.run(statement)
    bench.learn(_NEW_ITEM.name)


def sizes(bench: Workbench) -> dict[str, int]:
    """How many keys each table is to count on."""
    products = int(bench.one("SELECT count(*) FROM told_product WHERE n IS NOT NULL"))
    return {"product": products, "purchase": bench.count(_NEW.name), "purchase_item": bench.count(_NEW_ITEM.name)}


def write(bench: Workbench, plan: ImportPlan, bases: dict[str, int], at: datetime) -> None:
    """Write it."""
    write_products(bench, bases["product"])
    bench.run(_INSERT, base=bases["purchase"])
    if bench.count(_CHANGED.name):
        snapshots.take(bench, snapshots.ORDERS)
        bench.run(_UPDATE)
        bench.run(_DROP_LINES)
    bring_forward(bench, ITEM.name, "ordered_at")
    bench.run(_INSERT_LINES, base=bases["purchase_item"], orders=bases["purchase"], products=bases["product"])


def note_changes(bench: Workbench, batch_no: str, bases: dict[str, int]) -> None:
    """Keep what is needed to undo what was changed."""
    if bench.count(_CHANGED.name):
        snapshots.note(bench, snapshots.ORDERS, batch_no)


def counts(bench: Workbench) -> tuple[int, int, int]:
    """Orders that are new, changed, and as they were."""
    updated = bench.count(_CHANGED.name)
    return bench.count(_NEW.name), updated, bench.count(_KNOWN.name) - updated


_OF_FOUND = f"{ITEM.name} s JOIN found f ON f.row = s.row"
_TWO_CUSTOMERS = f"""
SELECT s.row FROM {_OF_FOUND}
JOIN (SELECT s.order_no, min(s.row) AS first FROM {_OF_FOUND} GROUP BY s.order_no) AS o ON o.order_no = s.order_no
JOIN found g ON g.row = o.first WHERE g.customer_id <> f.customer_id
"""
_ANOTHERS_ORDER = f"""
SELECT s.row FROM {_OF_FOUND} JOIN purchase p ON p.order_no = s.order_no WHERE p.customer_id <> f.customer_id
"""
_ORDERS = f"""
INSERT INTO told_order SELECT s.order_no, min(s.row), max(s.row), sum(s.quantity * s.unit_price)
FROM {_OF_FOUND} GROUP BY s.order_no
"""
_KNOWN_ORDERS = """
INSERT INTO known_order SELECT p.id, t.order_no, t.first, t.last, t.total
FROM told_order t CROSS JOIN purchase p WHERE p.order_no = t.order_no
"""
_NEW_ORDERS = """
INSERT INTO new_order SELECT row_number() OVER (ORDER BY t.first), t.order_no, t.first, t.last, t.total
FROM told_order t WHERE t.order_no NOT IN (SELECT order_no FROM known_order) ORDER BY t.first
"""
_PLACE = "row_number() OVER (PARTITION BY s.order_no ORDER BY s.row)"
_LINES_OF_KNOWN = f"""
INSERT INTO told_line SELECT s.row, NULL, k.purchase_id, {_PLACE} FROM known_order k
JOIN {ITEM.name} s ON s.order_no = k.order_no JOIN found f ON f.row = s.row
"""
_LINES_OF_NEW = f"""
INSERT INTO told_line SELECT s.row, o.n, NULL, {_PLACE} FROM new_order o
JOIN {ITEM.name} s ON s.order_no = o.order_no JOIN found f ON f.row = s.row
"""
_SIGNED = "CASE WHEN {state} = 'returned' THEN -abs({amount}) ELSE {amount} END"
_HEAD_AMOUNT = _SIGNED.format(state="l.state", amount="o.total")
_CHANGED_HEADS = f"""
INSERT INTO changed SELECT p.id FROM known_order o JOIN purchase p ON p.id = o.purchase_id
JOIN {ITEM.name} a ON a.row = o.first JOIN {ITEM.name} l ON l.row = o.last
WHERE p.state <> l.state OR p.amount <> {_HEAD_AMOUNT} OR p.currency <> l.currency OR p.ordered_at <> a.ordered_at
OR coalesce(l.channel, p.channel) IS DISTINCT FROM p.channel
"""
_LINE_AMOUNT = _SIGNED.format(state="s.state", amount="(s.quantity * s.unit_price)")
_CHANGED_LINES = f"""
INSERT INTO changed SELECT DISTINCT t.purchase_id FROM told_line t JOIN {ITEM.name} s ON s.row = t.row
LEFT JOIN purchase_item i ON i.purchase_id = t.purchase_id AND i.position = t.position
LEFT JOIN product d ON d.id = i.product_id
WHERE t.purchase_id IS NOT NULL AND t.purchase_id NOT IN (SELECT id FROM changed) AND (
    i.id IS NULL OR i.name <> s.product OR i.quantity <> s.quantity OR i.amount <> {_LINE_AMOUNT}
    OR i.unit_price IS DISTINCT FROM s.unit_price OR coalesce(s.tax_rate, i.tax_rate) IS DISTINCT FROM i.tax_rate
    OR coalesce(s.product_code, d.code) IS DISTINCT FROM d.code
)
"""
_FEWER_LINES = """
INSERT INTO changed SELECT k.purchase_id FROM known_order k WHERE k.purchase_id NOT IN (SELECT id FROM changed)
AND (SELECT count(*) FROM purchase_item i WHERE i.purchase_id = k.purchase_id)
    <> (SELECT count(*) FROM told_line t WHERE t.purchase_id = k.purchase_id)
"""
_LINES_TO_WRITE = """
INSERT INTO new_line SELECT row_number() OVER (ORDER BY row), row FROM told_line
WHERE n IS NOT NULL OR purchase_id IN (SELECT id FROM changed) ORDER BY row
"""
_INSERT = f"""
INSERT INTO purchase (id, customer_id, order_no, ordered_at, state, amount, currency, channel)
SELECT :base + o.n, f.customer_id, o.order_no, a.ordered_at, l.state, {_HEAD_AMOUNT}, l.currency, l.channel
FROM new_order o CROSS JOIN {ITEM.name} a CROSS JOIN {ITEM.name} l CROSS JOIN found f
WHERE a.row = o.first AND l.row = o.last AND f.row = o.first ORDER BY o.n
"""
_UPDATE = f"""
UPDATE purchase SET state = t.state, amount = t.amount, currency = t.currency, ordered_at = t.ordered_at,
    channel = coalesce(t.channel, purchase.channel)
FROM (
    SELECT o.purchase_id, l.state, {_HEAD_AMOUNT} AS amount, l.currency, a.ordered_at, l.channel
    FROM changed c JOIN known_order o ON o.purchase_id = c.id
    JOIN {ITEM.name} a ON a.row = o.first JOIN {ITEM.name} l ON l.row = o.last
) AS t WHERE purchase.id = t.purchase_id
"""
_DROP_LINES = "DELETE FROM purchase_item WHERE purchase_id IN (SELECT id FROM changed)"
_INSERT_LINES = f"""
INSERT INTO purchase_item (id, purchase_id, position, product_id, name, quantity, amount, unit_price, tax_rate)
SELECT :base + w.n, coalesce(t.purchase_id, :orders + t.n), t.position, coalesce(d.product_id, :products + d.n),
    s.product, s.quantity, {_LINE_AMOUNT}, s.unit_price, s.tax_rate
FROM new_line w JOIN told_line t ON t.row = w.row JOIN {ITEM.name} s ON s.row = w.row
LEFT JOIN told_product d ON d.code = s.product_code ORDER BY w.n
"""
