"""What a `[[source]]` table must say before a source is made of it; each fault is one line that names it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.ami_checks import check_ami
from app.credentials import DATABASE
from app.errors import UserError
from app.ncid_checks import check_ncid
from app.push_checks import check_push
from app.sip_checks import check_sip, check_sip_dialog
from app.words import _
from cti.ami.settings import AmiSettings
from cti.ncid.settings import NcidSettings
from cti.push.settings import PushSettings
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.source import SourceSettings

Check = Callable[[Any, Path | str], None]  # raises UserError for the first fault of one source's settings

# A further kind is one more entry, if its settings can be wrong in a way that their types do not show.
OF_KIND: dict[type[Any], Check] = {
    SipSettings: check_sip,
    SipDialogSettings: check_sip_dialog,
    AmiSettings: check_ami,
    PushSettings: check_push,
    NcidSettings: check_ncid,
}


def check_sources(sources: Sequence[SourceSettings], path: Path | str) -> None:
    """Raises UserError for the first fault."""
    names = [source.name for source in sources]
    for source in sources:
        if names.count(source.name) > 1:
            raise UserError(
                _('Two [[source]] tables in {path} are named "{name}".').format(path=path, name=source.name),
                _("Give each source a name of its own: it names the password and the status."),
            )
        if source.name == DATABASE:
            raise UserError(
                _('A [[source]] in {path} is named "{name}".').format(path=path, name=DATABASE),
                _("That is the name of the database's password: choose another."),
            )
        if (check := OF_KIND.get(type(source))) is not None:
            check(source, path)
