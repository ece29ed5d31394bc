"""The lives of the recorded calls: what a listener and a watcher at each extension must make of each of them.

Written down from what was done when they were recorded and from what the PBX then sent, not from what comes out here.
A listener is the second contact of the extension (recorded/), a watcher has its dialog events (recorded_dialogs/).
"""

from dataclasses import dataclass, replace
from pathlib import Path

from cti.events import Caller, Direction, EndCause, IdentityFrom, Withheld

LISTENED = Path(__file__).parent / "recorded"
WATCHED = Path(__file__).parent / "recorded_dialogs"

Life = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Whom the PBX names. What only a listener learns: `forwarded_by`, and the PBX's id of the call, if it sends it."""

    number: str = ""
    name: str = ""
    withheld: Withheld | None = None
    forwarded_by: str = ""
    direction: Direction = Direction.IN
    is_linked: bool = True

    def caller(self, identity_from: IdentityFrom) -> Caller:
        return Caller(self.number, self.name, self.withheld, identity_from)


def colleague(number: str, name: str) -> Who:
    return Who(number, name, direction=Direction.INTERNAL)


# of a listener, which never hears who answered, nor when the talk is over
TAKEN, GAVE_UP, LEFT = ("offered", "answered"), ("offered", EndCause.CANCELLED), ("offered",)
REFUSED = ("offered", EndCause.BUSY)  # by the desk phone, which says 486 for its reject key
# of a watcher, which hears that its own phone answered, but not that another one did
TALKED, MISSED = ("offered", "answered here", EndCause.HUNG_UP), ("offered", EndCause.CANCELLED)
LOST = ("offered", "lost sight of", EndCause.HUNG_UP)

# The three extensions differ on purpose in what the PBX is told to send.
IDENTITY = {"201": IdentityFrom.PAI, "202": IdentityFrom.RPID, "203": IdentityFrom.FROM, "207": IdentityFrom.PAI}

TANAKA, YAMADA, SUZUKI = Who("0612345678", "田中"), Who("0312345678", "山田太郎"), Who("09012345678", "Suzuki Hanako")
TOKYO, OSAKA, MOBILE = Who("0312345678"), Who("0612345678"), Who("09012345678")
ONE, TWO = colleague("201", "Operator One"), colleague("202", "Operator Two")
SEVEN = colleague("207", "Operator Seven")
NOT_RECORDED = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One call at one extension; each list has every call there in the order in which they rang."""

    name: str
    extension: str
    listener: list[tuple[Who, Life]] | None
    watcher: list[tuple[Who, Life]] | None

    @property
    def folder(self) -> Path:
        """Of the listener's recording."""
        other = LISTENED / f"{self.name}@{self.extension}"
        return other if other.exists() else LISTENED / self.name


