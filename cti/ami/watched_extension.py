"""The calls of one extension, out of the events of all the PBX's channels.

A call is a Linkedid and one ringing: the telephones that ring at the extension at the same time are one call. Channels
are known by their Uniqueid; the one that began a call has it for its Linkedid. Everything kept is bounded.
"""

import itertools
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cti.ami.control import Ours
from cti.ami.control import Stage as OursStage
from cti.ami.extension_call import Contact, ExtensionCall, Moment, Stage, plain_id
from cti.ami.inquiry import Inquiry, Question
from cti.ami.packet import Packet
from cti.ami.party import Party, number_in, party_of
from cti.caller_words import direction_of
from cti.events import Caller, CallEvent, Direction, EndCause, IdentityFrom
from cti.plain_text import plain_text

MOST_CHANNELS = 5_000
MOST_CALLS = 200
UP, RINGING = "6", "5"
_LOCAL = "Local/"
_DIALLED_OUT = re.compile(r"\+?[0-9]{2,31}", re.ASCII)  # a feature code has * or #
_ENDPOINT = re.compile(r"[^/]+/(.+)-[0-9a-fA-F]+")

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Root:
    """The channel with which a call began, and the number that was dialled then."""

    channel: str
    dialled: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which channels are the operator's own: telephones of the extension `watch`, or those named."""

    watch: str
    channels: tuple[str, ...] = ()

    def has(self, channel: str) -> bool:
        """`Local/201@…` is no telephone, whoever it leads to."""
        if channel.startswith(_LOCAL):
            return False
        device = channel.rpartition("-")[0]
        return device in self.channels if self.channels else device.partition("/")[2] == self.watch


