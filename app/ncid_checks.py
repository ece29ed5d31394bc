"""What a `[[source]]` table of kind "ncid" must say."""

from pathlib import Path

from app.address_checks import check_server, is_host
from app.errors import UserError
from app.words import _
from cti.ncid.settings import NcidSettings


def check_ncid(source: NcidSettings, path: Path | str) -> None:
    """Raises UserError for the first fault."""
    check_server(source.server, source.name, path)
    if not is_host(source.server):
        raise UserError(
            _('server in [[source]] "{name}" of {path} is {value!r}.').format(
                name=source.name, path=path, value=source.server
            ),
            _('It must be a host, with a port if need be: "caller-id.example:3333".'),
        )
    for line in source.lines:
        if not all(line.partition("=")):
            raise UserError(
                _('lines in [[source]] "{name}" of {path} has {value!r}.').format(
                    name=source.name, path=path, value=line
                ),
                _('Write the name of the line there, "=" and its number: "POTS=0312345678".'),
            )
