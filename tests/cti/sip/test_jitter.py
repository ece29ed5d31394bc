"""What the network does to packets, and what is heard of it: played 20 ms by 20 ms, without a clock."""

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cti.sip.jitter import AIM, LIMIT, JitterBuffer
from cti.sip.rtp_packet import RtpPacket

SIZE = 320  # bytes in 20 ms


def packet(number: int, ssrc: int = 1, size: int = SIZE) -> tuple[RtpPacket, bytes]:
    """Its sound tells its number."""
    return RtpPacket(0, number % 65_536, 160 * number % 2**32, ssrc, b""), number.to_bytes(4) * (size // 4)


def play(arrivals: Iterable[list[int]]) -> tuple[list[int | None], JitterBuffer]:
    """What is played in each 20 ms when these numbers arrive in them."""
    buffer, played = JitterBuffer(), list[int | None]()
    for numbers in arrivals:
        for number in numbers:
            buffer.put(*packet(number))
        payload = buffer.take()
        played.append(None if payload is None else int.from_bytes(payload[:4]))
    return played, buffer


def test_sound_begins_when_sixty_milliseconds_wait() -> None:
    played, _ = play([[n] for n in range(10)])
    assert played == [None, None, 0, 1, 2, 3, 4, 5, 6, 7]


def test_packets_that_overtook_each_other_are_played_in_order() -> None:
    played, buffer = play([[0], [2], [1], [4], [3], [5], [6], [7]])
    assert played[2:] == [0, 1, 2, 3, 4, 5]
    assert buffer.received.lost == 0


def test_a_lost_packet_is_a_gap_of_its_own_length_and_is_counted() -> None:
    played, buffer = play([[n] if n != 4 else [] for n in range(10)])
    assert played[2:] == [0, 1, 2, 3, None, 5, 6, 7]
    assert buffer.received.lost == 1


def test_a_jitter_of_forty_milliseconds_is_not_heard() -> None:
    random = Random(1)
    arrivals: list[list[int]] = [[] for _ in range(1_000)]
    for number in range(990):
        arrivals[number + random.randint(0, 2)].append(number)
    played, buffer = play(arrivals)
    heard = played[10:980]
    assert None not in heard
    assert heard == sorted(heard, key=lambda number: number or 0)
    assert (buffer.received.lost, buffer.received.late) == (0, 0)


def test_the_sequence_number_may_begin_anew() -> None:
    played, buffer = play([[n] for n in range(65_500, 65_600)])
    assert played[2:] == list(range(65_500, 65_598))
    assert buffer.received.lost == 0


def test_after_a_pause_the_new_is_played_and_nothing_old_is_waited_for() -> None:
    played, buffer = play([*([n] for n in range(5)), *([[]] * 50), *([n] for n in range(55, 65))])
    assert [number for number in played if number is not None] == [*range(5), *range(55, 63)]
    assert buffer.received.lost == 50


def test_a_burst_is_cut_so_that_nobody_is_heard_late_for_ever() -> None:
    buffer = JitterBuffer()
    for number in range(10_000):
        buffer.put(*packet(number))
        assert len(buffer) * SIZE <= LIMIT
    last = [payload for _ in range(100) if (payload := buffer.take()) is not None]
    assert len(last) * SIZE <= LIMIT
    assert int.from_bytes(last[-1][:4]) == 9_999
    assert buffer.received.dropped > 0


def test_empty_packets_fill_no_memory() -> None:
    buffer = JitterBuffer()
    for number in range(10_000):
        buffer.put(*packet(number, size=0))
    assert len(buffer) <= 64


def test_another_speaker_is_heard_at_once_and_is_no_loss() -> None:
    buffer = JitterBuffer()
    for number in range(20):
        buffer.put(*packet(number))
        buffer.take()
    for number in range(40_000, 40_005):
        buffer.put(*packet(number, ssrc=2))
    assert int.from_bytes((buffer.take() or b"")[:4]) == 40_000
    assert buffer.received.lost == 0


def test_the_same_packet_twice_is_played_once() -> None:
    played, buffer = play([[n, n] for n in range(10)])
    assert [number for number in played if number is not None] == list(range(8))
    assert buffer.received.lost == 0


@given(st.lists(st.tuples(st.integers(0, 65_535), st.integers(0, 2), st.integers(0, 400))))
def test_whatever_comes_the_buffer_stays_small(packets: list[tuple[int, int, int]]) -> None:
    buffer = JitterBuffer()
    for sequence, ssrc, size in packets:
        buffer.put(RtpPacket(0, sequence, 0, ssrc, b""), bytes(size))
        assert len(buffer) <= 65
        buffer.take()
    assert AIM < LIMIT
    assert buffer.received.lost >= 0