class WatchedExtension:
    """Events in, facts out; what is to be asked of the PBX in `next_question`."""

    def __init__(self, source: str, place: Place) -> None:
        self._source, self._place = source, place
        self._calls: dict[str, ExtensionCall] = {}
        self._of_channel: dict[str, ExtensionCall] = {}  # by the Uniqueid of a telephone of ours
        self._roots: dict[str, Root] = {}
        self._queues: dict[str, tuple[str, datetime]] = {}
        self._dialling: dict[str, str] = {}  # telephones of ours that dial, and whom
        self._ordered: dict[str, str] = {}  # the channels of calls that we have ordered, by the orders' ActionIDs
        self._failed: dict[str, Packet] = {}  # what was told of orders whose call is not in the books yet
        self._questions: deque[Question] = deque()
        self._ids = itertools.count()
        self._told: deque[CallEvent] = deque()
        self._standing: list[Packet] = []
        self._before: list[ExtensionCall] = []
        self._heard: dict[str, Callable[[Packet, Moment], None]] = {
            "Newchannel": self._newchannel,
            "Newstate": self._newstate,
            "DialBegin": self._dial_begin,
            "DialEnd": self._dial_end,
            "Pickup": self._pickup,
            "Hangup": self._hangup,
            "OriginateResponse": self._originate_response,
            "Hold": self._hold,
            "Unhold": self._hold,
            "QueueCallerJoin": self._join,
            "QueueCallerLeave": self._leave,
            "AttendedTransfer": self._attended_transfer,
            "Status": self._status,
            "StatusComplete": self._status_complete,
        }

    def hear(self, packet: Packet, now: Moment) -> None:
        """An event of the PBX; most are passed over unread."""
        if (heard := self._heard.get(packet.event)) is not None:
            heard(packet, now)

    def next_event(self) -> CallEvent | None:
        return self._told.popleft() if self._told else None

    def next_question(self) -> Question | None:
        return self._questions.popleft() if self._questions else None

    def take_answer(self, question: Question, reply: Packet | None, now: Moment) -> None:
        """None if the PBX has said nothing."""
        for call in list(self._calls.values()):
            for inquiry in call.inquiries:
                if inquiry.id == question.inquiry:
                    inquiry.take(question, reply)
                    self._tell(call, call.take_answers(now))

    def begin(self) -> None:
        """We are connected anew: `Status` will tell what has become of the calls meanwhile."""
        self._standing, self._before = [], list(self._calls.values())
        self._roots.clear()
        self._queues.clear()
        self._dialling.clear()

    def get_timer(self) -> float:
        return min((call.wakes_at for call in self._calls.values()), default=math.inf)

    def handle_timer(self, now: Moment) -> None:
        """Calls whose caller nobody names in time are offered without him, and others end."""
        for call in [one for one in self._calls.values() if one.wakes_at <= now.clock]:
            self._tell(call, call.wake(now))

    @property
    def ours(self) -> dict[str, Ours]:
        """The calls at our telephones, by their source_id."""
        stages = {Stage.RINGING: OursStage.RINGING, Stage.TALKING: OursStage.TALKING}
        return {
            one.id: Ours(stages[one.stage], one.open_channels)
            for one in self._calls.values()
            if one.is_offered and one.stage in stages
        }

    def goes_out(self, channel: str, asked: str, number: str, now: Moment) -> str:
        """We have ordered a call: it goes out on this channel, which may not be there yet. Its source_id."""
        _keep(self._ordered, asked, channel)
        self._goes_out(channel, "", number, now)
        if (failed := self._failed.pop(asked, None)) is not None:
            self._originate_response(failed, now)
        return plain_id(channel)

    def _originate_response(self, packet: Packet, now: Moment) -> None:
        """The telephone was not lifted, or there is none: no channel's end may ever tell of it."""
        asked = packet.get("ActionID")
        channel = self._ordered.get(asked, "")
        call = self._of_channel.get(channel)
        if not channel and packet.get("Response") == "Failure":
            _keep(self._failed, asked, packet)  # it may come in one read with the PBX's yes to the order
        elif call is not None and packet.get("Response") == "Failure":
            self._of_channel.pop(channel)
            has_rung = channel in self._roots
            self._tell(call, call.end(EndCause.CANCELLED if has_rung else EndCause.FAILED, now))

    def _newchannel(self, packet: Packet, _now: Moment) -> None:
        channel = packet.get("Uniqueid")
        if channel != packet.get("Linkedid"):
            return
        dialled = packet.get("Exten")
        _keep(self._roots, channel, Root(packet.get("Channel"), self._number_of_ours(dialled)))
        if self._place.has(packet.get("Channel")) and _DIALLED_OUT.fullmatch(dialled):
            _keep(self._dialling, channel, dialled)

    def _newstate(self, packet: Packet, now: Moment) -> None:
        """A telephone of ours that is connected without having rung another one: to an announcement, a queue."""
        channel = packet.get("Uniqueid")
        if packet.get("ChannelState") != UP or channel not in self._dialling:
            return
        call = self._goes_out(channel, packet.get("Channel"), self._dialling[channel], now)
        if call is not None:
            self._tell(call, call.answer(channel, self._place.watch, now))

    def _dial_begin(self, packet: Packet, now: Moment) -> None:
        root = self._roots.get(packet.get("Linkedid"))
        if root is not None and root.dialled and root.dialled == _endpoint(packet.get("DestChannel")):
            self._roots[packet.get("Linkedid")] = Root(root.channel, "")  # a colleague's extension is no line of ours
        if self._place.has(packet.get("DestChannel")):
            self._rings(packet, now)
        elif self._place.has(packet.get("Channel")):
            channel = packet.get("Uniqueid")
            number = self._dialling.get(channel) or packet.get("Exten")
            if channel == packet.get("Linkedid") and _DIALLED_OUT.fullmatch(number):
                self._goes_out(channel, packet.get("Channel"), number, now)

    def _rings(self, packet: Packet, now: Moment) -> ExtensionCall | None:
        """A telephone of ours rings: for a call that rings there already, or for a new one."""
        linked_id, channel = packet.get("Linkedid"), packet.get("DestUniqueid")
        if not linked_id or not channel or channel in self._of_channel or self._place.has(packet.get("Channel")):
            return None
        rings = (one for one in self._ringing(linked_id) if one.is_ringing and one.direction is not Direction.OUT)
        call = next(rings, None)
        if call is None:
            call = self._offer(channel, linked_id, party_of(packet), packet.get("Channel"), now)
        self._add_contact(call, channel, packet.get("DestChannel"))
        return call

    def _offer(self, first: str, linked_id: str, party: Party, dialler: str, now: Moment) -> ExtensionCall:
        self._make_room(now)
        root = self._roots.get(linked_id)
        queue, since = self._queues.get(linked_id, ("", None))
        call = ExtensionCall(
            self._source, plain_id(first), linked_id, Caller("", "", None, IdentityFrom.AMI),
            direction_of(Caller(party.number, "")), root.dialled if root else "", now, queue, since,
            self._ask(party, dialler, root.channel if root else ""),
        )  # fmt: skip
        self._calls[call.id] = call
        return call

    def _goes_out(self, channel: str, name: str, number: str, now: Moment) -> ExtensionCall | None:
        self._dialling.pop(channel, None)
        if channel in self._of_channel:
            return None
        self._make_room(now)
        other = Caller(number, "", None, IdentityFrom.AMI)
        call = ExtensionCall(self._source, plain_id(channel), channel, other, Direction.OUT, "", now)
        self._calls[call.id] = call
        self._add_contact(call, channel, name)
        self._tell(call, call.offer(now.ns))
        return call

    def _make_room(self, now: Moment) -> None:
        """Of more calls than an extension can have the oldest is given up: a filter of the PBX may hide all ends."""
        if len(self._calls) >= MOST_CALLS:
            oldest = next(iter(self._calls.values()))
            self._tell(oldest, [*oldest.offer(now.ns), *oldest.end(EndCause.FAILED, now)])
            self._forget(oldest)

    def _add_contact(self, call: ExtensionCall, channel: str, name: str) -> None:
        call.contacts[channel] = Contact(name)
        self._of_channel[channel] = call

    def _dial_end(self, packet: Packet, now: Moment) -> None:
        status, channel = packet.get("DialStatus"), packet.get("DestUniqueid")
        out = self._of_channel.get(packet.get("Uniqueid"))
        if out is not None and out.direction is Direction.OUT:
            out.out_status = status
            if status == "ANSWER":
                self._tell(out, out.answer(packet.get("Uniqueid"), self._place.watch, now))
        call = self._of_channel.get(channel)
        if status != "ANSWER":
            if call is not None:
                call.contacts[channel].dial_status = status
        elif self._place.has(packet.get("DestChannel")):
            self._answered_here(packet, call, now)
        elif not packet.get("DestChannel").startswith(_LOCAL):
            self._answered_there(packet, now)

    def _answered_here(self, packet: Packet, call: ExtensionCall | None, now: Moment) -> None:
        """Who has not rung before has picked up a call that rang elsewhere."""
        channel = packet.get("DestUniqueid")
        if channel in self._ordered.values():
            return  # the operator has lifted the handset: now the number is dialled
        if call is not None and call.direction is Direction.OUT:  # a code that looked like a number
            self._forget(call)
            call = None
        call = call or self._rings(packet, now)
        if call is not None:
            self._tell(call, call.answer(channel, self._place.watch, now))

    def _answered_there(self, packet: Packet, now: Moment) -> None:
        for call in self._ringing(packet.get("Linkedid")):
            if call.direction is not Direction.OUT:
                self._tell(call, call.answer_elsewhere(packet.get("DestUniqueid"), _who(packet), now))

    def _pickup(self, packet: Packet, now: Moment) -> None:
        """A colleague takes what rings here, and its end may come before his answer."""
        call = self._of_channel.get(packet.get("TargetUniqueid"))
        if call is not None and not self._place.has(packet.get("Channel")):
            by = plain_text(_endpoint(packet.get("Channel")) or packet.get("CallerIDNum"))
            self._tell(call, call.answer_elsewhere(packet.get("Uniqueid"), by, now))

    def _hangup(self, packet: Packet, now: Moment) -> None:
        channel = packet.get("Uniqueid")
        self._roots.pop(channel, None)
        self._queues.pop(channel, None)
        self._dialling.pop(channel, None)
        if (call := self._of_channel.pop(channel, None)) is not None:
            self._tell(call, call.hang_up(channel, packet.get("Cause"), now))
        for other in [one for one in self._calls.values() if one.stage is Stage.ELSEWHERE]:
            if channel in {other.answering, other.linked_id}:
                self._tell(other, other.end(EndCause.HUNG_UP, now))

    def _hold(self, packet: Packet, now: Moment) -> None:
        channel = packet.get("Uniqueid")
        if (call := self._of_channel.get(channel)) is not None:
            self._tell(call, call.hold(channel, now, is_held=packet.event == "Hold"))

    def _join(self, packet: Packet, now: Moment) -> None:
        _keep(self._queues, packet.get("Linkedid"), (plain_text(packet.get("Queue")), now.at))

    def _leave(self, packet: Packet, _now: Moment) -> None:
        self._queues.pop(packet.get("Linkedid"), None)

    def _attended_transfer(self, packet: Packet, _now: Moment) -> None:
        """Whoever talked with the one who hands over talks with the other one now."""
        if packet.get("Result") != "Success" or packet.get("DestType") == "App":
            return
        for call in [one for one in self._calls.values() if one.stage in {Stage.RINGING, Stage.TALKING}]:
            if other := _other_end(packet, call):
                root = self._roots.get(packet.get(f"{other}Linkedid"))
                party, channel = party_of(packet, other), packet.get(f"{other}Channel")
                inquiry = self._ask(party, channel, root.channel if root else "")
                call.transfer(inquiry, packet.get(f"{other}Linkedid"))

    def _status(self, packet: Packet, _now: Moment) -> None:
        if len(self._standing) < MOST_CHANNELS:
            self._standing.append(packet)

    def _status_complete(self, _packet: Packet, now: Moment) -> None:
        standing = {one.get("Uniqueid"): one for one in self._standing}
        for channel, one in standing.items():
            if channel == one.get("Linkedid"):
                root = Root(one.get("Channel"), self._number_of_ours(one.get("DNID") or one.get("Exten")))
                self._roots.setdefault(channel, root)
        for call in self._before:
            self._catch_up(call, standing, now)
        for one in standing.values():
            self._take_up(one, standing, now)
        self._standing, self._before = [], []

    def _catch_up(self, call: ExtensionCall, standing: dict[str, Packet], now: Moment) -> None:
        """What has become of a call while we were not connected; nobody knows why it ended."""
        there = [channel for channel in call.contacts if channel in standing]
        up = [channel for channel in there if standing[channel].get("ChannelState") == UP]
        if up and call.stage is Stage.RINGING:
            self._tell(call, call.answer(up[0], self._place.watch, now))
        talked = call.stage in {Stage.TALKING, Stage.ELSEWHERE}
        goes_on = {call.answering, call.linked_id} & standing.keys() if call.stage is Stage.ELSEWHERE else there
        if not goes_on:
            self._tell(call, call.end(EndCause.HUNG_UP if talked else EndCause.FAILED, now))

    def _take_up(self, packet: Packet, standing: dict[str, Packet], now: Moment) -> None:
        """A telephone of ours that rings already when we connect."""
        channel, linked_id = packet.get("Uniqueid"), packet.get("Linkedid")
        is_ours = self._place.has(packet.get("Channel")) and channel not in self._of_channel
        if not is_ours or packet.get("ChannelState") != RINGING or channel == linked_id or linked_id not in standing:
            return
        root, party = standing[linked_id], party_of(packet, kind="ConnectedLine")
        call = next(self._ringing(linked_id), None)
        call = call or self._offer(channel, linked_id, party, root.get("Channel"), now)
        self._add_contact(call, channel, packet.get("Channel"))

    def _ringing(self, linked_id: str) -> Iterator[ExtensionCall]:
        calls = list(self._calls.values())
        return (one for one in calls if one.linked_id == linked_id and one.stage is Stage.RINGING)

    def _ask(self, party: Party, channel: str, root: str) -> Inquiry:
        inquiry = Inquiry(next(self._ids), party, channel, root)
        self._questions.extend(inquiry.questions)
        return inquiry

    def _number_of_ours(self, dialled: str) -> str:
        return "" if dialled == self._place.watch else number_in(dialled)

    def _tell(self, call: ExtensionCall, told: list[CallEvent]) -> None:
        self._told.extend(told)
        if call.is_forgettable:
            self._forget(call)

    def _forget(self, call: ExtensionCall) -> None:
        self._calls.pop(call.id, None)
        for channel in call.contacts:
            if self._of_channel.get(channel) is call:
                del self._of_channel[channel]


