"""SIP sources that place calls for the operator's own telephone, where the settings name it (`desk_phone`)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType

from cti.control import Act, Cannot, Control, Done, Order
from cti.events import SourceState
from cti.sip.agent import Agent
from cti.sip.desk_phone_call import DeskPhoneCall, Stage
from cti.sip.dialling_agent import DiallingAgent
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.sip.user_agent import UserAgent
from cti.source import Customers, Secret, nobody
from cti.wire_message import Tap

RINGS_WITHIN = 4.0  # seconds for the PBX's word that the telephone rings
_HEARD = {SourceState.REGISTERED, SourceState.LISTENING, SourceState.NOT_REPORTED}
_TO_END = {Stage.ASKING, Stage.RINGING, Stage.LIFTED}
_WHY = {"401": Cannot.NO_RIGHT, "403": Cannot.NO_RIGHT, "407": Cannot.NO_RIGHT, "404": Cannot.NOT_OURS}


@dataclass(frozen=True, slots=True)
class _Picture:
    """All that `cannot` looks at: replaced as a whole, so that the desk's thread may read it at any time."""

    is_heard: bool = False
    stages: Mapping[str, Stage] = field(default_factory=lambda: MappingProxyType({}))


class ClickToDialSource(SipSource):
    """As any SIP source, and itself the `Control` of the calls that it has placed."""

    def __init__(
        self,
        settings: SipSettings,
        secret: Secret,
        random: Random | None = None,
        tap: Tap | None = None,
        customers: Customers = nobody,
    ) -> None:
        self._dialler: DiallingAgent | None = None
        self._picture = _Picture()
        self._ordered: dict[str, tuple[DeskPhoneCall, asyncio.Event]] = {}
        super().__init__(settings, secret, random, tap, customers)

    @property
    def control(self) -> Control:
        return self

    def cannot(self, act: Act, source_id: str = "") -> Cannot | None:
        """Looks only at what stands ready."""
        picture = self._picture
        if act is Act.DIAL:
            return self._cannot_dial(picture)
        stage = picture.stages.get(source_id)
        if act is not Act.HANG_UP or stage is None:
            return Cannot.NOT_THIS_SOURCE
        return None if stage in _TO_END else Cannot.LET_GO

    async def do(self, order: Order) -> Done:
        why = self.cannot(order.act, order.source_id)
        if why is not None or self._dialler is None:
            return Done(failed=why or Cannot.NOT_THIS_SOURCE)
        if order.act is Act.DIAL:
            return await self._dial(self._dialler, order.number)
        self._dialler.hang_up(order.source_id, asyncio.get_running_loop().time())
        self._pump()
        return Done()

    def _cannot_dial(self, picture: _Picture) -> Cannot | None:
        if not self._settings.register:
            return Cannot.NOT_THIS_SOURCE  # the end of a trunk: there is no account that could call
        if self._dialler is None:
            return Cannot.NOT_SET_UP
        return None if picture.is_heard else Cannot.NOT_CONNECTED

    def _make_agent(self) -> Agent:
        return self._with_telephone(UserAgent(self._settings, self._random))

    def _with_telephone(self, agent: Agent) -> Agent:
        if not self._settings.desk_phone:
            return agent
        self._dialler = DiallingAgent(agent, self._settings, self._random)
        return self._dialler

    def _say(self, state: SourceState, detail: str) -> None:
        self._picture = _Picture(state in _HEARD, self._picture.stages)
        super()._say(state, detail)

    def _pump(self, received_ns: int | None = None) -> None:
        super()._pump(received_ns)
        if self._dialler is not None and (self._ordered or self._picture.stages):
            self._see(self._dialler)

    def _see(self, dialler: DiallingAgent) -> None:
        if (stages := dialler.stages) != self._picture.stages:
            self._picture = _Picture(self._picture.is_heard, MappingProxyType(stages))
        for call, has_word in self._ordered.values():
            if call.stage is not Stage.ASKING:
                has_word.set()

    async def _dial(self, dialler: DiallingAgent, number: str) -> Done:
        """Until the telephone rings: before that nothing has happened for the desk."""
        loop = asyncio.get_running_loop()
        call = dialler.dial(number, loop.time())
        if call is None:
            return Done(failed=Cannot.NOT_NOW)
        has_word = asyncio.Event()
        self._ordered[call.name] = call, has_word
        self._pump()
        try:
            async with asyncio.timeout(RINGS_WITHIN):
                await has_word.wait()
        except TimeoutError:
            call.hang_up(loop.time())
            self._pump()
            return Done(failed=Cannot.NOT_CONNECTED)
        finally:
            del self._ordered[call.name]
        if not call.refusal:
            return Done(call.name)
        return Done(failed=_WHY.get(call.refusal[:3], Cannot.NOT_NOW), detail=call.refusal[:80])
