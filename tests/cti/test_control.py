"""What may be asked of a telephone system at all: nothing that could be more than digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.control import Act, Order, is_dialable

NUMBERED = [Act.DIAL, Act.TRANSFER, Act.CONSULT, Act.DIGITS]


@pytest.mark.parametrize("number", ["110", "+81312345678", "*21*0312345678#", "0" * 32])
def test_what_a_telephone_has_keys_for_can_be_dialled(number: str) -> None:
    assert Order(Act.DIAL, number=number).number == number
    assert Order(Act.TRANSFER, "a", number).number == number


@pytest.mark.parametrize(
    "number",
    ["", " ", "03-1234-5678", "0312345678\n", "03\r\nAction: Originate", "１１０", "١١٠", "²", "tel:110", "0" * 33],
)
@pytest.mark.parametrize("act", NUMBERED)
def test_nothing_else_gets_as_far_as_a_source(act: Act, number: str) -> None:
    with pytest.raises(ValueError, match=act):
        Order(act, "" if act is Act.DIAL else "a", number)


@given(st.text(max_size=40))
def test_whatever_is_dialable_is_one_word_of_ascii(text: str) -> None:
    assert is_dialable(text) == (0 < len(text) <= 32 and set(text) <= set("0123456789*#+"))


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.DIAL])
def test_all_but_dialling_is_done_to_a_call(act: Act) -> None:
    with pytest.raises(ValueError, match="needs a call"):
        Order(act, number="201" if act in NUMBERED else "")


def test_dialling_is_done_to_none_and_a_number_goes_only_where_one_belongs() -> None:
    with pytest.raises(ValueError, match="begins a call"):
        Order(Act.DIAL, "a", "201")
    with pytest.raises(ValueError, match="takes no number"):
        Order(Act.HANG_UP, "a", "201")