LIVES = [
    # what was done, at which extension, what its listener makes of it, what its watcher makes of it
    Seen("answered-by-desk-phone", "201", [(SUZUKI, TAKEN)], [(SUZUKI, TALKED)]),
    Seen("answered-then-operator-hangs-up", "201", [(MOBILE, TAKEN)], [(MOBILE, TALKED)]),
    Seen("attended-transfer-feature", "201", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("attended-transfer-feature", "202", [(ONE, TAKEN)], [(ONE, TALKED)]),  # the true caller is never told
    Seen("attended-transfer-refer-replaces", "202", [(SEVEN, TAKEN)], [(SEVEN, TALKED)]),
    Seen("attended-transfer-refer-replaces", "207", [(TANAKA, TAKEN)], []),  # answered before the PBX told that it rang
    Seen("blind-transfer", "201", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("blind-transfer", "202", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("desk-phone-offline", "201", [(TOKYO, GAVE_UP)], [(TOKYO, MISSED)]),
    Seen("desk-phone-rejects-listener-keeps-ringing", "201", [(TOKYO, REFUSED)], [(TOKYO, MISSED)]),
    Seen("e164-plus", "201", [(Who("+81312345678", "ACME"), GAVE_UP)], [(Who("+81312345678", "ACME"), MISSED)]),
    Seen("forwarded-by-carrier", "201", [(replace(TOKYO, forwarded_by="0398765432"), GAVE_UP)], [(TOKYO, MISSED)]),
    Seen("forwarded-by-pbx", "201", [(replace(TOKYO, forwarded_by="0398765432"), GAVE_UP)], [(TOKYO, MISSED)]),
    Seen("header-variant-202-rpid", "202", [(YAMADA, GAVE_UP)], [(YAMADA, MISSED)]),
    Seen("header-variant-203-defaults", "203", [(YAMADA, GAVE_UP)], [(YAMADA, MISSED)]),
    Seen("hold-and-resume", "207", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("internal-call", "201", [(TWO, TAKEN)], [(TWO, TALKED)]),
    Seen("internal-call", "202", [], []),  # its own outgoing call
    # Recorded by a listener that refused. We never do; an ACK to what we did not say says nothing.
    Seen("listener-declines-480", "201", [(TOKYO, LEFT)], [(TOKYO, TALKED)]),
    Seen("listener-declines-486", "201", [(TOKYO, LEFT)], [(TOKYO, TALKED)]),
    Seen("listener-declines-603", "201", [(TOKYO, LEFT)], [(TOKYO, TALKED)]),
    Seen("listener-silent", "201", [(TOKYO, GAVE_UP)], [(TOKYO, MISSED)]),
    Seen("listener-tcp", "201", [(YAMADA, TAKEN)], [(YAMADA, TALKED)]),
    Seen("listener-tls", "201", [(YAMADA, TAKEN)], [(YAMADA, TALKED)]),
    Seen("missed-caller-gave-up", "201", [(YAMADA, GAVE_UP)], [(YAMADA, MISSED)]),
    Seen(
        "name-quotes-emoji",
        "201",
        [(Who("0312345678", 'A "B" \\ <c>, ㈱髙﨑 😀'), GAVE_UP)],
        [(Who("0312345678", 'A "B" \\ <c>, ㈱髙﨑 😀'), MISSED)],
    ),
    Seen("no-answer-timeout", "201", [(TOKYO, GAVE_UP)], [(TOKYO, MISSED)]),
    Seen("nobody-registered", "201", NOT_RECORDED, []),
    Seen(
        "other-service",
        "201",
        [(Who(withheld=Withheld.SERVICE_CONFLICT), GAVE_UP)],
        [(Who(withheld=Withheld.SERVICE_CONFLICT), MISSED)],
    ),
    Seen("outgoing-call", "201", [], []),
    Seen("pai-differs-from-from", "201", [(Who("0312345678", "佐藤"), GAVE_UP)], [(Who("0312345678", "佐藤"), MISSED)]),
    Seen(
        "payphone",
        "201",
        [(Who(withheld=Withheld.PAYPHONE), GAVE_UP)],
        [(Who(withheld=Withheld.PAYPHONE), MISSED)],
    ),
    Seen("picked-up-by-203", "201", [(TOKYO, GAVE_UP)], [(TOKYO, MISSED)]),  # nothing says that 203 has it
    Seen("picked-up-by-203", "203", [], []),  # who picks up is told nothing of the caller
    Seen("queue-abandoned", "201", [(OSAKA, GAVE_UP)], [(OSAKA, MISSED)]),
    Seen("queue-abandoned", "202", [(OSAKA, GAVE_UP)], [(OSAKA, MISSED)]),
    Seen("queue-abandoned", "203", [(OSAKA, GAVE_UP)], [(OSAKA, MISSED)]),
    Seen("queue-answered-by-202", "201", [(TANAKA, TAKEN)], [(TANAKA, MISSED)]),
    Seen("queue-answered-by-202", "202", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("queue-answered-by-202", "203", [(TANAKA, TAKEN)], [(TANAKA, MISSED)]),
    Seen("queue-answered-by-own-desk-phone", "201", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("queue-answered-by-own-desk-phone", "202", [(TANAKA, TAKEN)], [(TANAKA, MISSED)]),
    Seen("queue-answered-by-own-desk-phone", "203", [(TANAKA, TAKEN)], [(TANAKA, MISSED)]),
    Seen("queue-direct-members", "201", [(replace(OSAKA, is_linked=False), GAVE_UP)], [(OSAKA, MISSED)]),
    # at these two the PBX rang the desk phone alone
    Seen("queue-direct-members", "202", [], [(OSAKA, MISSED)]),
    Seen("queue-direct-members", "203", [], [(OSAKA, MISSED)]),
    Seen("ring-group", "201", [(OSAKA, TAKEN)], [(OSAKA, MISSED)]),
    Seen("ring-group", "202", [(OSAKA, TAKEN)], [(OSAKA, MISSED)]),
    Seen("ring-group", "203", [(OSAKA, TAKEN)], [(OSAKA, TALKED)]),
    Seen(
        "second-call-while-talking",
        "201",
        [(MOBILE, TAKEN), (Who("0312345678", "Second"), GAVE_UP)],
        [(MOBILE, TALKED)],  # the second caller is not told
    ),
    Seen(
        "second-call-while-talking-early-inuse",
        "201",
        [(MOBILE, TAKEN), (Who("0312345678", "Second"), GAVE_UP)],
        [(MOBILE, TALKED), (Who("0312345678", "Second"), LOST)],
    ),
    Seen(
        "second-call-answered-while-first-waits",
        "201",
        NOT_RECORDED,
        [(Who("09012345678", "First"), TALKED), (Who("0312345678", "Second"), LOST)],
    ),
    Seen(
        "second-call-outlives-the-first",
        "201",
        NOT_RECORDED,
        [(Who("09012345678", "First"), TALKED), (Who("0312345678", "Second"), MISSED)],
    ),
    Seen(
        "unavailable",
        "201",
        [(Who(withheld=Withheld.OUT_OF_AREA), GAVE_UP)],
        [(Who(withheld=Withheld.OUT_OF_AREA), MISSED)],
    ),
    Seen(
        "withheld-anonymous",
        "201",
        [(Who(withheld=Withheld.ANONYMOUS), GAVE_UP)],
        [(Who(withheld=Withheld.ANONYMOUS), MISSED)],
    ),
    Seen(
        "withheld-anonymous-defaults",
        "203",
        [(Who(withheld=Withheld.ANONYMOUS), GAVE_UP)],
        [(Who(withheld=Withheld.ANONYMOUS), MISSED)],
    ),
    Seen(
        "withheld-no-pai",
        "201",
        [(Who(withheld=Withheld.ANONYMOUS), GAVE_UP)],
        [(Who(withheld=Withheld.ANONYMOUS), MISSED)],
    ),
]

_ON_16 = [
    Seen("attended-transfer-refer-replaces", "207", [(TANAKA, TAKEN)], [(TANAKA, TALKED)]),
    Seen("picked-up-by-203", "201", [(TOKYO, TAKEN)], [(TOKYO, MISSED)]),
    Seen("queue-direct-members", "201", [], [(OSAKA, MISSED)]),  # here, too, the desk phone alone was rung
]


def lives_on(version: str) -> list[Seen]:
    """The same calls of another PBX. What is another life by chance: who rings first, and how soon it is told."""
    others = {(seen.name, seen.extension): seen for seen in _ON_16 if version == "16"}
    return [others.get((seen.name, seen.extension), seen) for seen in LIVES]
