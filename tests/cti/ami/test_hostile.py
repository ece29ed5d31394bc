"""Thousands of streams that no PBX should send: nothing is raised, injected or kept for ever, and a sound call pops."""

import random
from collections.abc import Iterator

import pytest

from cti.ami.watched_extension import MOST_CALLS
from tests.cti.ami.hostile_pbx import HostilePbx
from tests.cti.ami.played import RECORDED
from tests.fakes.ami_server import event

CASES, AT_ONCE = 10_000, 1_000
WORDS = [
    b"\r\n", b"\r", b"\n", b"\0", b": ", b"\r\n\r\n", b"Event: Hangup\r\n", b"Action: Originate\r\n", b"\xff\xfe",
    b"\\", b"PJSIP/201-00000002", b"Local/201@x-1;2", "表".encode("cp932"), b"<unknown>", b"anonymous", b"x" * 5_000,
]  # fmt: skip


def recorded() -> list[bytes]:
    return [
        packet
        for file in sorted(RECORDED.glob("*/*.ami"))
        for packet in file.read_bytes().split(b"\r\n\r\n")[1:]
        if b"201" in packet or packet.startswith(b"Event: Attended")
    ]


PACKETS = recorded()


def mutated(packet: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(8)
    if kind == 0:
        at = chance.randrange(len(packet) + 1)
        return packet[:at] + chance.choice(WORDS) + packet[at:]
    if kind == 1:
        lines = packet.split(b"\r\n")
        chance.shuffle(lines)
        return b"\r\n".join(lines)
    if kind == 2:
        return packet[: chance.randrange(len(packet) + 1)]
    if kind == 3:
        lines = packet.split(b"\r\n")
        at = chance.randrange(len(lines))
        lines[at] = lines[at].partition(b": ")[0] + b": " + b"".join(chance.choices(WORDS, k=2))
        return b"\r\n".join(lines)
    return packet


def streams(cases: int, seed: int) -> Iterator[tuple[bytes, random.Random]]:
    """A piece of the recordings each, in disorder and broken, with every call drawn into a few."""
    for case in range(cases):
        chance = random.Random(seed * 1_000_003 + case)
        first = chance.randrange(len(PACKETS))
        chosen = PACKETS[first : first + chance.randrange(1, 40)] + chance.choices(PACKETS, k=chance.randrange(6))
        if chance.random() < 0.3:
            chance.shuffle(chosen)
        yield b"\r\n\r\n".join(mutated(packet, chance) for packet in chosen) + b"\r\n\r\n", chance


def try_stream(data: bytes, chance: random.Random) -> None:
    pbx = HostilePbx(chance.choice(["allowed", "prohib_not_screened", "", None]))
    while data:
        size = chance.choice([1, 100, 2_000, 65_536])
        pbx.say(data[:size], chance.choice([0.0, 0.001, 0.2, 1.0]))
        data = data[size:] if size > 1 else data[1:][: chance.randrange(300) or None]
    assert pbx.sound_call_pops()


@pytest.mark.parametrize("seed", range(CASES // AT_ONCE))
def test_broken_streams_break_nothing(seed: int) -> None:
    for data, chance in streams(AT_ONCE, seed):
        try_stream(data, chance)


def test_flood_of_rings_leaves_no_more_than_the_bound() -> None:
    pbx = HostilePbx(None)
    for one in range(3_000):
        trunk = {"Channel": f"PJSIP/t-{one}", "Uniqueid": f"t.{one}", "Linkedid": f"t.{one}"}
        contact = {"DestChannel": "PJSIP/201-1", "DestUniqueid": f"c.{one}"}
        pbx.say(event("Newchannel", **trunk) + event("DialBegin", **trunk, **contact))
    assert sum(not is_over for is_over in pbx.ended.values()) <= MOST_CALLS
    assert pbx.sound_call_pops()
