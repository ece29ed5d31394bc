"""The calls that are talked in here, or placed from here: which dialog a message is of, and what the operator orders.

No socket and no clock.
"""

from dataclasses import dataclass

from cti.address import Address
from cti.sip.answered_dialog import AnsweredDialog, Ours
from cti.sip.dialog import Call
from cti.sip.dialog_ends import DialogEnds
from cti.sip.message import Request, Response
from cti.sip.placed_call import PlacedCall
from cti.sip.sdp import Here
from cti.sip.softphone_control import MOST
from cti.sip.transaction import InviteServerTransaction

DialogKey = tuple[str, str, str]  # Call-ID, their tag, our tag


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sound of a call is received here, and the name of our description of it."""

    sound: Address
    session: int


class AnsweredCalls:
    """Dialogs by their three ids, from the 200 until no message of them can come any more."""

    def __init__(self) -> None:
        self._dialogs: dict[DialogKey, AnsweredDialog] = {}
        self._placed: dict[str, PlacedCall] = {}  # by Call-ID

    @property
    def has_room(self) -> bool:
        return len(self._talking()) + len([one for one in self._placed.values() if not one.is_over]) < MOST

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing of ours is under way: all BYEs are answered or given up."""
        is_said = all(dialog.is_settled for dialog in self._dialogs.values())
        return is_said and all(placed.is_settled for placed in self._placed.values())

    def answer(self, call: Call, leg: InviteServerTransaction, place: Place, ours: Ours, now: float) -> None:
        """Begin; PeerError with a status for a call that can't be answered."""
        ends = DialogEnds.of(leg.request, ours.tag)
        dialog = AnsweredDialog(call, ends, Here(place.sound, place.session), ours)
        dialog.accept(leg, now)
        self._dialogs[(leg.request.call_id, leg.request.sender.tag, ours.tag)] = dialog

    def place(self, call: Call, ends: DialogEnds, place: Place, ours: Ours, now: float) -> None:
        """Call somebody."""
        placed = self._placed[ends.call_id] = PlacedCall(call, ends, Here(place.sound, place.session), ours)
        placed.start(now)

    def placed(self, call_id: str) -> PlacedCall | None:
        """The call of this name, as long as nobody has answered it."""
        return next((one for one in self._placed.values() if one.call.call_id == call_id and not one.is_over), None)

    def find(self, call_id: str) -> AnsweredDialog | None:
        """The call of this name, as long as it is talked in."""
        return next((dialog for dialog in self._talking() if dialog.call.call_id == call_id), None)

    def hang_up_all(self, now: float) -> None:
        for placed in self._placed.values():
            placed.hang_up(now)
        for dialog in self._talking():
            dialog.hang_up(now)

    def receive(self, request: Request, peer: Address, now: float) -> bool:
        """Take a request of a trusted peer; False if it is of none of these calls."""
        dialog = self._dialogs.get((request.call_id, request.sender.tag, request.to.tag))
        placed = self._placed.get(request.call_id)
        if dialog is not None:
            dialog.receive(request, peer, now)
        elif placed is not None and request.method != "ACK":
            placed.receive(request, peer)
        return dialog is not None or placed is not None

    def receive_response(self, response: Response, now: float) -> bool:
        """Take a response to a request of ours; False if none of these calls asked."""
        placed = self._placed.get(response.call_id)
        if placed is not None:
            placed.receive_response(response, now)
            self._take_over(placed)
            return True
        of_call = [dialog for key, dialog in self._dialogs.items() if key[0] == response.call_id]
        for dialog in of_call:
            dialog.receive_response(response, now)
        return bool(of_call)

    def get_timer(self) -> float | None:
        times = [dialog.get_timer() for dialog in self._dialogs.values()]
        times += [placed.get_timer() for placed in self._placed.values()]
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        for key, dialog in list(self._dialogs.items()):
            dialog.handle_timer(now)
            if dialog.can_be_forgotten(now):
                del self._dialogs[key]
        for call_id, placed in list(self._placed.items()):
            placed.handle_timer(now)
            if placed.can_be_forgotten(now):
                del self._placed[call_id]

    def _take_over(self, placed: PlacedCall) -> None:
        """It was answered: what comes now is of its dialog."""
        if (dialog := placed.dialog) is not None:
            ends = dialog.ends
            self._dialogs[(ends.call_id, ends.remote_tag, ends.local_tag)] = dialog
            del self._placed[ends.call_id]

    def _talking(self) -> list[AnsweredDialog]:
        return [dialog for dialog in self._dialogs.values() if not dialog.is_over]
