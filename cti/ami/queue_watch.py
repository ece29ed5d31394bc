"""Who waits in the PBX's queues, whether a telephone rings for him or not. Nobody's number passes through here.

The queues are asked how they stand at the login, and again every minute that somebody waits: what an account or a
filter of the PBX hides would else stay for ever. Members are of no interest and left out, as far as the PBX can.
"""

import math
import re
from datetime import timedelta

from cti.ami.action import Fields
from cti.ami.extension_call import Moment, plain_id
from cti.ami.packet import Packet
from cti.events import InQueue
from cti.plain_text import plain_text

MOST_WAITING = 500
MOST_CHANNELS = 5_000
ASK_AGAIN = 60.0  # seconds
ACTION = "QueueStatus"
FIELDS: Fields = (("Member", "omote-nobody"),)  # no member is called so
_SECONDS = re.compile("[0-9]{1,7}", re.ASCII)


class QueueWatch:
    """Events in, `waiting` out: by the Uniqueid of the callers' channels. None: nobody can tell."""

    def __init__(self) -> None:
        self._waiting: dict[str, InQueue] = {}
        self._listed: dict[str, InQueue] = {}
        self._linked: dict[str, str] = {}  # of the channels that stood when we connected
        self._is_known = False
        self._ask_at = math.inf
        self._heard = {
            "QueueCallerJoin": self._join,
            "QueueCallerLeave": self._leave,
            "QueueCallerAbandon": self._leave,
            "Hangup": self._hangup,
            "QueueEntry": self._entry,
            "QueueStatusComplete": self._complete,
            "Status": self._status,
        }

    @property
    def waiting(self) -> tuple[InQueue, ...] | None:
        """At most MOST_WAITING."""
        return tuple(self._waiting.values()) if self._is_known else None

    def begin(self, clock: float) -> None:
        """We are connected: how it stands is to be asked."""
        self.stop()
        self._ask_at = clock

    def stop(self) -> None:
        """The connection is gone, or the PBX does not say."""
        self._is_known, self._ask_at = False, math.inf
        for kept in (self._waiting, self._listed, self._linked):
            kept.clear()

    def get_timer(self) -> float:
        """When the queues are to be asked."""
        return self._ask_at

    def asked(self, clock: float) -> None:
        """The list will come."""
        self._listed.clear()
        self._ask_at = clock + ASK_AGAIN

    def hear(self, packet: Packet, now: Moment) -> None:
        """An event of the PBX; most are passed over unread."""
        if (heard := self._heard.get(packet.event)) is not None:
            heard(packet, now)

    def _join(self, packet: Packet, now: Moment) -> None:
        one = InQueue(plain_id(packet.get("Linkedid")), plain_text(packet.get("Queue")), now.at)
        for kept in (self._waiting, self._listed):
            self._keep(kept, packet.get("Uniqueid"), one)
        self._ask_at = min(self._ask_at, now.clock + ASK_AGAIN)

    def _leave(self, packet: Packet, _now: Moment) -> None:
        """Of this queue: he may have gone on to another one before this is told."""
        channel, queue = packet.get("Uniqueid"), plain_text(packet.get("Queue"))
        for kept in (self._waiting, self._listed):
            if channel in kept and kept[channel].queue == queue:
                del kept[channel]

    def _hangup(self, packet: Packet, _now: Moment) -> None:
        for kept in (self._waiting, self._listed):
            kept.pop(packet.get("Uniqueid"), None)

    def _status(self, packet: Packet, _now: Moment) -> None:
        if not self._is_known and len(self._linked) < MOST_CHANNELS:
            self._linked[packet.get("Uniqueid")] = packet.get("Linkedid")

    def _entry(self, packet: Packet, now: Moment) -> None:
        channel, queue, waits = packet.get("Uniqueid"), plain_text(packet.get("Queue")), packet.get("Wait")
        seconds = int(waits) if _SECONDS.fullmatch(waits) else 0
        linked_id = plain_id(self._linked.get(channel) or channel)
        told = InQueue(linked_id, queue, now.at - timedelta(seconds=seconds))
        known = self._waiting.get(channel)
        self._keep(self._listed, channel, known if known is not None and known.queue == queue else told)

    def _complete(self, _packet: Packet, now: Moment) -> None:
        self._waiting, self._listed = self._listed, {}
        self._linked.clear()
        self._is_known = True
        self._ask_at = now.clock + ASK_AGAIN if self._waiting else math.inf

    @staticmethod
    def _keep(kept: dict[str, InQueue], channel: str, one: InQueue) -> None:
        if channel and (channel in kept or len(kept) < MOST_WAITING):
            kept[channel] = one
