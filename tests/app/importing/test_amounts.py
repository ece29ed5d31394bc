"""Money, quantities and rates as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.amounts import currency_code, money, quantity, rate


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1200", "JPY", 1200),
        ("￥1,200", "JPY", 1200),
        ("¥1,200-", "JPY", None),
        ("1200円", "JPY", 1200),
        ("１，２００円", "JPY", 1200),
        ("1,200.00", "JPY", 1200),
        ("1200.5", "JPY", None),
        ("-1,200", "JPY", -1200),
        ("−1200", "JPY", -1200),
        ("△1,200", "JPY", -1200),
        ("▲1200", "JPY", -1200),
        ("(1,200)", "JPY", -1200),
        ("￥-1,200", "JPY", -1200),
        ("-￥1,200", "JPY", -1200),
        ("12.5", "USD", 1250),
        ("$12.50", "USD", 1250),
        ("12.50 USD", "USD", 1250),
        ("12.505", "USD", None),
        ("1.2345", "KWD", None),
        ("1.234", "KWD", 1234),
        ("$12", "JPY", None),
        ("1.200,50", "EUR", None),
        ("1,20", "EUR", None),
        ("12,00,000", "INR", None),
        ("", "JPY", None),
        ("無料", "JPY", None),
        ("1e5", "JPY", None),
        ("99999999999999999", "JPY", None),
        ("0", "JPY", 0),
    ],
)
def test_an_amount_is_read_in_minor_units(text: str, currency: str, minor: int | None) -> None:
    if minor is None:
        with pytest.raises(ValueError):  # noqa: PT011
            money(text, currency)
    else:
        assert money(text, currency) == minor


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("3個", 3), ("1,000", 1000), ("2.0", 2), ("-1", -1), ("３", 3)])
def test_a_quantity_is_a_whole_number(text: str, number: int) -> None:
    assert quantity(text) == number


@pytest.mark.parametrize("text", ["", "1.5", "3 kg", "9999999999", "many"])
def test_what_is_no_whole_number_is_no_quantity(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        quantity(text)


RATES = {"10": 1000, "10%": 1000, "8 %": 800, "0.1": 1000, "1.5%": 150, "0.5%": 50, "0": 0, "１０％": 1000}


@pytest.mark.parametrize(("text", "hundredths"), RATES.items())
def test_a_rate_is_told_in_hundredths_of_a_percent(text: str, hundredths: int) -> None:
    assert rate(text) == hundredths


@pytest.mark.parametrize(("text", "code"), [("JPY", "JPY"), ("jpy", "JPY"), ("円", "JPY"), ("￥", "JPY"), ("€", "EUR")])
def test_a_currency_may_be_a_sign(text: str, code: str) -> None:
    assert currency_code(text) == code


@given(st.one_of(st.text(max_size=30), st.text(alphabet="0123456789,.-+△(円¥%)", max_size=20)))
def test_nothing_but_a_value_error_ever_comes_of_a_cell(text: str) -> None:
    for read in (currency_code, quantity, rate, lambda cell: money(cell, "JPY"), lambda cell: money(cell, "USD")):
        try:
            read(text)
        except ValueError:
            continue
        assert text.strip()


@given(st.integers(-(10**12), 10**12), st.sampled_from(["JPY", "USD", "KWD"]))
def test_an_amount_written_in_full_comes_back(minor: int, currency: str) -> None:
    from app.importing.amounts import digits_of

    digits = digits_of(currency)
    text = f"{abs(minor) // 10**digits:,}" + (f".{abs(minor) % 10**digits:0{digits}}" if digits else "")
    assert money(("-" if minor < 0 else "") + text, currency) == minor
