"""The tree of dispositions as a site sets it: brought into the records once, old codes kept and not offered."""

import threading
from uuid import uuid4

from sqlalchemy import Engine, event, select

from db.dispositions import STARTERS, DispositionNode, dispositions, facts_of, settle_tree
from db.engine import reading, writing
from db.models import disposition

TREE = (
    DispositionNode("ask", "問い合わせ", "Inquiry"),
    DispositionNode("none", "対応不要", "Nothing to do"),
    DispositionNode("ask.price", "価格", "Price", "ask", needs_note=True),
    DispositionNode("inquiry.delivery", "配達", "Delivery", "ask"),
)


def settled(engine: Engine, tree: tuple[DispositionNode, ...] = TREE) -> bool:
    with writing(engine) as connection:
        return settle_tree(connection, tree)


def test_the_records_offer_what_the_settings_say_in_their_order(engine: Engine) -> None:
    assert settled(engine)
    with reading(engine) as connection:
        found = [one for one in dispositions(connection) if one.is_offered]
    assert [one.label("ja") for one in found] == ["問い合わせ › 価格", "問い合わせ › 配達", "対応不要"]
    assert [one.label("en") for one in found] == ["Inquiry › Price", "Inquiry › Delivery", "Nothing to do"]
    assert [one.needs_note for one in found] == [True, False, False]
    assert tuple(found) == facts_of(TREE), "a desk without its records offers the same"


def test_a_code_keeps_its_row_and_one_that_is_gone_stays_for_old_calls(engine: Engine) -> None:
    asked = select(disposition.c.code, disposition.c.id)
    with reading(engine) as connection:
        before = {row.code: row.id for row in connection.execute(asked)}
    settled(engine)
    with reading(engine) as connection:
        after = {row.code: row.id for row in connection.execute(asked)}
        kept = {one.code: one.label("ja") for one in dispositions(connection) if not one.is_offered}
    assert before.items() <= after.items()
    assert kept["order.cancel"] == "注文 › 取り消し"
    assert set(after) - set(before) == {"ask", "ask.price"} - set(before)


def test_a_tree_that_stands_is_not_written_again(engine: Engine) -> None:
    settled(engine)
    written: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: written.append(told[2]))
    assert not settled(engine)
    assert [one for one in written if one.startswith(("INSERT", "UPDATE", "LOCK"))] == []


def test_what_was_offered_before_is_offered_again_when_the_settings_say_so(engine: Engine) -> None:
    settled(engine)
    starters = tuple(
        DispositionNode(code, ja, en, code.rpartition(".")[0], needs_note) for code, ja, en, needs_note in STARTERS
    )
    assert settled(engine, starters)
    with reading(engine) as connection:
        offered = [one.code for one in dispositions(connection) if one.is_offered]
    assert offered == [code for code, *_ in STARTERS if "." in code]


def test_five_desks_that_start_together_do_not_fight(postgres_engine: Engine) -> None:
    together, wrote, failed = threading.Barrier(5), [], []

    def start() -> None:
        try:
            together.wait(timeout=20)
            with writing(postgres_engine) as connection:
                wrote.append(settle_tree(connection, TREE))
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test tells it
            failed.append(error)

    desks = [threading.Thread(target=start, name=str(uuid4())) for _desk in range(5)]
    for one in desks:
        one.start()
    for one in desks:
        one.join(timeout=30)
    assert failed == []
    assert sorted(wrote) == [False, False, False, False, True]
