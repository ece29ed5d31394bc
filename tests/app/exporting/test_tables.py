"""What stands in the cells of an export."""

import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from app.exporting.tables import _money, _phone, _pieces, when
from db.exporting import PhoneOut


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (4, "2026-11-01 00:30:00"),
        (5, "2026-11-01 01:30:00"),
        (6, "2026-11-01 01:30:00-05:00"),
        (7, "2026-11-01 02:30:00"),
    ],
)
def test_an_hour_that_the_clock_tells_twice_has_its_offset(
    monkeypatch: pytest.MonkeyPatch, hour: int, told: str
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert str(when(datetime(2026, 11, 1, hour, 30, tzinfo=UTC))) == told
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        (PhoneOut(1, 819012345678, "090-1234-5678", "", "mobile", "mobile"), "090-1234-5678"),
        (PhoneOut(1, 819012345678, "090-1234-5678", "", "mobile", "work"), "work:090-1234-5678"),
        (PhoneOut(1, 81335814111, "03-3581-4111 x12", "12", "fixed", "other"), "03-3581-4111 x12"),
        (PhoneOut(1, 81335814111, "03-3581-4111", "12", "fixed", "main"), "main:+81335814111 x12"),
        (PhoneOut(1, None, "番号なし", "", "unknown", "other"), "番号なし"),
    ],
)
def test_a_number_is_written_so_that_it_is_read_again(phone: PhoneOut, told: str) -> None:
    assert _phone(phone) == told


def test_amounts_have_the_decimals_of_their_currency() -> None:
    assert [str(_money(*one)) for one in ((1200, "JPY"), (-1250, "USD"), (5, "KWD"))] == ["1200", "-12.50", "0.005"]


@pytest.mark.parametrize(
    ("unit_price", "amount", "quantity", "pieces"),
    [(500, 1000, 2, (2, 500)), (None, 1000, 2, (2, 500)), (None, 1000, 3, (1, 1000)), (None, None, None, (1, 700))],
)
def test_items_without_a_price_tell_their_amount(
    unit_price: int | None, amount: int | None, quantity: int | None, pieces: tuple[int, int]
) -> None:
    row = SimpleNamespace(unit_price=unit_price, amount=amount, quantity=quantity, whole=700)
    assert _pieces(row) == pieces