def _other_end(packet: Packet, call: ExtensionCall) -> str:
    """Which party of an attended transfer this call has now: a prefix of the event's fields, "" if it has no part."""
    if packet.get("TransferTargetUniqueid") in call.contacts:
        return "Transferee"
    if packet.get("TransfereeUniqueid") in call.contacts:
        return "TransferTarget"
    target = packet.get("TransferTargetChannel")
    is_hidden = not target or target.startswith(
        _LOCAL
    )  # Asterisk 16 names none, if it was called through a Local channel
    is_theirs = call.linked_id in {packet.get("TransferTargetLinkedid"), packet.get("SecondTransfererLinkedid")}
    transferers = {packet.get("OrigTransfererCallerIDNum"), packet.get("SecondTransfererCallerIDNum")} - {""}
    return "Transferee" if is_hidden and is_theirs and call.caller.number in transferers else ""


def _who(packet: Packet) -> str:
    """The extension of the telephone that answered: its name, or the number that it has."""
    endpoint = _endpoint(packet.get("DestChannel"))
    number = number_in(packet.get("DestCallerIDNum"))
    return plain_text(endpoint if endpoint.isdecimal() else number or endpoint)


def _endpoint(channel: str) -> str:
    """Whose channel it is, for the PBX: 201 of PJSIP/201-0000002a; "" of a Local channel."""
    found = _ENDPOINT.fullmatch(channel)
    return found[1] if found else ""


def _keep(kept: dict[str, Kept], key: str, value: Kept) -> None:
    kept[key] = value
    if len(kept) > MOST_CHANNELS:
        del kept[next(iter(kept))]
