"""What is asked of the call log: the first pages of filters, and searches in notes, names and numbers."""

from functools import partial

from sqlalchemy import Connection

from app.calllog.asked import Asked, LogFilter, Order, Sorted, Where, read_page
from bench.beside import Theme
from db.call_log.filters import moment
from db.kinds import Direction, Outcome, Withheld

PAGE_AIM_MS = 100
_OLD = moment(1_640_000_000_000), moment(1_642_600_000_000)
FIRST_PAGES: dict[str, Asked] = {
    name: Asked(wanted)
    for name, wanted in {
        "no filter": LogFilter(),
        "a month years ago": LogFilter(*_OLD),
        "a line that most have": LogFilter(lines=("本店",)),
        "a line that few have": LogFilter(lines=("test",)),
        "a queue": LogFilter(queues=("sales",)),
        "an operator": LogFilter(operators=(2,)),
        "an operator who left": LogFilter(operators=(1,)),
        "two operators": LogFilter(operators=(2, 3)),
        "missed": LogFilter(outcomes=(Outcome.MISSED,)),
        "a disposition": LogFilter(dispositions=(3,)),
        "a disposition that few have": LogFilter(dispositions=(21,)),
        "a customer": LogFilter(customer_id=4243),
        "withheld": LogFilter(withheld=tuple(Withheld)),
        "a reason that few give": LogFilter(withheld=(Withheld.SERVICE_CONFLICT,)),
        "talked 15 minutes": LogFilter(talk_from=900),
        "talked 10 to 11 seconds": LogFilter(talk_from=10, talk_to=11),
        "withheld, a line, long": LogFilter(withheld=(Withheld.ANONYMOUS,), lines=("本店",), talk_from=800),
        "a month, an operator, a line": LogFilter(*_OLD, operators=(2,), lines=("採用",)),
        "a month, none": LogFilter(*_OLD, outcomes=(Outcome.MISSED,), operators=(2,)),
        "none: missed, by whom": LogFilter(outcomes=(Outcome.MISSED,), operators=(2,)),
        "none: a length": LogFilter(talk_from=1000),
        "none: internal": LogFilter(directions=(Direction.INTERNAL,)),
    }.items()
}
NOTES = {
    f"{what}: {text}": Asked(wanted, text=text, where=Where.NOTES)
    for what, text, wanted in (
        ("every eighth note", "配送", LogFilter()),
        ("every note", "伝票", LogFilter()),
        ("few notes", "金木犀の香り", LogFilter()),
        ("two words", "再配達 午前中", LogFilter()),
        ("two words that never meet", "羽毛布団 carrier", LogFilter()),
        ("a number", "1000031", LogFilter()),
        ("nobody's word", "鰻谷", LogFilter()),
        ("every eighth, missed", "配送", LogFilter(outcomes=(Outcome.MISSED,))),
        ("every eighth, a line", "配送", LogFilter(lines=("採用",))),
        ("every eighth, who left", "配送", LogFilter(operators=(1,))),
    )
}
PEOPLE = {
    f"{what}: {text}": Asked(text=text)
    for what, text in (
        ("surname", "佐藤"), ("reading", "さとう まこと"), ("rare surname", "鯖江"), ("one kana", "あ"),
        ("every fifth", "東"), ("end of a number", "3120001"), ("inside numbers", "345"),
        ("nobody's number", "1234567"), ("customer number", "C-100000042"),
    )
}  # fmt: skip
ORDERS = {
    "longest talk": Asked(order=Sorted(Order.TALK)),
    "shortest wait": Asked(order=Sorted(Order.WAIT, is_rising=True)),
    "longest wait, missed": Asked(LogFilter(outcomes=(Outcome.MISSED,)), Sorted(Order.WAIT)),
    "longest talk, a month": Asked(LogFilter(*_OLD), Sorted(Order.TALK)),
    "longest wait, an operator": Asked(LogFilter(operators=(2,)), Sorted(Order.WAIT)),
    "longest talk, few": Asked(LogFilter(lines=("test",)), Sorted(Order.TALK)),
}


def log_themes(rounds: int) -> dict[str, Theme]:
    """First pages by filter, by words of notes, by people, and by length."""
    kinds = {"first page": FIRST_PAGES, "note text": NOTES, "names and numbers": PEOPLE, "by length": ORDERS}
    return {
        kind: Theme({name: partial(_page, asked) for name, asked in each.items()}, PAGE_AIM_MS, rounds)
        for kind, each in kinds.items()
    }


def _page(asked: Asked, connection: Connection) -> int:
    return len(read_page(connection, asked, None).lines)
