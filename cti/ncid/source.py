"""The call source "ncid": a client of the server that has the caller-ID box, its clock and its way back."""

import asyncio
import contextlib
import logging
import math
import time
from dataclasses import replace
from datetime import UTC, datetime
from random import Random, SystemRandom

from cti.address import split_host_port
from cti.back_off import BackOff
from cti.errors import PeerError
from cti.events import CallEvent, CallOffered, SourceState
from cti.ncid.line_state import Moment, TelephoneLines
from cti.ncid.session import NcidSession
from cti.ncid.settings import DEFAULT_PORT, NcidSettings
from cti.self_report import SelfReport
from cti.source import Report

log = logging.getLogger(__name__)

CONNECT_WITHIN = 5.0  # seconds
READ_AT_ONCE = 65_536  # bytes
_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class NcidSource:
    """Reports the calls of one `[[source]]` of kind "ncid"."""

    def __init__(self, settings: NcidSettings, random: Random | None = None) -> None:
        self._settings = settings
        self._lines = TelephoneLines(settings)
        self._back_off = BackOff(random or SystemRandom())
        self._told = SelfReport(settings.name)

    @property
    def name(self) -> str:
        return self._settings.name

    async def run(self, report: Report) -> None:
        """Listen until cancelled; come back for ever."""
        self._told.begin(report)
        try:
            while True:
                await self._turn()
                self._told.say(SourceState.UNREACHABLE, self._settings.server)
                await self._wait(self._back_off.after_failure())
        finally:
            self._told.say(SourceState.STOPPED, "")

    async def _turn(self) -> None:
        """One connection from its beginning to its end."""
        try:
            reader, writer = await self._connect()
        except OSError as error:
            log.debug("%s: %s", self.name, error)
            return
        try:
            await self._listen(reader, writer)
        except (PeerError, OSError) as error:
            log.debug("%s: %s", self.name, error)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _connect(self) -> _Streams:
        host, port = split_host_port(self._settings.server, DEFAULT_PORT)
        async with asyncio.timeout(CONNECT_WITHIN):
            return await asyncio.open_connection(host, port)

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = NcidSession(self._clock())
        while (data := await self._read(reader, session)) != b"":
            moment = Moment(datetime.now(UTC), self._clock(), time.monotonic_ns())
            if data is None:
                session.handle_timer(moment.now)
                self._send_all(self._lines.handle_timer(moment.at, moment.now))
            else:
                self._hear(session, data, moment)
            writer.write(session.data_to_send())

    async def _read(self, reader: asyncio.StreamReader, session: NcidSession) -> bytes | None:
        """None when it is time for something else, b"" at the end."""
        due = min(session.get_timer(), self._lines.get_timer() or math.inf)
        try:
            async with asyncio.timeout(max(0.0, due - self._clock())):
                return await reader.read(READ_AT_ONCE)
        except TimeoutError:
            return None

    async def _wait(self, seconds: float) -> None:
        """A ring that nobody can tell the end of is over while the way is down, too."""
        await asyncio.sleep(seconds)
        self._send_all(self._lines.handle_timer(datetime.now(UTC), self._clock()))

    def _hear(self, session: NcidSession, data: bytes, moment: Moment) -> None:
        told = session.receive(data, moment.now)
        if session.has_begun:
            self._back_off.reset()
            self._told.say(SourceState.LISTENING, self._settings.server)
            self._told.heard(moment.now, session.speaks_within)
        for one in told:
            self._send_all(self._lines.hear(one, moment))

    def _send_all(self, facts: list[CallEvent]) -> None:
        for fact in facts:
            self._told.send_on(replace(fact, parsed_ns=time.monotonic_ns()) if isinstance(fact, CallOffered) else fact)

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()
