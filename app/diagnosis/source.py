"""The checks of one source, in the order in which a call needs them. A further check is one more entry."""

from collections.abc import Callable

from app.diagnosis import here, pbx
from app.diagnosis.case import Case
from app.diagnosis.finding import Check, Finding

OF_SOURCE: list[tuple[str, Callable[[Case], Finding | None]]] = [
    ("secret", here.secret),
    ("tls", here.tls),
    ("name", here.name),
    ("own_address", here.own_address),
    ("port", here.port),
    ("buffer", here.buffer),
    ("answer", pbx.answer),
    ("account", pbx.account),
    ("phones", pbx.phones),
    ("ringing", pbx.ringing),
    ("dialogs", pbx.dialogs),
    ("clock", pbx.clock),
    ("running", here.running),
]


def check_source(case: Case) -> list[Check]:
    """Everything there is to say about one source."""
    found = [(name, look(case)) for name, look in OF_SOURCE]
    return [Check(name, case.settings.name, finding) for name, finding in found if finding is not None]
