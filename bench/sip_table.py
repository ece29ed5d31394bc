"""The figures of "sip" and "flood" as tables for people."""

from collections.abc import Iterator

from bench.burst_bench import Burst
from bench.flood_bench import FloodFigures
from bench.sip_bench import OURS, THEIRS, Answering, SipFigures

_WHO = {
    "omote": "Omote's listener alone",
    "window": "Omote with its window, popping each call",
    "floor": "floor: a bare Python thread",
    "sipp": "SIPp",
    "baresip": "baresip",
}
_FLOODS = {
    "stranger": "INVITEs from a second address, for customers' numbers",
    "one number": "INVITEs of the trusted peer from one number, a customer's call inside",
    "many numbers": "INVITEs of the trusted peer from random numbers, a customer's call inside",
    "options": "OPTIONS of the trusted peer",
    "copies": "copies of one INVITE of a customer",
}


def sip_lines(figures: SipFigures) -> Iterator[str]:
    """INVITE → 180 and bursts."""
    yield f"INVITE → 180, ms; the window on {figures.display}"
    for one in figures.answering:
        yield from ("", *_answering_lines(one))
    yield from ("", "pyVoIP 1.6.8, INVITE → user callback", f"{'':44}{'p50':>9}{'p99':>9}")
    yield f"{'  its own callback':44}{figures.pyvoip.p50:9.2f}{figures.pyvoip.p99:9.2f}"
    yield from (
        "",
        "A burst of INVITEs, each a call of its own",
        f"{'':44}{'sent/s':>9}{'lost':>9}{'answered':>9}{'done ms':>9}{'rang':>9}",
    )
    yield from map(_burst_line, figures.bursts)


def flood_lines(figures: dict[str, FloodFigures], display: str) -> Iterator[str]:
    """What each flood did to the program."""
    yield f"Floods against the whole program, its window on {display}"
    for name, one in figures.items():
        yield from ("", f"{one.sent:,} {_FLOODS[name]}, {one.per_second:,.0f}/s", *_flood_lines(one))


def _answering_lines(one: Answering) -> Iterator[str]:
    rest = f"{one.pace} s of rest before each call" if one.pace else "back to back"
    yield f"{rest:44}{'p50':>9}{'p99':>9}{'no 180':>9}"
    for name, took in one.spreads.items():
        yield f"{'  ' + _WHO[name]:44}{took.p50:9.3f}{took.p99:9.3f}{one.lost[name]:9}"
    for ours in OURS:
        for theirs in THEIRS:
            if (ratio := one.ratio(ours, theirs)) is not None:
                yield f"  {_WHO[ours]}: {ratio:.2f} × {_WHO[theirs]}"


def _burst_line(one: Burst) -> str:
    room = f"{one.room:,} bytes of room" if one.room else "what this machine grants"
    name = f"  {one.calls:,} to {one.who}, {room}"
    return f"{name:44}{one.per_second:9,.0f}{one.lost:9}{one.answered:9}{one.worked_off_ms:9.0f}{one.offered:9}"


def _flood_lines(one: FloodFigures) -> Iterator[str]:
    yield f"  answered {one.answered:,}, {one.bytes_back:,} bytes; packets of any kind back: {one.packets_back:,}"
    yield f"  offered {one.offered:,}, popped {one.popped:,}, new rows of calls {one.rows:,}"
    yield f"  lag of the Qt thread p99 {one.late_p99_ms:.1f} ms, most {one.late_most_ms:.1f} ms"
    yield f"  memory grew by {one.grown_mb:.1f} MB"
    if one.is_customer_inside:
        yield f"  a customer's call inside: INVITE → painted {_painted(one.inside_ms)}"
    yield f"  a customer's call after it: INVITE → painted {_painted(one.after_ms)}"


def _painted(milliseconds: float | None) -> str:
    return "never" if milliseconds is None else f"{milliseconds:.0f} ms"
