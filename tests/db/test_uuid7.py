"""Keys that sort by time and can be made again."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from db.uuid7 import uuid7, uuid7_within

TIMES = st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SEEDS = st.integers(0, 1 << 32)


def test_the_example_of_the_rfc_is_made() -> None:
    """RFC 9562 appendix A.6."""
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    bits = {12: 0xCC3, 62: 0x18C4DC0C0C07398F}
    assert uuid7(at, bits.__getitem__) == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


@given(TIMES, SEEDS)
def test_every_key_is_a_version_7_of_the_rfc(at: datetime, seed: int) -> None:
    key = uuid7(at, Random(seed).getrandbits)
    part = uuid7_within(key, "body")
    for one in (key, part):
        assert (one.version, one.variant) == (7, RFC_4122)
        assert one.int >> 80 == int(at.timestamp() * 1000)


@given(TIMES, SEEDS)
def test_keys_sort_by_time(at: datetime, seed: int) -> None:
    random = Random(seed)
    assert uuid7(at, random.getrandbits) < uuid7(at + timedelta(milliseconds=2), random.getrandbits)


@given(TIMES, SEEDS)
def test_a_part_has_one_key_of_its_own(at: datetime, seed: int) -> None:
    key = uuid7(at, Random(seed).getrandbits)
    assert uuid7_within(key, "body") == uuid7_within(key, "body")
    assert len({key, uuid7_within(key, "body"), uuid7_within(key, "handover")}) == 3
