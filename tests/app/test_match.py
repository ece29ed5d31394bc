"""Who may be calling: every reason, their order, and the one rule by which a card opens by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.match import CallFacts, candidates, opens_by_itself
from app.pop import Candidate, CustomerKind, Reason
from cti.events import Verstat
from db.customers import NumberOwner, Relation
from db.kinds import Confidence

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
OWN, HOUSEHOLD, COMPANY = Relation.NUMBER, Relation.HOUSEHOLD, Relation.COMPANY


def owner(customer_id: int = 1, relation: Relation = OWN, **facts: Any) -> NumberOwner:
    told: dict[str, Any] = {
        "customer_no": f"C-{customer_id:06}", "name": f"name {customer_id}", "reading": "", "kind": CustomerKind.PERSON,
        "extension": "", "is_shared": False, "confidence": Confidence.KNOWN, "valid_to": None, "label": None,
        "group": "",
        "last_used_at": None, "valid_from": None, "last_contact_at": None, "created_at": NOW - timedelta(days=9),
    }  # fmt: skip
    if facts.pop("is_stale", False):
        told["confidence"] = Confidence.STALE
    return NumberOwner(customer_id=customer_id, relation=relation, **(told | facts))


def ranked(owners: list[NumberOwner], extension: str = "", name: str = "") -> tuple[Candidate, ...]:
    return candidates(owners, CallFacts(NOW, extension, name))


def opened_id(owners: list[NumberOwner], extension: str = "", verstat: Verstat | None = None) -> int | None:
    found = opens_by_itself(ranked(owners, extension), verstat)
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
    assert [found.reason for found in ranked([one], extension)] == [reason]


def test_nobody_behind_the_number_gives_no_candidate_and_opens_nothing() -> None:
    assert ranked([], "") == ()
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
    assert len(ranked(owners, "123")) == len(owners), "all are offered for a choice"


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
    assert [one.customer_id for one in ranked(mixed, "123")] == [5, 4, 3, 2, 1]


def test_among_equals_the_fresh_number_comes_first_then_the_reading() -> None:
    equals = [
        owner(1, reading="アオキ", is_stale=True), owner(2, reading="ワダ"), owner(3, reading="カトウ"),
    ]  # fmt: skip
    assert [one.customer_id for one in ranked(equals)] == [3, 2, 1]


def test_a_customer_with_several_extensions_stands_there_once_with_the_best_reason() -> None:
    both = [owner(1, extension="999"), owner(1, extension="123"), owner(1, extension="7")]
    (only,) = ranked(both, "123")
    assert (only.reason, only.extension) == (Reason.EXTENSION, "123")


def test_a_candidate_carries_what_the_chooser_shows() -> None:
    (one,) = ranked([owner(1, COMPANY, name="渡邉 隆", reading="ワタナベ タカシ", group="青空商事")], "")
    assert (one.customer_no, one.name, one.reading, one.group) == ("C-000001", "渡邉 隆", "ワタナベ タカシ", "青空商事")


def test_whoever_was_chosen_last_time_stands_first_and_says_what_else_speaks_for_him() -> None:
    first, second = ranked([owner(1), owner(2), owner(2, Relation.CHOSEN)])
    assert (first.customer_id, first.reason, first.besides) == (2, Reason.REMEMBERED, Reason.EXACT)
    assert (second.customer_id, second.reason) == (1, Reason.EXACT)


@pytest.mark.parametrize(
    ("owners", "opened"),
    [
        pytest.param([owner(1, Relation.CHOSEN), owner(1)], 1, id="he alone has the number"),
        pytest.param([owner(1, Relation.CHOSEN), owner(1), owner(2)], None, id="another has it too"),
        pytest.param([owner(1, Relation.CHOSEN), owner(2)], None, id="another has it alone"),
        pytest.param([owner(1, Relation.CHOSEN)], None, id="nobody has it"),
        pytest.param([owner(1, Relation.CHOSEN), owner(1, HOUSEHOLD)], None, id="only his family has it"),
        pytest.param([owner(1, Relation.CHOSEN), owner(1, is_shared=True)], None, id="it serves many"),
        pytest.param([owner(1, Relation.CHOSEN), owner(1, is_stale=True)], None, id="it may have changed hands"),
    ],
)
def test_a_choice_alone_opens_nobody(owners: list[NumberOwner], opened: int | None) -> None:
    assert opened_id(owners) == opened


def test_a_number_of_which_the_records_are_not_sure_opens_nobody() -> None:
    assert opened_id([owner(1, confidence=Confidence.MAYBE)]) is None


LONG_AGO, LATELY = NOW - timedelta(days=740), NOW - timedelta(days=700)


@pytest.mark.parametrize(
    ("facts", "is_stale"),
    [
        pytest.param({"last_used_at": LONG_AGO}, True, id="last rang long ago"),
        pytest.param({"last_contact_at": LONG_AGO}, True, id="last contact long ago"),
        pytest.param({"last_used_at": LONG_AGO, "last_contact_at": LATELY}, False, id="a contact since"),
        pytest.param({"last_used_at": LATELY, "last_contact_at": LONG_AGO}, False, id="rang since"),
        pytest.param({"last_contact_at": LONG_AGO, "valid_from": LATELY}, False, id="recorded since"),
        pytest.param({"created_at": LONG_AGO}, True, id="in the records for long, never a contact"),
        pytest.param({}, False, id="new in the records, never a contact"),
        pytest.param({"created_at": LONG_AGO, "valid_from": LATELY}, False, id="a new number of an old customer"),
        pytest.param({"valid_to": NOW - timedelta(days=1)}, True, id="given up"),
        pytest.param({"valid_to": NOW + timedelta(days=1)}, False, id="to be given up tomorrow"),
        pytest.param({"confidence": Confidence.STALE, "last_used_at": NOW}, True, id="said to be stale"),
    ],
)
def test_a_number_without_contact_for_two_years_may_have_changed_hands(facts: dict[str, Any], is_stale: bool) -> None:
    (one,) = ranked([owner(1, **facts)])
    assert one.is_stale == is_stale
    assert (opened_id([owner(1, **facts)]) is None) == is_stale


def test_two_years_end_with_the_same_day_even_if_there_is_none() -> None:
    leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    sold, sooner = datetime(2026, 2, 28, 12, tzinfo=UTC), datetime(2026, 2, 28, 11, tzinfo=UTC)
    told = [candidates([owner(1, last_used_at=at)], CallFacts(leap_day))[0].is_stale for at in (sold, sooner)]
    assert told == [False, True]


def test_of_several_who_have_the_number_whoever_was_seen_last_comes_first() -> None:
    both = [owner(1, last_used_at=NOW - timedelta(days=90)), owner(2, last_used_at=NOW - timedelta(days=3))]
    assert [one.customer_id for one in ranked(both)] == [2, 1]


@pytest.mark.parametrize("name", ["渡邊 隆様", "ワタナベ　タカシ", "ﾜﾀﾅﾍﾞ ﾀｶｼ"])
def test_of_several_behind_one_switchboard_whoever_is_called_like_the_caller_comes_first(name: str) -> None:
    people = [
        owner(1, extension="1", reading="アオキ"),
        owner(2, extension="2", name="渡邉 隆", reading="ワタナベ タカシ"),
    ]
    assert [one.customer_id for one in ranked(people)] == [1, 2]
    assert [one.customer_id for one in ranked(people, name=name)] == [2, 1]


@pytest.mark.parametrize(
    ("relation", "reason"), [(Relation.RANGE, Reason.SWITCHBOARD), (Relation.SUFFIX, Reason.SUFFIX)]
)
def test_what_only_points_to_somebody_opens_nobody(relation: Relation, reason: Reason) -> None:
    (one,) = ranked([owner(1, relation)])
    assert one.reason is reason
    assert opened_id([owner(1, relation)]) is None


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
    offered = [one.customer_id for one in ranked(owners, extension)]
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
    chosen = {one.customer_id for one in owners if one.relation is Relation.CHOSEN}
    if opened is not None:
        assert sure | chosen == {opened}
