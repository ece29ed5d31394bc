"""`omote replay`: traces, messages and captures through the real engine and records, told in words or as JSON."""

import io
import json
import os
import queue
import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dpkt
import pytest

from app.compose import build_sources, wire_tap
from app.credentials import Credentials
from app.db_worker import Worker
from app.lines import Lines
from app.main import main
from app.paths import profile_at
from app.recordings import read_recordings
from app.replay_desk import PromptRecords, ReplayDesk
from app.settings import Settings, TraceSettings
from app.wire_trace import WireTrace
from cti.events import CallOffered, Direction, NotOffered, NotOfferedBecause, SourceHeard, SourceState
from cti.listener import Listener
from cti.sip.replay import Replay, Step
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.wire_message import Way, WireMessage
from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME
from tests.cti.sip.recorded_lives import GAVE_UP, LEFT, LIVES, REFUSED, TAKEN, Seen
from tests.fakes.sip_peer import SipPeer, invite

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "cti" / "sip" / "recorded"
PBX = ("192.0.2.10", 5060)
AT = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)
CANARY = "0398765432"
RING = invite("a", caller=f'"T. Ichiro" <sip:{CUSTOMER_NUMBER}@pbx>', user="0312345678")
CANCEL = invite("a", caller=f"<sip:{CUSTOMER_NUMBER}@pbx>", user="0312345678", method="CANCEL")


class Said:
    """What the command printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], status: int) -> None:
        told = capsys.readouterr()
        self.status, self.out, self.errors = status, told.out, told.err
        self.lines = [line.strip() for line in told.out.splitlines()]

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def profile(tmp_path: Path, filled: Path) -> Path:
    """One with the demo's records and a named line."""
    folder = tmp_path / "profile"
    folder.mkdir()
    shutil.copy(filled, folder / FILE_NAME)
    settings(folder, '[[line]]\ndialled = "0312345678"\nname = "Main shop"\n')
    return folder


def settings(folder: Path, more: str) -> None:
    source = '[[source]]\nname = "trunk"\nregister = false\nallow = ["192.0.2.10"]\n'
    (folder / "settings.toml").write_text(source + more, "utf-8")


def replay(capsys: pytest.CaptureFixture[str], profile: Path, *words: str | Path) -> Said:
    status = main(["replay", *map(str, words), "--profile", str(profile), "--language", "en"])
    return Said(capsys, status)


def wire_file(path: Path, *messages: tuple[bytes, Way], mask_numbers: bool = False, source: str = "trunk") -> Path:
    """As the program writes it, a message each second."""
    lines: list[str] = []
    chosen = Settings(trace=TraceSettings(mask_numbers=mask_numbers), sources=(SipSettings(source, server="pbx"),))
    wire = WireTrace(chosen, lines.append, lambda job: job())
    for seconds, (data, way) in enumerate(messages):
        wire.tap(WireMessage(source, way, PBX, "udp", data, AT + timedelta(seconds=seconds)))
    path.write_text("\n".join(lines) + "\n", "ascii")
    return path


