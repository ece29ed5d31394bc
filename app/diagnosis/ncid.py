"""What there is to say about a caller-ID server: whether it is there and one at all. It has no password."""

from app.diagnosis.finding import Check, Finding, fault, ok
from app.diagnosis.known import Known, in_running_program
from app.words import _
from cti.ncid.probe import greets
from cti.ncid.settings import NcidSettings


async def look(source: NcidSettings, known: Known) -> list[Check]:
    """Everything there is to say about one source."""
    found = [("server", await _server(source.server)), ("running", in_running_program(known.running))]
    return [Check(name, source.name, finding) for name, finding in found if finding is not None]


async def _server(server: str) -> Finding:
    try:
        is_one = await greets(server)
    except OSError:
        return fault(
            _("{server} does not answer.").format(server=server), _("Look whether ncidd runs there and may be reached.")
        )
    if is_one:
        return ok(_("{server} is a caller-ID server.").format(server=server))
    return fault(
        _("{server} is no caller-ID server.").format(server=server),
        _("Look at server in the settings: ncidd listens on port 3333."),
    )
