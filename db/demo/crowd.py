"""A few hundred customers drawn by chance: people, couples with one telephone, companies, strangers to Japanese."""

from datetime import date
from typing import Any

from db.demo.book import Book, Line
from db.demo.words import (
    CAUSES,
    COMPANIES,
    COMPLAINTS,
    CONTACTS,
    FOREIGN,
    GIVEN,
    MEMOS,
    MOBILES,
    PLACES,
    PRODUCTS,
    SURNAMES,
)
from db.kinds import (
    BirthPrecision,
    ComplaintState,
    Confidence,
    CustomerKind,
    FollowUpKind,
    HouseholdRole,
    LifecycleStage,
    NumberKind,
    NumberLabel,
    PurchaseState,
)

_LONG_NAME = "一般財団法人関東甲信越広域生活文化環境振興センター東京事務所総務部資材調達課"
_LONG_READING = "カントウコウシンエツコウイキセイカツブンカカンキョウシンコウセンタートウキョウジムショ"
_STAGES = (LifecycleStage.ACTIVE, LifecycleStage.ACTIVE, LifecycleStage.LOYAL, LifecycleStage.DORMANT)
_FIRST_COMPLAINT = 100


def add_crowd(book: Book, size: int) -> None:
    """Draw `size` people or so, and every company of the list."""
    for place in range(size):
        who = _somebody(book, place)
        _history(book, who, place)
    for place, (name, reading) in enumerate([*COMPANIES, (_LONG_NAME, _LONG_READING)]):
        _company(book, place, name, reading)
    for place, name in enumerate(FOREIGN[1:]):
        who = book.person(name, "", language="en", email=f"guest{place}@example.com")
        book.answers(who, book.number(f"090-1234-{2000 + place}", NumberKind.MOBILE), NumberLabel.MOBILE)


def _somebody(book: Book, place: int) -> int:
    """A person with a home or a mobile number; every seventh lives with a partner and shares the telephone."""
    surname, reading = SURNAMES[place * 7 % len(SURNAMES)]
    given, given_reading = book.chance.choice(GIVEN)
    area, columns = _place(book)
    who = book.person(f"{surname} {given}", f"{reading} {given_reading}", **columns, **_traits(book))
    if place % 3:
        first, second = book.chance.choice(MOBILES)
        mobile = book.number(f"{first}-{second}-{3000 + place}", NumberKind.MOBILE)
        book.answers(who, mobile, NumberLabel.MOBILE, confidence=_confidence(book))
    if place % 3 != 1:
        home = book.number(f"{area}-{4000 + place}", NumberKind.FIXED)
        book.answers(who, home, NumberLabel.HOME)
        if place % 7 == 0:
            _partner(book, who, (surname, reading), home, columns)
    return who


def _partner(book: Book, who: int, family: tuple[str, str], home: int, columns: dict[str, Any]) -> None:
    surname, reading = family
    given, given_reading = book.chance.choice(GIVEN)
    partner = book.person(f"{surname} {given}", f"{reading} {given_reading}", **columns)
    book.answers(partner, home, NumberLabel.HOME)
    book.home(f"{surname}家", {who: HouseholdRole.HEAD, partner: HouseholdRole.PARTNER})


def _company(book: Book, place: int, name: str, reading: str) -> None:
    area, columns = _place(book)
    company = book.person(name, reading, kind=CustomerKind.COMPANY, rank="B", **columns)
    switchboard = book.number(f"{area}-{8000 + place}", NumberKind.FIXED, is_shared=True)
    book.answers(company, switchboard, NumberLabel.MAIN)
    for extension in ("11", "12"):
        surname, given = book.chance.choice(SURNAMES), book.chance.choice(GIVEN)
        person = book.person(f"{surname[0]} {given[0]}", f"{surname[1]} {given[1]}", company=name)
        book.answers(person, switchboard, NumberLabel.WORK, extension)
        book.works_for(person, company, "担当")
    _history(book, company, place)


def _place(book: Book) -> tuple[str, dict[str, Any]]:
    """Area code with exchange, and the columns of an address there."""
    postal_code, address, area, exchange = book.chance.choice(PLACES)
    street = address.format(book.chance.randint(1, 9), book.chance.randint(1, 30))
    return f"{area}-{exchange}", {"postal_code": postal_code, "address": street}


def _traits(book: Book) -> dict[str, Any]:
    chance = book.chance
    born = date(chance.randint(1935, 2005), chance.randint(1, 12), chance.randint(1, 28))
    return {
        "rank": chance.choice(("A", "B", "B", "C", None)),
        "lifecycle_stage": chance.choice(_STAGES),
        "memo": chance.choice(MEMOS) if chance.random() < 0.12 else None,
        "birth_date": born if chance.random() < 0.7 else None,
        "birth_precision": BirthPrecision.DAY,
        "created_at": book.ago(chance.randint(1300, 3000)),
    }


def _confidence(book: Book) -> Confidence:
    return Confidence.STALE if book.chance.random() < 0.05 else Confidence.KNOWN


def _history(book: Book, who: int, place: int) -> None:
    for _ in range(book.chance.randint(0, 12)):
        _order(book, who)
    for _ in range(book.chance.randint(0, 10)):
        _contact(book, who)
    if place % 11 == 0:
        _complaint(book, who, place)
    if place % 17 == 0:
        due = book.ago(book.chance.randint(-5, 1))
        book.promise(who, book.chance.choice(list(FollowUpKind)), due, book.chance.randint(1, 4), "確認のうえご連絡")


def _order(book: Book, who: int) -> None:
    days = book.chance.uniform(1, 1200)
    lines = [_line(book) for _ in range(book.chance.choice((1, 1, 1, 2, 3)))]
    state = (
        PurchaseState.COMPLETED if days > 14 else book.chance.choice((PurchaseState.ORDERED, PurchaseState.SHIPPING))
    )
    book.order(who, days, lines, PurchaseState.CANCELLED if book.chance.random() < 0.03 else state)
    if days > 30 and book.chance.random() < 0.06:
        name, quantity, amount = lines[0]
        book.order(who, days - 10, [(name, quantity, -amount)], PurchaseState.RETURNED)


def _line(book: Book) -> Line:
    _code, name, price = book.chance.choice(PRODUCTS)
    quantity = book.chance.choice((1, 1, 1, 2, 4))
    return name, quantity, price * quantity


def _contact(book: Book, who: int) -> None:
    kind, subject, outcome, text = book.chance.choice(CONTACTS)
    days, handler = book.chance.uniform(1, 900), book.chance.randint(1, 4)
    book.contact(who, days, handler, kind=kind, subject=subject, outcome=outcome, excerpt=text)


def _complaint(book: Book, who: int, place: int) -> None:
    category, text, resolution = book.chance.choice(COMPLAINTS)
    state = book.chance.choice(list(ComplaintState))
    days, is_over = book.chance.uniform(2, 200), state in list(ComplaintState)[4:]
    end: dict[str, Any] = {"resolution": resolution, "resolved_at": book.ago(days - 2)} if is_over else {}
    if is_over or place % 3 == 0:
        end["cause"] = CAUSES[category]
    if place % 2 == 0:
        end |= {"product_id": 1 + place % 5, "due_at": book.ago(3 - place % 7)}
    book.complains(
        who, str(_FIRST_COMPLAINT + who), days, state, category=category, text=text,
        severity=book.chance.randint(1, 4), handler_id=1 + place % 4, **end,
    )  # fmt: skip