def everything(database: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


END_SENTENCES = {
    TAKEN: "answered; this source cannot tell",
    GAVE_UP: "gave up",
    REFUSED: "busy",
    LEFT: "The recording ends while it",
}


@pytest.mark.parametrize(
    "seen", [seen for seen in LIVES if seen.listener is not None], ids=lambda seen: seen.folder.name
)
def test_every_recorded_call_is_told(seen: Seen, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert seen.listener is not None
    said = replay(capsys, tmp_path, seen.folder)
    assert said.status == 0
    transport = {"listener-tcp": "TCP", "listener-tls": "TLS"}.get(seen.name, "UDP")
    heads = [at for at, line in enumerate(said.lines) if line.endswith(f" → {seen.folder.name} ({transport})")]
    assert len(heads) == len(seen.listener)
    for (who, life), start, end in zip(seen.listener, heads, [*heads, len(said.lines) - 1][1:], strict=True):
        is_internal = who.direction is Direction.INTERNAL
        reason = "It did not pop: the caller is an extension" if is_internal else "It pops."
        assert any(line.startswith(reason) for line in said.lines[start:end])
        assert END_SENTENCES[life] in said.lines[end - 1]
    assert f" Calls: {len(heads)}. INVITEs that became no call: 0." in said.lines[-1]


def test_trace_of_the_wire_is_told_with_the_customer_and_the_line_and_the_times_of_the_trace(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), (CANCEL, Way.IN))
    before = everything(profile / FILE_NAME)
    said = replay(capsys, profile, file)
    local = AT.astimezone()
    assert said.lines == [
        f"{local:%Y-%m-%d %H:%M:%S} 192.0.2.10:5060 → trunk (UDP)",
        "Caller: 03-3581-4111, from the header From.",
        "Dialled: 03-1234-5678 (Main shop).",
        "The customer is C-000001: nobody else has exactly this number.",
        "It pops.",
        f"{local + timedelta(seconds=1):%H:%M:%S}: the caller or the PBX gave up.",
        "Messages that came in: 2. Calls: 1. INVITEs that became no call: 0.",
    ]
    assert (said.status, said.errors) == (0, "")
    assert everything(profile / FILE_NAME) == before
    names = {path.name for path in profile.iterdir()} - {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"}
    assert names == {FILE_NAME, "settings.toml"}, "nothing is written anywhere"


def test_packets_of_the_manager_interface_are_passed_over_and_named(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packet = b"Event: DialBegin\r\nChannel: PJSIP/trunk-1"
    file = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), (packet, Way.IN), (CANCEL, Way.IN))
    said = replay(capsys, profile, file)
    assert said.lines[-1] == "Messages that came in: 2. Calls: 1. INVITEs that became no call: 0."
    assert said.errors == f"{file}: the packets of Asterisk's events are not replayed.\n"


def test_call_that_a_colleague_hands_on_is_told_with_both_callers(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(profile, 'answer = "ring"\n')
    colleague, contact = "<sip:202@pbx.example>", "Contact: <sip:pbx@192.0.2.10>\r\n"
    ring = invite("c1", caller=colleague, extra=contact)
    ringing = b"SIP/2.0 180 Ringing\r\n" + invite("c1", caller=colleague, to_tag="then").split(b"\r\n", 1)[1]
    asserted = f"P-Asserted-Identity: <sip:{CUSTOMER_NUMBER}@pbx.example>\r\n{contact}"
    handed_on = invite(
        "c1", caller=colleague, method="UPDATE", cseq="8 UPDATE", to_tag="then", branch="z9hG4bKu", extra=asserted
    )
    file = wire_file(tmp_path / "wire.jsonl", (ring, Way.IN), (ringing, Way.OUT), (handed_on, Way.IN))
    said = replay(capsys, profile, file).lines
    assert "It rings from an extension first, and pops when the caller changes." in said
    assert f"{(AT + timedelta(seconds=2)).astimezone():%H:%M:%S}: the caller is now 03-3581-4111" in "\n".join(said)


def test_json_gives_the_lines_of_the_trace(profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), (CANCEL, Way.IN))
    offered, ended = replay(capsys, profile, file, "--json").json
    assert (offered["type"], offered["at"], offered["source"]) == ("offered", "2026-11-21T05:03:22.000Z", "trunk")
    assert (offered["number"], offered["opened"], offered["line"]) == ("+81335814111", "C-000001", "Main shop")
    assert (ended["type"], ended["why"], ended["at"]) == ("ended", "cancelled", "2026-11-21T05:03:23.000Z")
    assert ended["call"] == offered["call"]


def test_withheld_call_says_what_asked_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = replay(capsys, tmp_path, RECORDED / "withheld-anonymous", RECORDED / "withheld-anonymous-defaults")
    reasons = [said.lines[at + 1] for at, line in enumerate(said.lines) if line == "The caller withholds the number."]
    assert reasons == [
        "The INVITE asks for it: Privacy, or privacy in Remote-Party-ID.",
        "No header has a number; the sender only says why.",
    ]
    assert "0312345678" not in said.out.replace("-", "")


def test_masked_number_is_not_looked_up_and_says_so(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = replay(capsys, profile, wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), mask_numbers=True))
    assert "Caller: 03******11, from the header From." in said.lines
    assert "The number is masked in this recording: nobody was looked up." in said.lines
    assert "The recording ends while it rings." in said.lines


