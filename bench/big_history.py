"""What happened between the benchmarks' customers and us, as SQL.

A customer's rows lie scattered, as they came over the years: each place of the card goes to everybody in turn.
"""

from collections.abc import Iterator

from bench.extent import Extent
from bench.job import Job
from bench.spelling import Spelling

ORDERS, ITEMS, COMPLAINTS, CONTACTS, HANDLERS = 20, 3, 5, 20, 4
_OUTCOME = "(SELECT min(id) FROM disposition)"


def history(extent: Extent, spelling: Spelling) -> Iterator[Job]:
    """Orders, complaints, contacts, who dealt with them and what was promised."""
    for statement in spelling.before_history:
        yield Job("history", statement)
    yield from _whose(extent, spelling)
    yield from _orders(extent, spelling)
    yield Job("complaints", _complaints(extent, spelling))
    yield from _contacts(extent, spelling)
    yield Job("handlers", _handlers(spelling))
    yield Job("promises", _promises(spelling))
    yield Job("cautions", _cautions(spelling))
    yield Job("refusals", _refusals(spelling))


def _whose(extent: Extent, spelling: Spelling) -> Iterator[Job]:
    yield Job("whose", "CREATE TEMP TABLE rung (place INTEGER PRIMARY KEY, customer_id BIGINT NOT NULL)")
    all_of_them = spelling.series(1, extent.rung + 2)
    yield Job("whose", f"INSERT INTO rung SELECT n.i, {extent.rung_customer('n.i')} FROM {all_of_them}")


def _orders(extent: Extent, spelling: Spelling) -> Iterator[Job]:
    """Those of the card first, then one of every fifth customer, then the many of one."""
    width = extent.rung + 2
    cards, others = ORDERS * width, extent.customers // 5
    put = "INSERT INTO purchase (id, customer_id, order_no, ordered_at, state, amount, currency)"
    yield Job(
        "orders",
        f"""{put}
SELECT (n.i - 1) * {width} + r.place, r.customer_id, 'A-' || ((n.i - 1) * {width} + r.place),
       {spelling.hours_ago("n.i * 200 + r.place % 200")}, 'completed', 1980 * n.i, 'JPY'
FROM {spelling.series(1, ORDERS)} CROSS JOIN rung r ORDER BY n.i, r.place""",
    )
    yield Job(
        "the others' orders",
        f"""{put}
SELECT {cards} + n.i, 5 * n.i, 'A-' || ({cards} + n.i), {spelling.hours_ago("n.i % 9000 + 5000")},
       'completed', 2480, 'JPY'
FROM {spelling.series(1, others)} WHERE 5 * n.i NOT IN (SELECT customer_id FROM rung)""",
    )
    yield Job(
        "many orders",
        f"""{put}
SELECT {cards + others} + n.i, r.customer_id, 'A-' || ({cards + others} + n.i), {spelling.hours_ago("5000 + n.i")},
       'completed', 2480, 'JPY'
FROM {spelling.series(1, extent.many_orders)} CROSS JOIN rung r WHERE r.place = {width}""",
    )
    yield Job(
        "what was ordered",
        f"""
INSERT INTO purchase_item (purchase_id, position, name, quantity, amount)
SELECT p.id, n.i, CASE n.i WHEN 1 THEN '羽毛布団 シングル' WHEN 2 THEN '枕カバー' ELSE '洗濯ネット' END, n.i, 1980
FROM purchase p CROSS JOIN {spelling.series(1, ITEMS)} WHERE n.i = 1 OR p.id <= {cards} ORDER BY p.id, n.i""",
    )


