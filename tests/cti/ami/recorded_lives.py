"""The lives of the recorded calls, as the PBX's events tell of them at each extension.

Written down from what was done when they were recorded. They are the calls of `tests.cti.sip.recorded_lives`, recorded
from Asterisk 16 and 22 at the same time as those.
"""

from dataclasses import dataclass, replace

from cti.events import Direction, EndCause, Withheld
from tests.cti.sip.recorded_lives import MOBILE, OSAKA, SEVEN, SUZUKI, TANAKA, TOKYO, TWO, YAMADA, Life, Who, colleague

MISSED, NO_ANSWER, BUSY = ("offered", EndCause.CANCELLED), ("offered", EndCause.TIMED_OUT), ("offered", EndCause.BUSY)
ONE = colleague("201", "Operator One")
HELD, RESUMED = "held", "resumed"


def taken(by: str) -> Life:
    return ("offered", f"answered by {by}", EndCause.HUNG_UP)


def whom(number: str) -> Who:
    """The other end of a call that goes out."""
    return Who(number, direction=Direction.OUT)


@dataclass(frozen=True, slots=True)
class At:
    """Every call of a scenario at one extension, in the order in which they rang or were dialled."""

    name: str
    extension: str
    calls: list[tuple[Who, Life]]
    line: str = ""
    queue: str = ""


FORWARDED = replace(TOKYO, forwarded_by="0398765432")
SECOND = Who("0312345678", "Second")
ACME = Who("+81312345678", "ACME")
CHANGED = "0612345678 田中"  # the true caller, once a colleague has handed him over

LIVES = [
    # what was done, at which extension, what became of its calls; then the line and the queue, if the PBX names them
    At("answered-by-desk-phone", "201", [(SUZUKI, taken("201"))]),
    At("answered-then-operator-hangs-up", "201", [(MOBILE, taken("201"))]),
    At("attended-transfer-feature", "201", [(TANAKA, ("offered", "answered by 201", HELD, EndCause.HUNG_UP))]),
    At("attended-transfer-feature", "202", [(ONE, ("offered", "answered by 202", CHANGED, EndCause.HUNG_UP))]),
    At("attended-transfer-refer-replaces", "202", [(SEVEN, ("offered", "answered by 202", CHANGED, EndCause.HUNG_UP))]),
    At(
        "attended-transfer-refer-replaces",
        "207",
        [
            (TANAKA, ("offered", "answered by 207", HELD, RESUMED, EndCause.HUNG_UP)),
            (whom("202"), taken("207")),
        ],
    ),
    At("blind-transfer", "201", [(TANAKA, taken("201"))]),
    At("blind-transfer", "202", [(TANAKA, taken("202"))]),
    At("desk-phone-offline", "201", [(TOKYO, MISSED)]),
    At("desk-phone-rejects-listener-keeps-ringing", "201", [(TOKYO, BUSY)]),
    At("e164-plus", "201", [(ACME, MISSED)]),
    At("forwarded-by-carrier", "201", [(FORWARDED, MISSED)]),
    At("forwarded-by-pbx", "201", [(FORWARDED, MISSED)], line="701"),
    At("header-variant-202-rpid", "202", [(YAMADA, MISSED)]),
    At("header-variant-203-defaults", "203", [(YAMADA, MISSED)]),
    At("hold-and-resume", "207", [(TANAKA, ("offered", "answered by 207", HELD, RESUMED, EndCause.HUNG_UP))]),
    At("internal-call", "201", [(TWO, taken("201"))]),
    At("internal-call", "202", [(whom("201"), taken("202"))]),
    At("listener-declines-480", "201", [(TOKYO, taken("201"))]),
    At("listener-declines-486", "201", [(TOKYO, taken("201"))]),
    At("listener-declines-603", "201", [(TOKYO, taken("201"))]),
    At("listener-silent", "201", [(TOKYO, MISSED)]),
    At("listener-tcp", "201", [(YAMADA, taken("201"))]),
    At("listener-tls", "201", [(YAMADA, taken("201"))]),
    At("missed-caller-gave-up", "201", [(YAMADA, MISSED)]),
    At("name-quotes-emoji", "201", [(Who("0312345678", 'A "B" \\ <c>, ㈱髙﨑 😀'), MISSED)]),
    At("no-answer-timeout", "201", [(TOKYO, NO_ANSWER)], line="731"),
    At("nobody-registered", "201", []),  # no telephone rang
    At("other-service", "201", [(Who(withheld=Withheld.SERVICE_CONFLICT), MISSED)]),
    At("outgoing-call", "201", [(whom("710"), taken("201"))]),
    At("pai-differs-from-from", "201", [(Who("0312345678", "佐藤"), MISSED)]),
    At("payphone", "201", [(Who(withheld=Withheld.PAYPHONE), MISSED)]),
    At("picked-up-by-203", "201", [(TOKYO, taken("203"))]),
    At("picked-up-by-203", "203", [(TOKYO, taken("203"))]),
    *(At("queue-abandoned", one, [(OSAKA, MISSED)], "600", "support") for one in ("201", "202", "203")),
    *(At("queue-answered-by-202", one, [(TANAKA, taken("202"))], "600", "support") for one in ("201", "202", "203")),
    *(
        At("queue-answered-by-own-desk-phone", one, [(TANAKA, taken("201"))], "600", "support")
        for one in ("201", "202", "203")
    ),
    *(At("queue-direct-members", one, [(OSAKA, MISSED)], "601", "direct") for one in ("201", "202", "203")),
    *(At("ring-group", one, [(OSAKA, taken("203"))], "720") for one in ("201", "202", "203")),
    At("second-call-while-talking", "201", [(MOBILE, taken("201")), (SECOND, MISSED)]),
    At("second-call-while-talking-early-inuse", "201", [(MOBILE, taken("201")), (SECOND, MISSED)]),
    At("unavailable", "201", [(Who(withheld=Withheld.OUT_OF_AREA), MISSED)]),
    At("withheld-anonymous", "201", [(Who(withheld=Withheld.ANONYMOUS), MISSED)]),
    At("withheld-anonymous-defaults", "203", [(Who(withheld=Withheld.ANONYMOUS), MISSED)]),
    At("withheld-no-pai", "201", [(Who(withheld=Withheld.ANONYMOUS), MISSED)]),
]
