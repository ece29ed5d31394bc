"""Who may be calling: every reason, their order, and the one rule by which a card opens by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.match import candidates, opens_by_itself
from app.pop import CustomerKind, Reason
from cti.events import Verstat
from db.customers import NumberOwner, Relation

OWN, HOUSEHOLD, COMPANY = Relation.NUMBER, Relation.HOUSEHOLD, Relation.COMPANY


def owner(customer_id: int = 1, relation: Relation = OWN, **facts: Any) -> NumberOwner:
    told: dict[str, Any] = {
        "customer_no": f"C-{customer_id:06}", "name": f"name {customer_id}", "reading": "", "kind": CustomerKind.PERSON,
        "extension": "", "is_shared": False, "is_stale": False, "label": None, "group": "", "last_used_at": None,
    }  # fmt: skip
    return NumberOwner(customer_id=customer_id, relation=relation, **(told | facts))


def opened_id(owners: list[NumberOwner], extension: str = "", verstat: Verstat | None = None) -> int | None:
    found = opens_by_itself(candidates(owners, extension), verstat)
    return found.customer_id if found else None


@pytest.mark.parametrize(
    ("one", "extension", "reason"),
    [
        (owner(), "", Reason.EXACT),
        (owner(), "123", Reason.EXACT),
        (owner(extension="123"), "123", Reason.EXTENSION),
        (owner(extension="123"), "124", Reason.SWITCHBOARD),
        (owner(extension="123"), "", Reason.SWITCHBOARD),
        (owner(relation=HOUSEHOLD), "", Reason.HOUSEHOLD),
        (owner(relation=COMPANY), "123", Reason.COMPANY),
    ],
)
def test_each_relation_to_the_number_has_its_reason(one: NumberOwner, extension: str, reason: Reason) -> None:
    assert [found.reason for found in candidates([one], extension)] == [reason]


def test_nobody_behind_the_number_gives_no_candidate_and_opens_nothing() -> None:
    assert candidates([], "") == ()
    assert opens_by_itself((), None) is None


def test_the_sole_owner_of_exactly_this_number_opens() -> None:
    assert opened_id([owner(4)]) == 4


def test_the_owner_opens_although_the_family_lives_behind_the_same_number() -> None:
    assert opened_id([owner(1, HOUSEHOLD), owner(2), owner(3, COMPANY)]) == 2


def test_the_right_extension_opens_among_colleagues_with_others() -> None:
    colleagues = [owner(1, extension="101"), owner(2, extension="102"), owner(3, extension="115")]
    assert opened_id(colleagues, "102") == 2


@pytest.mark.parametrize(
    "owners",
    [
        pytest.param([owner(1), owner(2)], id="two have exactly this number"),
        pytest.param([owner(1), owner(2, extension="123")], id="one by the number, one by its extension"),
        pytest.param([owner(1, is_shared=True)], id="a number that serves many"),
        pytest.param([owner(1, is_stale=True)], id="a number that may have changed hands"),
        pytest.param([owner(1, extension="123", is_stale=True)], id="an extension that may have changed hands"),
        pytest.param([owner(1, extension="999")], id="another extension of the same switchboard"),
        pytest.param([owner(1, HOUSEHOLD)], id="only family"),
        pytest.param([owner(1, COMPANY)], id="only staff"),
    ],
)
def test_a_card_that_may_be_wrong_does_not_open(owners: list[NumberOwner]) -> None:
    assert opened_id(owners, "123") is None
    assert len(candidates(owners, "123")) == len(owners), "all are offered for a choice"


@pytest.mark.parametrize(
    ("verstat", "opened"),
    [(None, 1), (Verstat.VERIFIED, 1), (Verstat.FAILED, None)],
    ids=["unsaid", "passed", "failed"],
)
@pytest.mark.parametrize("sole", [owner(1), owner(1, extension="123")], ids=["by number", "by extension"])
def test_a_number_that_failed_its_verification_opens_nobody_and_offers_everybody(
    sole: NumberOwner, verstat: Verstat | None, opened: int | None
) -> None:
    assert opened_id([sole, owner(2, HOUSEHOLD)], "123", verstat) == opened


def test_a_verified_number_opens_nobody_whom_it_would_not_have_opened_anyway() -> None:
    assert opened_id([owner(1), owner(2)], verstat=Verstat.VERIFIED) is None


def test_a_second_owner_whose_number_is_stale_still_keeps_the_first_from_opening() -> None:
    assert opened_id([owner(1), owner(2, is_stale=True)]) is None


def test_candidates_stand_in_the_order_of_their_reasons() -> None:
    mixed = [
        owner(1, extension="999"), owner(2, COMPANY), owner(3, HOUSEHOLD), owner(4), owner(5, extension="123"),
    ]  # fmt: skip
    assert [one.customer_id for one in candidates(mixed, "123")] == [5, 4, 3, 2, 1]


def test_among_equals_the_fresh_number_comes_first_then_the_reading() -> None:
    equals = [
        owner(1, reading="アオキ", is_stale=True), owner(2, reading="ワダ"), owner(3, reading="カトウ"),
    ]  # fmt: skip
    assert [one.customer_id for one in candidates(equals, "")] == [3, 2, 1]


def test_a_customer_with_several_extensions_stands_there_once_with_the_best_reason() -> None:
    both = [owner(1, extension="999"), owner(1, extension="123"), owner(1, extension="7")]
    (only,) = candidates(both, "123")
    assert (only.reason, only.extension) == (Reason.EXTENSION, "123")


def test_a_candidate_carries_what_the_chooser_shows() -> None:
    (one,) = candidates([owner(1, COMPANY, name="渡邉 隆", reading="ワタナベ タカシ", group="青空商事")], "")
    assert (one.customer_no, one.name, one.reading, one.group) == ("C-000001", "渡邉 隆", "ワタナベ タカシ", "青空商事")


OWNERS = st.lists(
    st.builds(
        owner,
        st.integers(1, 6),
        st.sampled_from(Relation),
        extension=st.sampled_from(["", "101", "102"]),
        is_shared=st.booleans(),
        is_stale=st.booleans(),
        reading=st.sampled_from(["", "ア", "イ"]),
    ),
    max_size=9,
    unique_by=lambda one: (one.customer_id, one.relation, one.extension),  # as the records have them
)


@given(OWNERS, st.sampled_from(["", "101", "103"]))
def test_whoever_stands_behind_a_number_is_offered_once_and_nobody_else(
    owners: list[NumberOwner], extension: str
) -> None:
    offered = [one.customer_id for one in candidates(owners, extension)]
    assert sorted(offered) == sorted({one.customer_id for one in owners})


@given(OWNERS, st.sampled_from(["", "101", "103"]), st.randoms())
def test_the_order_of_the_rows_never_decides_whose_card_opens(
    owners: list[NumberOwner], extension: str, random: Any
) -> None:
    shuffled = random.sample(owners, len(owners))
    assert opened_id(owners, extension) == opened_id(shuffled, extension)


@given(OWNERS, st.sampled_from(["", "101", "103"]))
def test_a_card_opens_only_for_a_sure_owner_whom_nobody_rivals(owners: list[NumberOwner], extension: str) -> None:
    opened = opened_id(owners, extension)
    sure = {
        one.customer_id for one in owners if one.relation is OWN and (not one.extension or one.extension == extension)
    }
    if opened is not None:
        assert sure == {opened}
