"""The calls that were answered here: which dialog a message is of, and the orders that the operator gives them.

No socket and no clock.
"""

from dataclasses import dataclass

from cti.address import Address
from cti.sip.answered_dialog import AnsweredDialog, Ours
from cti.sip.dialog import Call
from cti.sip.message import Request, Response
from cti.sip.sdp import Here
from cti.sip.transaction import InviteServerTransaction

MOST = 8  # calls of one operator at once, the waiting ones among them

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

    @property
    def has_room(self) -> bool:
        return len(self._talking()) < MOST

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing of ours is under way: all BYEs are answered or given up."""
        return all(dialog.is_settled for dialog in self._dialogs.values())

    def answer(self, call: Call, leg: InviteServerTransaction, place: Place, ours: Ours, now: float) -> None:
        """Begin; PeerError with a status for a call that can't be answered."""
        dialog = AnsweredDialog(call, leg, Here(place.sound, place.session), ours)
        dialog.accept(now)
        self._dialogs[(leg.request.call_id, leg.request.sender.tag, ours.tag)] = dialog

    def find(self, call_id: str) -> AnsweredDialog | None:
        """The call of this name, as long as it is talked in."""
        return next((dialog for dialog in self._talking() if dialog.call.call_id == call_id), None)

    def hang_up_all(self, now: float) -> None:
        for dialog in self._talking():
            dialog.hang_up(now)

    def receive(self, request: Request, peer: Address, now: float) -> bool:
        """Take a request of a trusted peer; False if it is of none of these calls."""
        dialog = self._dialogs.get((request.call_id, request.sender.tag, request.to.tag))
        if dialog is None:
            return False
        dialog.receive(request, peer, now)
        return True

    def receive_response(self, response: Response, now: float) -> bool:
        """Take a response to a request of ours; False if none of these calls asked."""
        of_call = [dialog for key, dialog in self._dialogs.items() if key[0] == response.call_id]
        for dialog in of_call:
            dialog.receive_response(response, now)
        return bool(of_call)

    def get_timer(self) -> float | None:
        times = (dialog.get_timer() for dialog in self._dialogs.values())
        return min((at for at in times if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        for key, dialog in list(self._dialogs.items()):
            dialog.handle_timer(now)
            if dialog.can_be_forgotten(now):
                del self._dialogs[key]

    def _talking(self) -> list[AnsweredDialog]:
        return [dialog for dialog in self._dialogs.values() if not dialog.is_over]
