"""The call source "ami": one connection to the PBX's manager interface, its clock and its way back."""

import asyncio
import contextlib
import logging
import time
from datetime import UTC, datetime, timedelta
from random import Random, SystemRandom

from cti.address import Address, host_port, is_loopback
from cti.ami import queue_watch
from cti.ami.action import Fields
from cti.ami.connection import Connection, connect
from cti.ami.control import AmiControl, Line
from cti.ami.extension_call import Moment
from cti.ami.inquiry import Question
from cti.ami.packet import Packet
from cti.ami.party import NUMBER_SHOWN, Shown, shown_of
from cti.ami.queue_watch import QueueWatch
from cti.ami.session import LoggedIn, Over, Reply, Session, SessionEvent, WhyOver
from cti.ami.settings import AmiSettings
from cti.ami.watched_extension import Place, WatchedExtension
from cti.aside import call_aside
from cti.back_off import BackOff
from cti.events import Danger, SourceState
from cti.self_report import SelfReport
from cti.source import Report, Secret
from cti.tls import TlsFileError, trust_trouble
from cti.wire_message import Tap

log = logging.getLogger(__name__)

NO_SECRET_REST = 30.0  # seconds until a keyring that gave nothing is asked again: a locked one shows a dialog each time
DUE_WITHIN = timedelta(seconds=20)  # the next sign of life: it is pinged where it says nothing by itself
_MAY_WE_ASK = Question(-1, "", NUMBER_SHOWN)  # of no channel


class _LeftError(Exception):
    """The session is over: `why`, and the bare fact."""

    def __init__(self, why: WhyOver, detail: str) -> None:
        super().__init__(detail)
        self.why = why


