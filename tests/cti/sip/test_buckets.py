"""Token buckets: so many at once, so many a second, in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from cti.sip.buckets import Buckets


def taken(buckets: Buckets, key: str, times: int, now: float) -> int:
    """How many of `times` were to be had."""
    count = 0
    for _ in range(times):
        if buckets.has(key, now):
            buckets.take(key, now)
            count += 1
    return count


def test_burst_then_the_rate_for_each_key_by_itself() -> None:
    buckets = Buckets(10, 1.0)
    assert taken(buckets, "a", 50, 0.0) == 10
    assert taken(buckets, "b", 50, 0.0) == 10
    assert taken(buckets, "a", 50, 3.5) == 3
    assert taken(buckets, "a", 50, 1_000.0) == 10


def test_keys_without_end_do_not_fill_the_memory() -> None:
    buckets = Buckets(1, 1.0, most=100)
    for number in range(10_000):
        buckets.take(str(number), number / 1_000)
    assert len(buckets) == 100


@given(st.floats(1.0, 50.0), st.floats(0.1, 20.0), st.lists(st.floats(0.0, 3.0), max_size=300))
def test_never_more_than_the_burst_and_the_rate_allow(burst: float, rate: float, pauses: list[float]) -> None:
    buckets, now, count = Buckets(burst, rate), 0.0, 0
    for pause in pauses:
        now += pause
        count += taken(buckets, "a", 1, now)
        assert count <= burst + now * rate + 1e-6