@pytest.mark.parametrize("answer", ["", 'Reason: SIP;cause=200;text="Call completed elsewhere"\r\n'])
def test_what_a_real_source_offered_is_offered_again_from_its_trace(
    answer: str, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The round trip: a call over UDP with the trace switched on, then its file."""
    source = SipSettings("trunk", register=False, allow=("127.0.0.1",), bind="127.0.0.1:0", linked_header="X-Linked")
    live = Settings(trace=TraceSettings(wire=True), sources=(source,))
    events: queue.Queue[Any] = queue.Queue()
    files = Worker("files", lambda fn, *args: fn(*args))
    (sip,) = built = build_sources(live, Credentials(), wire_tap(profile_at(tmp_path), live, files))
    listener = Listener(built, events.put)
    listener.start()
    while getattr(events.get(timeout=10), "state", "") is not SourceState.LISTENING:
        pass
    assert isinstance(sip, SipSource)
    assert sip.bound_address is not None
    asserted = f"P-Asserted-Identity: <sip:{CANARY}@pbx>\r\nPrivacy: id\r\n"
    with SipPeer(sip.bound_address) as peer:
        for call, extra in (("one", "X-Linked: 1795.206\r\nDiversion: <sip:0612340000@pbx>\r\n"), ("two", asserted)):
            peer.send(invite(call, via_host=peer.address, extra=extra))
            peer.hear()
            peer.send(invite(call, via_host=peer.address, method="CANCEL", extra=answer))
            peer.hear()
    heard = [fact for _ in range(5) if not isinstance(fact := events.get(timeout=10), SourceHeard)]
    assert len(heard) == 4
    listener.stop()
    files.stop()
    file = tmp_path / "traces" / "wire.jsonl"
    assert CANARY not in file.read_text("ascii")
    (listeners,) = read_recordings([file]).desks.values()
    again = [fact for step in Replay(source, listeners["trunk"], ["127.0.0.1"]) for fact in step.facts]
    assert [timeless(fact) for fact in again] == [timeless(fact) for fact in heard]
    settings(profile, 'linked_header = "X-Linked"\n')
    assert [line["type"] for line in replay(capsys, profile, file, "--json").json] == [
        "offered", "answered" if answer else "ended",
    ] * 2  # fmt: skip


def timeless(fact: Any) -> Any:
    """Live and played differ in their clocks alone, and there by less than a second."""
    if isinstance(fact, CallOffered):
        return replace(fact, at=AT, received_ns=0, parsed_ns=0)
    return replace(fact, at=AT)


def test_damaged_lines_are_named_and_passed_over(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), (CANCEL, Way.IN))
    first, second, _ = file.read_bytes().split(b"\n")
    cut, foreign = second[: len(second) // 2], b'{"v": 1, "type": "offered", "call": "x"}'
    file.write_bytes(b"\n".join([first, cut, b"\xff\xfe", foreign, b"[]", second]))
    said = replay(capsys, profile, file)
    assert said.errors == f"{file}: 4 lines are damaged and were passed over: 2, 3, 4, 5.\n"
    assert said.lines[-1] == "Messages that came in: 2. Calls: 1. INVITEs that became no call: 0."


def test_trace_and_the_one_before_are_one_recording(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN), (CANCEL, Way.IN))
    first, second = whole.read_text("ascii").splitlines()
    whole.write_text(second + "\n", "ascii")
    (tmp_path / "wire.1.jsonl").write_text(first + "\n", "ascii")
    said = replay(capsys, profile, whole, tmp_path / "wire.1.jsonl")
    assert said.lines[-2].endswith("the caller or the PBX gave up.")


def packet(data: bytes, origin: tuple[str, int], destination: tuple[str, int]) -> bytes:
    udp = dpkt.udp.UDP(sport=origin[1], dport=destination[1], ulen=8 + len(data), data=data)
    ends = {"src": socket.inet_aton(origin[0]), "dst": socket.inet_aton(destination[0])}
    ip = dpkt.ip.IP(**ends, p=17, data=udp)
    ip.len = len(ip)
    return bytes(dpkt.ethernet.Ethernet(src=b"\1" * 6, dst=b"\2" * 6, type=0x800, data=ip))


def capture_file(path: Path, *packets: bytes, kind: Any = dpkt.pcap.Writer) -> Path:
    file = io.BytesIO()
    writer = kind(file)
    for number, one in enumerate(packets):
        writer.writepkt(one, ts=AT.timestamp() + number)
    path.write_bytes(file.getvalue())
    return path


@pytest.mark.parametrize(("name", "kind"), [("a.pcap", dpkt.pcap.Writer), ("a.pcapng", dpkt.pcapng.Writer)])
def test_capture_tells_the_calls_of_each_telephone_in_it(
    name: str, kind: Any, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = ("192.0.2.1", 5062), ("192.0.2.2", 5062)
    second = invite("b", caller="<sip:0612345678@pbx>")
    packets = [packet(RING, PBX, one), packet(b"SIP/2.0 100 Trying\r\n\r\n", one, PBX), packet(second, PBX, two)]
    said = replay(capsys, profile, capture_file(tmp_path / name, *packets, packet(CANCEL, PBX, one), kind=kind))
    heads = [line for line in said.lines if "→" in line]
    assert [head.partition(" 192")[2] for head in heads] == [
        ".0.2.10:5060 → 192.0.2.1:5062 (UDP)", ".0.2.10:5060 → 192.0.2.2:5062 (UDP)",
    ]  # fmt: skip
    assert "The customer is C-000001: nobody else has exactly this number." in said.lines
    assert said.lines.count("It pops.") == 2


def test_file_with_several_messages_and_the_line_ends_of_an_editor(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "call.sip"
    file.write_bytes((RING + CANCEL).replace(b"\r\n", b"\n"))
    said = replay(capsys, profile, file)
    assert said.lines[-2].endswith("the caller or the PBX gave up.")


def test_settings_of_the_source_decide_which_header_names_the_caller(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(profile, 'identity = ["from"]\n[[source]]\nname = "other"\nregister = false\nserver = "192.0.2.10"\n')
    ring = invite("a", caller="<sip:0612345678@pbx>", extra=f"P-Asserted-Identity: <sip:{CUSTOMER_NUMBER}@pbx>\r\n")
    file = wire_file(tmp_path / "wire.jsonl", (ring, Way.IN))
    assert "Caller: 06-1234-5678, from the header From." in replay(capsys, profile, file).lines
    said = replay(capsys, profile, file, "--source", "other")
    assert "Caller: 03-3581-4111, from the header P-Asserted-Identity." in said.lines
    assert said.lines[0].endswith("→ trunk (UDP)")


def test_strict_hears_only_whom_the_settings_allow(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = tmp_path / "stranger.sip"
    stranger.write_bytes(invite("a", via_host="198.51.100.7:5060"))
    assert "Calls: 1." in replay(capsys, profile, stranger).lines[-1]
    said = replay(capsys, profile, stranger, "--strict")
    assert said.lines[-1] == "Messages that came in: 1. Calls: 0. INVITEs that became no call: 1."
    assert said.lines[0].endswith(": 1 attempt from 198.51.100.7.")
    assert said.lines[1] == "This address is neither the server's nor allowed."
    known = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN))
    assert "Calls: 1." in replay(capsys, profile, known, "--strict").lines[-1]


def test_what_became_no_call_is_told_with_what_to_do() -> None:
    played = ReplayDesk(PromptRecords(None), Lines([]), TraceSettings()).play(
        [[Step(AT, None, (NotOffered("trunk", NotOfferedBecause.STRANGER, "192.0.2.9", 1, AT),)) for _ in range(3)]]
    )
    assert [(one.who, one.count) for one in played.not_shown] == [("192.0.2.9", 3)]
    assert sum(line["count"] for line in played.lines) == 3


@pytest.mark.parametrize(
    "content", [b"", b"root:x:0:0:root\n", b"\xff\xfe\x00\x00", b"{}\n", b"GIF89a", b"\xd4\xc3\xb2\xa1" + b"\0" * 20]
)
def test_file_that_is_no_recording_ends_with_one_line(
    content: bytes, profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x"
    file.write_bytes(content)
    said = replay(capsys, profile, file)
    assert (said.status, said.out) == (1, "")
    assert said.errors.count("\n") == 1
    assert str(file) in said.errors
    assert "pcap or pcapng" in said.errors


def test_missing_file_and_empty_folder_end_with_one_line(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "none.jsonl", tmp_path / "empty"):
        said = replay(capsys, profile, path)
        assert (said.status, said.out, said.errors.count("\n")) == (1, "", 1)
        assert str(path) in said.errors


def test_source_that_is_not_set_up_ends_with_one_line(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = replay(capsys, profile, RECORDED / "missed-caller-gave-up", "--source", "nobody")
    assert (said.status, said.out) == (1, "")
    assert "nobody" in said.errors
    assert "trunk" in said.errors


def test_profile_without_records_says_that_nobody_is_looked_up_and_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "none"
    said = replay(capsys, empty, RECORDED / "missed-caller-gave-up")
    assert (said.status, said.errors) == (0, "This profile has no records: nobody is looked up.\n")
    assert not any("customer" in line for line in said.lines)
    assert not empty.exists()


def test_records_of_another_version_are_left_alone(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(profile / FILE_NAME)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()
    said = replay(capsys, profile, RECORDED / "missed-caller-gave-up")
    assert said.errors == "The records are of another version: nobody is looked up. Start Omote once.\n"
    with closing(sqlite3.connect(profile / FILE_NAME)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0000",)]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read_ends_with_one_line(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = wire_file(tmp_path / "wire.jsonl", (RING, Way.IN))
    file.chmod(0)
    assert "cannot be read" in replay(capsys, profile, file).errors