class AmiSource:
    """Reports the calls of one `[[source]]` of kind "ami". `secret` may block: it is asked on a thread of its own."""

    def __init__(
        self, settings: AmiSettings, secret: Secret, random: Random | None = None, tap: Tap | None = None
    ) -> None:
        self._settings, self._secret, self._random = settings, secret, random or SystemRandom()
        self._tap = tap
        self._back_off = BackOff(self._random)
        self._watched = WatchedExtension(settings.name, Place(settings.watch, settings.channels))
        self._queues, self._asked_queues = QueueWatch(), ""
        self.control = AmiControl(settings, self._random)
        self._asked: dict[str, Question] = {}
        self._told = SelfReport(settings.name)
        self._anew = asyncio.Event()
        self._given: str | None = None

    @property
    def name(self) -> str:
        return self._settings.name

    async def run(self, report: Report) -> None:
        """Listen until cancelled; come back for ever."""
        self._told.begin(report)
        try:
            while True:
                await self._until_begun_anew()
        finally:
            self._told.say(SourceState.STOPPED, "")

    async def secret_changed(self) -> None:
        """A new password has been set (`omote secret set`): use it now."""
        self._back_off.start_anew()
        self._given = None
        self._anew.set()

    async def _until_begun_anew(self) -> None:
        """Connect again and again; another secret cuts short whatever is going on."""
        self._anew.clear()
        turns = asyncio.create_task(self._turns())
        anew = asyncio.create_task(self._anew.wait())
        try:
            await asyncio.wait({turns, anew}, return_when=asyncio.FIRST_COMPLETED)
            if turns.done():
                await turns
        finally:
            turns.cancel()
            anew.cancel()
            await asyncio.wait({turns, anew})

    async def _turns(self) -> None:
        while True:
            await asyncio.sleep(await self._turn())

    async def _turn(self) -> float:
        """One connection from its beginning to its end; the seconds until the next one."""
        self._given = self._given or await call_aside(self._secret, "secret")
        if not self._given:
            self._told.say(SourceState.NO_SECRET, self._settings.username)
            return NO_SECRET_REST
        try:
            return await self._listen(self._given)
        except (OSError, ValueError, TlsFileError) as error:
            log.debug("%s: %s", self.name, error)
            if (why := trust_trouble(error)) is not None:
                self._told.say(SourceState.UNTRUSTED, why)
            else:
                self._told.say(SourceState.UNREACHABLE, self._settings.server)
        except _LeftError as left:
            log.debug("%s: %s: %s", self.name, left.why, left)
            if left.why is WhyOver.REFUSED:
                self._told.say(SourceState.REFUSED, str(left))
                self._given = None
                return self._back_off.after_refusal(self._clock())
            self._told.say(SourceState.UNREACHABLE, self._settings.server)
        return self._back_off.after_failure()

    async def _listen(self, secret: str) -> float:
        connection = await connect(self._settings, self._tap)
        session = Session(self._settings.username, secret, self._random, self._clock())
        try:
            while await self._step(connection, session):
                pass
        finally:
            self.control.leave()
            self._queues.stop()
            self._told.queues(None)
            self._leave_questions()
            session.log_off()
            with contextlib.suppress(OSError):
                connection.write(session.data_to_send())
            await connection.close()
        self._told.say(SourceState.UNREACHABLE, self._settings.server)
        return self._back_off.after_failure()

    async def _step(self, connection: Connection, session: Session) -> bool:
        """One read and all that follows from it; False when the PBX has closed the connection."""
        wake = min(session.get_timer(), self._watched.get_timer(), self._queues.get_timer())
        data = await connection.read(max(0.0, wake - self._clock()))
        now = self._now()
        if data:
            self._told.heard(now.clock, DUE_WITHIN)
            session.receive(data, now.clock)
        session.handle_timer(now.clock)
        while (event := session.next_event()) is not None:
            self._hear(event, connection, session, now)
        self._watched.handle_timer(now)
        self._ask_queues(session, now.clock)
        self._pass_on(session, now.clock)
        connection.write(session.data_to_send())
        return data != b""

    def _hear(self, event: SessionEvent, connection: Connection, session: Session, now: Moment) -> None:
        match event:
            case Over(why, detail):
                raise _LeftError(why, detail)
            case LoggedIn(greeting):
                log.info("%s: %s", self.name, greeting)
                self._begin(connection.peer, session, now)
                self.control.begin(self._line(connection, session))
            case Reply(id=asked, packet=packet):
                if not self.control.take_answer(asked, packet):
                    self._take_answer(asked, packet, now)
            case Packet():
                self._watched.hear(event, now)
                self._queues.hear(event, now)

    def _begin(self, peer: Address, session: Session, now: Moment) -> None:
        self._back_off.reset()
        self._watched.begin()
        self._told.say(SourceState.REGISTERED, host_port(peer))
        is_bare = not self._settings.tls and not is_loopback(peer[0])
        self._told.warn(*[(Danger.BARE_NETWORK, peer[0])] if is_bare else [])
        self._ask(_MAY_WE_ASK, session, now.clock)
        session.ask("Status", (), now.clock)
        self._queues.begin(now.clock)

    def _take_answer(self, asked: str, packet: Packet | None, now: Moment) -> None:
        if asked == self._asked_queues and (packet is None or not packet.is_success):
            self._queues.stop()
        question = self._asked.pop(asked, None)
        if question is None:
            return
        if packet is not None and shown_of(packet) is Shown.DENIED:
            others = [one for one in self._told.dangers if one[0] is not Danger.NO_PRESENTATION]
            self._told.warn(*others, (Danger.NO_PRESENTATION, self._settings.username))
        self._watched.take_answer(question, packet, now)

    def _ask_queues(self, session: Session, clock: float) -> None:
        """Who waits: at first, and now and then."""
        if session.is_open and self._queues.get_timer() <= clock:
            self._asked_queues = session.ask(queue_watch.ACTION, queue_watch.FIELDS, clock)
            self._queues.asked(clock)
        self._told.queues(self._queues.waiting)

    def _pass_on(self, session: Session, clock: float) -> None:
        """Facts to the desk, questions to the PBX."""
        while (question := self._watched.next_question()) is not None:
            self._ask(question, session, clock)
        self._tell_facts()

    def _line(self, connection: Connection, session: Session) -> Line:
        """For orders: sent at once, since the next turn may be seconds away."""

        def ask(action: str, fields: Fields) -> str:
            asked = session.ask(action, fields, self._clock())
            connection.write(session.data_to_send())
            return asked

        def goes_out(channel: str, asked: str, number: str) -> str:
            source_id = self._watched.goes_out(channel, asked, number, self._now())
            self._tell_facts()
            return source_id

        return Line(ask, goes_out)

    def _tell_facts(self) -> None:
        self.control.see(self._watched.ours)
        while (fact := self._watched.next_event()) is not None:
            self._told.send_on(fact)

    def _ask(self, question: Question, session: Session, clock: float) -> None:
        channel = (("Channel", question.channel),) if question.channel else ()
        try:
            asked = session.ask("Getvar", (*channel, ("Variable", question.variable)), clock)
        except ValueError:  # a channel that is named so as to break our lines
            self._watched.take_answer(question, None, self._now())
        else:
            self._asked[asked] = question

    def _leave_questions(self) -> None:
        """Nobody answers them any more."""
        asked, self._asked = self._asked, {}
        for question in asked.values():
            self._watched.take_answer(question, None, self._now())
        while (unasked := self._watched.next_question()) is not None:
            self._watched.take_answer(unasked, None, self._now())
        self._tell_facts()

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()

    def _now(self) -> Moment:
        return Moment(self._clock(), datetime.now(UTC), time.monotonic_ns())
