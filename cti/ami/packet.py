"""One message of AMI: an event, or the response to what we asked."""

from dataclasses import dataclass, field

from cti.wire_text import decode

_EVENT = b"Event: "


@dataclass(slots=True)
class Packet:
    """`raw` without the empty line at its end. Its fields are read when one is asked for: most events are not ours."""

    raw: bytes = field(repr=False)
    _fields: dict[str, str] | None = field(default=None, repr=False)

    @property
    def event(self) -> str:
        """What the event is called; "" for a response."""
        first = self.raw.partition(b"\r\n")[0]
        return decode(first[len(_EVENT) :]) if first.startswith(_EVENT) else ""

    def get(self, name: str) -> str:
        """The field, "" if it is absent; of several the first. Whole lines are decoded, whatever the reads cut."""
        if self._fields is None:
            self._fields = {}
            for line in self.raw.split(b"\r\n"):
                key, _, value = decode(line).partition(":")
                self._fields.setdefault(key.lower(), value.removeprefix(" "))
        return self._fields.get(name.lower(), "")

    @property
    def is_success(self) -> bool:
        return self.get("Response") == "Success"
