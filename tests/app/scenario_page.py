"""The tables of docs/scenarios.md, written from what the log had of the recorded calls."""

from collections.abc import Mapping, Sequence

from tests.app.recorded_outcomes import VERSIONS, WHERES, Logged, Where, Witness, is_recorded
from tests.app.scenario_differences import LETTERS, REASONS, differences, reason_of

BEGIN, END = "<!-- recorded calls: written by a test -->", "<!-- end of recorded calls -->"
Log = Mapping[tuple[Witness, str], Mapping[Where, Sequence[Logged]]]

DONE = {
    "missed-caller-gave-up": "the caller gives up",
    "no-answer-timeout": "the PBX stops the ringing",
    "desk-phone-rejects-listener-keeps-ringing": "the operator presses reject, the caller gives up",
    "desk-phone-offline": "the desk phone is off, the caller gives up",
    "nobody-registered": "no phone is there: the PBX refuses the call",
    "answered-by-desk-phone": "the desk phone answers, the caller hangs up",
    "answered-then-operator-hangs-up": "the desk phone answers and hangs up",
    "hold-and-resume": "answered, held, resumed",
    "second-call-while-talking": "a second caller while 201 talks",
    "second-call-while-talking-early-inuse": "the same with `notify_early_inuse_ringing`",
    "outgoing-call": "201 dials an announcement",
    "internal-call": "202 calls 201, which answers",
    "queue-answered-by-own-desk-phone": "queue: 201 answers",
    "queue-answered-by-202": "queue: 202 answers",
    "queue-abandoned": "queue: the caller gives up",
    "queue-direct-members": "queue that rings the phones directly: the caller gives up",
    "ring-group": "ring group: 203 answers",
    "picked-up-by-203": "203 picks up with \\*8 what rings at 201",
    "blind-transfer": "201 answers and hands the call on to 202 at once",
    "attended-transfer-feature": "201 asks 202 first, then hands the call on (by the PBX's \\*2)",
    "attended-transfer-refer-replaces": "207 holds, asks 202, then hands the call on (by the phone)",
    "forwarded-by-pbx": "forwarded inside the PBX, the caller gives up",
    "forwarded-by-carrier": "forwarded by the carrier, the caller gives up",
    "withheld-anonymous": "withheld (非通知); the carrier told the PBX the number",
    "withheld-anonymous-defaults": "the same at a phone that is told less",
    "withheld-no-pai": "withheld; the carrier told nobody the number",
    "payphone": "withheld: a payphone (公衆電話)",
    "unavailable": "withheld: out of area (表示圏外)",
    "other-service": "withheld: service conflict (サービス競合)",
    "e164-plus": "a caller as +81…, who gives up",
    "name-quotes-emoji": "a name with quotes, commas and an emoji",
    "pai-differs-from-from": "the caller in P-Asserted-Identity, another number in From",
    "header-variant-202-rpid": "the caller in Remote-Party-ID, gives up",
    "header-variant-203-defaults": "the caller in From alone, gives up",
    "listener-tcp": "the second phone over TCP, the desk phone answers",
    "listener-tls": "the same over TLS",
    "listener-silent": "the second phone says 100 Trying alone, the caller gives up",
    "listener-declines-480": "the second phone refuses with 480, the desk phone answers",
    "listener-declines-486": "the same with 486",
    "listener-declines-603": "the same with 603",
}


def written(log: Log) -> str:
    """Everything between the two marks."""
    rows = [_row(log, where) for scenario in DONE for where in WHERES if where.scenario == scenario]
    head = "| what was done | at | the call in the log | `sip` | `sip-dialog` | `ami` |\n|---|---|---|---|---|---|"
    reasons = [f"- **{letter}** {reason.text}" for letter, reason in zip(LETTERS, REASONS, strict=True)]
    return "\n".join([head, *rows, "", *reasons])


def _row(log: Log, where: Where) -> str:
    calls = log[Witness.AMI, "22"][where]
    told = "; ".join(_told(one) for one in calls) or "no call: no phone of the desk had part in one"
    cells = [_cell(log, witness, where) for witness in Witness]
    return f"| {' | '.join([DONE[where.scenario], where.extension, told, *cells])} |"


def _cell(log: Log, witness: Witness, where: Where) -> str:
    """What both versions of Asterisk tell alike, or each."""
    by_version = {version: _differs(log, witness, version, where) for version in VERSIONS}
    if len(set(by_version.values())) == 1:
        return by_version["22"]
    return "; ".join(f"{version}: {told}" for version, told in by_version.items())


def _differs(log: Log, witness: Witness, version: str, where: Where) -> str:
    if not is_recorded(witness, version, where):
        return "not recorded"
    best, told = log[Witness.AMI, "22"][where], log[witness, version][where]
    return " ".join(sorted({reason_of(one) for one in differences(witness, where, best, told)})) or "same"


def _told(call: Logged) -> str:
    who = " ".join(filter(None, [f"withheld ({call.who})" if call.who.isidentifier() else call.who, _plain(call.name)]))
    parts = [f"{'to' if call.direction == 'out' else 'from'} {who}"]
    parts += [f"{word} {what}" for word, what in _beside(call) if what]
    return f"{', '.join(parts)}: **{call.outcome}**{_end(call)}"


def _beside(call: Logged) -> list[tuple[str, str]]:
    return [("forwarded by", call.forwarded_by), ("dialled", call.dialled), ("queue", call.queue)]


def _end(call: Logged) -> str:
    by = [f"by {call.by}"] if call.by else []
    held = ["held for a while"] if call.was_held else []
    over = ["its end is known" if call.why == "hung_up" else call.why] if call.why else []
    return f" ({', '.join([*by, *held, *over])})" if by or held or over else ""


def _plain(name: str) -> str:
    """In a cell of Markdown."""
    return name if name.replace(" ", "").isalnum() else name and f"`{name}`"
