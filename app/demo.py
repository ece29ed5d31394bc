"""`omote demo`: a profile of its own, sample records, and a built-in caller that places real SIP calls to us.

Opens nothing of the user's: no keyring, no settings, no port but one of its own on loopback.
"""

import argparse
import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.call import Call
from app.clock import utc_now
from app.compose import open_records
from app.db_worker import Post
from app.errors import UserError
from app.paths import Profile, make_folder
from app.settings import DeskSettings, LineSettings, Settings
from app.terminal import say
from app.words import _
from cti.listener import Listener
from cti.sip.outbound_call import Invitation, place_call
from cti.sip.settings import SipSettings
from cti.source import TakesTestCalls
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER, History, fill_demo
from db.engine import FILE_NAME, writing

MAIN_LINE, JOBS_LINE = "0312345678", "0312345679"
ANSWERED = ('SIP;cause=200;text="Call completed elsewhere"', "Q.850;cause=26")
_DAY_FILE = "made-on.txt"
_GIVE_UP_S = 20.0
_DAYS_OF_CALLS = 28


@dataclass(frozen=True, slots=True)
class DemoCall:
    """One call of the script: starts `at` seconds after the start and rings `lasts` seconds."""

    at: float
    lasts: float
    number: str
    name: str
    line: str
    is_answered: bool = False


SCRIPT = (
    DemoCall(0.5, 6, CUSTOMER_NUMBER, "", MAIN_LINE, is_answered=True),
    DemoCall(10, 20, COMPANY_NUMBER, "青空商事", JOBS_LINE),
    DemoCall(34, 12, "anonymous", "Anonymous", MAIN_LINE),
    DemoCall(50, 15, HOUSEHOLD_NUMBER, "", MAIN_LINE),
    DemoCall(70, 15, UNKNOWN_NUMBER, "", MAIN_LINE),
)
ONE_CALL = (DemoCall(0.2, 30, CUSTOMER_NUMBER, "", MAIN_LINE),)


def demo_settings(theme: str) -> Settings:
    """A trunk on loopback, two named lines."""
    source = SipSettings(name=_("demo phone"), bind="127.0.0.1:0", allow=("127.0.0.1",), register=False)
    lines = (LineSettings(MAIN_LINE, _("Main shop")), LineSettings(JOBS_LINE, _("Recruiting")))
    return Settings(DeskSettings(theme=theme), sources=(source,), lines=lines)  # type: ignore[arg-type]


def prepare(profile: Profile, settings: Settings) -> None:
    """Sample records with dates around today. What was written in the demo today stays; unfinished notes always do."""
    make_folder(profile.data)
    now = utc_now()
    marker, today = profile.data / _DAY_FILE, f"{now.astimezone():%Y-%m-%d}"
    if marker.exists() and marker.read_text(encoding="ascii") == today:
        return
    for file in profile.data.glob(f"{FILE_NAME}*"):
        file.unlink()
    engine = open_records(profile, settings)
    with writing(engine) as connection:
        lines = [(one.dialled, one.name) for one in settings.lines] or [(MAIN_LINE, "")]
        fill_demo(connection, now.astimezone(), History(_DAYS_OF_CALLS, lines))
    engine.dispose()
    marker.write_text(today, encoding="ascii")


class Guide:
    """Leads through the demo: places the calls, prints what popped, takes the picture, ends when asked."""

    def __init__(self, args: argparse.Namespace, post: Post, *, is_headless: bool) -> None:
        self._post = post
        self._is_headless = is_headless
        self._picture: Path | None = args.screenshot or (Path("artefacts/pop.png") if is_headless else None)
        self.ends_after: float | None = args.exit_after or (_GIVE_UP_S if is_headless else None)
        self._popped = 0
        self._error: UserError | None = None

    def use(self, save_picture: Callable[[Path], bool], quit_program: Callable[[], object]) -> None:
        """What the guide needs of the windows."""
        self._save_picture, self._quit = save_picture, quit_program

    def place_calls(self, listener: Listener, source: TakesTestCalls) -> None:
        """The source has its port: the built-in caller begins."""
        assert source.bound_address is not None
        script = ONE_CALL if self._is_headless else SCRIPT
        listener.submit(place_demo_calls(script, source.bound_address))

    def painted(self, call: Call) -> None:
        """A call's name stands on the screen."""
        self._popped += 1
        took = (call.stamps.microseconds()["painted"] or 0) / 1000
        facts = call.pop.facts
        who = f"{facts.customer.name} ({facts.customer.customer_no})" if facts else call.pop.state.value
        say(_("Popped: {who}, {number}, {ms} ms from packet to paint.").format(
            who=who, number=call.ring.number.display or call.ring.withheld or "-", ms=f"{took:.1f}"))  # fmt: skip
        if self._popped == 1 and self._picture is not None:
            self._post(self._take_picture, self._picture)

    def result(self) -> int:
        """0 when something popped. Raises UserError when nothing did, or the picture could not be written."""
        if self._error is not None:
            raise self._error
        if not self._popped:
            raise UserError(_("No call popped."), _("Look at the log in the demo's profile folder."))
        return 0

    def _take_picture(self, path: Path) -> None:
        try:
            make_folder(path.absolute().parent)
        except UserError as error:
            self._error = error
        if self._error is None and self._save_picture(path):
            say(_("Picture of the pop: {path}").format(path=path))
        elif self._error is None:
            self._error = UserError(
                _("The picture {path} cannot be written.").format(path=path), _("Choose another --screenshot.")
            )
        if self._is_headless or self._error is not None:
            self._quit()


async def place_demo_calls(script: tuple[DemoCall, ...], target: tuple[str, int]) -> None:
    """Place the script's calls at their times, as a PBX would."""
    random = Random()  # noqa: S311 -- branch and tag names of a demo, others at every start
    await asyncio.gather(*(_place(call, number, target, random) for number, call in enumerate(script)))


async def _place(call: DemoCall, number: int, target: tuple[str, int], random: Random) -> None:
    await asyncio.sleep(call.at)
    call_id = f"demo-{number}-{random.getrandbits(48):012x}@loopback"
    reasons = ANSWERED if call.is_answered else ()
    hang_up = asyncio.Event()
    asyncio.get_running_loop().call_later(call.lasts, hang_up.set)
    await place_call(Invitation(call_id, call.number, call.name, call.line, reasons), target, random, hang_up)
