"""Which digits are extensions of the house."""

import pickle

import pytest

from app.extension_plan import ExtensionPlan
from app.phone_number import NumberKind, parse_number

PLAN = ExtensionPlan(("2xx", "3000-3999", "17", "8X1", "81230000"))


@pytest.mark.parametrize("digits", ["200", "299", "3000", "3456", "3999", "17", "801", "891", "81230000"])
def test_what_the_plan_names_is_an_extension(digits: str) -> None:
    assert PLAN.has(digits)
    number = parse_number(digits, inside=PLAN)
    assert (number.key, number.kind, number.extension) == ("", NumberKind.EXTENSION, digits)


@pytest.mark.parametrize("digits", ["20", "2000", "300", "2999", "4000", "1", "170", "802", "81230001", "0422511234"])
def test_what_the_plan_does_not_name_is_none(digits: str) -> None:
    assert not PLAN.has(digits)
    assert parse_number(digits, inside=PLAN).kind is not NumberKind.EXTENSION


def test_without_a_plan_up_to_five_digits_are_internal() -> None:
    assert ExtensionPlan().has("12345")
    assert not ExtensionPlan().has("123456")


@pytest.mark.parametrize(("raw", "kind"), [("110", NumberKind.SPECIAL), ("4000", NumberKind.UNKNOWN)])
def test_a_few_digits_outside_the_plan_keep_their_text_and_are_never_refused(raw: str, kind: NumberKind) -> None:
    number = parse_number(raw, inside=PLAN)
    assert (number.raw, number.key, number.display, number.extension, number.kind) == (raw, "", raw, "", kind)


def test_a_house_may_use_a_number_that_outside_is_a_service() -> None:
    assert parse_number("117", inside=ExtensionPlan(("1xx",))).kind is NumberKind.EXTENSION


def test_a_number_called_an_extension_by_its_writer_is_one_in_any_plan() -> None:
    assert parse_number("内線 4000", inside=PLAN).extension == "4000"


def test_the_plan_crosses_to_another_process_as_it_is() -> None:
    assert pickle.loads(pickle.dumps(PLAN)) == PLAN