def _complaints(extent: Extent, spelling: Spelling) -> str:
    key = f"((n.i - 1) * {extent.rung + 2} + r.place)"
    return f"""
INSERT INTO complaint (id, complaint_no, customer_id, category, severity, state, handler_id, received_at, text,
                       resolution)
SELECT {key}, 'M-' || {key}, r.customer_id, '配送遅延', 1 + r.place % 5,
       CASE n.i WHEN 1 THEN 'investigating' ELSE 'closed' END, 1 + r.place % {HANDLERS},
       {spelling.hours_ago("n.i * 900 + r.place % 500")}, '約束の日を過ぎても届かない。',
       CASE n.i WHEN 1 THEN NULL ELSE '再配達を手配し、送料を返金した。' END
FROM {spelling.series(1, COMPLAINTS)} CROSS JOIN rung r ORDER BY n.i, r.place"""


def _contacts(extent: Extent, spelling: Spelling) -> Iterator[Job]:
    width = extent.rung + 2
    cards, others = CONTACTS * width, extent.customers // 5
    put = """
INSERT INTO interaction (id, customer_id, channel, direction, kind, subject, excerpt, handler_id, disposition_id,
                         started_at)"""
    told = "'phone', 'in', 'inquiry', '配送の問い合わせ', '到着予定日をご案内した。'"
    yield Job(
        "contacts",
        f"""{put}
SELECT {spelling.key(f"(n.i - 1) * {width} + r.place")}, r.customer_id, {told}, 1 + n.i % {HANDLERS},
       {_OUTCOME} + n.i % 5,
       {spelling.hours_ago("n.i * 170 + r.place % 170")}
FROM {spelling.series(1, CONTACTS)} CROSS JOIN rung r
WHERE r.place <= {extent.rung} OR (r.place = {extent.rung + 1} AND n.i <= {extent.few}) ORDER BY n.i, r.place""",
    )
    yield Job(
        "the others' contacts",
        f"""{put}
SELECT {spelling.key(f"{cards} + n.i")}, 5 * n.i, {told}, 1 + n.i % {HANDLERS},
       {_OUTCOME} + n.i % 5,
       {spelling.hours_ago("n.i % 9000")}
FROM {spelling.series(1, others)} WHERE 5 * n.i NOT IN (SELECT customer_id FROM rung)""",
    )
    yield Job(
        "many contacts",
        f"""{put}
SELECT {spelling.key(f"{cards + others} + n.i")}, r.customer_id, {told}, 1 + n.i % {HANDLERS},
       {_OUTCOME} + n.i % 5,
       {spelling.hours_ago("n.i")}
FROM {spelling.series(1, extent.many)} CROSS JOIN rung r WHERE r.place = {width}""",
    )


def _handlers(spelling: Spelling) -> str:
    """The summary that is kept on write."""
    return f"""
INSERT INTO customer_handler (customer_id, operator_id, last_at, count, last_subject)
SELECT r.customer_id, n.i, {spelling.hours_ago("n.i")}, 5, '配送の問い合わせ'
FROM rung r CROSS JOIN {spelling.series(1, HANDLERS)} ORDER BY r.customer_id, n.i"""


def _promises(spelling: Spelling) -> str:
    return f"""
INSERT INTO follow_up (id, customer_id, kind, due_at, assignee_id, text, created_at)
SELECT {spelling.key("r.place")}, r.customer_id, 'callback', {spelling.hours_ago("r.place % 24")}, 1, '折り返し',
       {spelling.hours_ago("48")} FROM rung r"""


def _cautions(spelling: Spelling) -> str:
    return f"""
INSERT INTO caution (id, customer_id, reason, created_by_id, created_at)
SELECT r.place, r.customer_id, '大声になることがある', 1, {spelling.hours_ago("9000")} FROM rung r"""


def _refusals(spelling: Spelling) -> str:
    """Refused, granted, refused again: the last word counts."""
    key = spelling.key("(n.i - 1) * 1000000 + r.place")
    return f"""
INSERT INTO consent (id, customer_id, channel, purpose, status, at)
SELECT {key}, r.customer_id, 'mail', 'marketing', CASE n.i WHEN 2 THEN 'granted' ELSE 'refused' END,
       {spelling.hours_ago("5000 - n.i")} FROM {spelling.series(1, 3)} CROSS JOIN rung r"""
