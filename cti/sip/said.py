"""What has been said of the way to the PBX: each change once, not that a refresh went well."""

from dataclasses import dataclass

from cti.events import SourceState
from cti.sip.dialog import Endangered, RegistrationChanged
from cti.sip.neighbours import Dangers
from cti.sip.outbox import Outbox


@dataclass(slots=True)
class Said:
    """The last word about the state, and the dangers that stand."""

    outbox: Outbox
    _state: tuple[SourceState, str] | None = None
    _dangers: Dangers = ()

    def begin(self) -> None:
        """Whatever comes next is news."""
        self._state = None

    def state(self, state: SourceState, detail: str) -> None:
        if (state, detail) != self._state:
            self._state = (state, detail)
            self.again()

    def again(self) -> None:
        """The same state once more: somebody has asked."""
        if self._state is not None:
            self.outbox.events.append(RegistrationChanged(*self._state))

    def dangers(self, dangers: Dangers) -> None:
        if dangers != self._dangers:
            self._dangers = dangers
            self.outbox.events.append(Endangered(dangers))
