"""`omote db rollback`: the embedded records as before the last upgrade. Says what it would do; `--yes` does it."""

import argparse

from app.clock import utc_now
from app.errors import UserError
from app.paths import Profile
from app.roles import require, role_of
from app.settings import Settings
from app.terminal import say
from app.words import _, ngettext
from db.engine import FILE_NAME
from db.errors import DatabaseUnavailable, Trouble
from db.rollback import WayBack, go_back, way_back


def rollback(args: argparse.Namespace, profile: Profile, settings: Settings) -> int:
    """Raises UserError where there is no way back, or Omote runs."""
    require("db rollback", role_of(settings))
    if settings.database.is_server:
        raise UserError(
            _("A server's records are brought back by its administrator."),
            _("Restore the dump that was made before the upgrade: docs/database.md."),
        )
    database = profile.database_folder / FILE_NAME
    way = way_back(database) if database.exists() else None
    if way is None:
        raise UserError(
            _("There is no copy of these records from before an upgrade."),
            _("Copies of other days are in {folder}: docs/database.md.").format(folder=profile.backups_folder),
        )
    _say_what_it_means(way)
    if not args.yes:
        say(_("Nothing has been changed. To go back, end Omote and type: omote db rollback --yes"))
        return 0
    try:
        kept = go_back(database, way, utc_now())
    except DatabaseUnavailable as error:
        if error.reason is not Trouble.LOCKED:
            raise
        raise UserError(
            _("Another program has the records open; nothing has been changed."),
            _("End Omote (tray, Quit), then type it again."),
        ) from error
    say(_("The records are as they were. The newer ones are kept in {path}.").format(path=kept))
    say(_("Install the older Omote before anybody starts it: this one would upgrade them again."))
    return 0


def _say_what_it_means(way: WayBack) -> None:
    taken = way.at.astimezone().strftime("%Y-%m-%d %H:%M")
    words = _("The records go from schema {newer} back to {older}, as they were on {when}: {backup}")
    say(words.format(newer=way.newer, older=way.older, when=taken, backup=way.backup))
    told = [words for table, words in _written(way).items() if way.since.get(table)]
    if told:
        say(_("Written since then, and not in them afterwards: {what}.").format(what=", ".join(told)))
    if erased := way.since.get("erasure_request", 0):
        words = ngettext(
            "{n} person was erased since then and comes back: erase that person again (omote person erase).",
            "{n} persons were erased since then and come back: erase them again (omote person erase).",
            erased,
        )
        say(words.format(n=erased))


def _written(way: WayBack) -> dict[str, str]:
    n = {table: way.since.get(table, 0) for table in ("call", "note_revision", "customer", "follow_up", "purchase")}
    steps = way.since.get("complaint_event", 0)
    return {
        "call": ngettext("{n} call", "{n} calls", n["call"]).format(n=n["call"]),
        "note_revision": ngettext("{n} note", "{n} notes", n["note_revision"]).format(n=n["note_revision"]),
        "customer": ngettext("{n} customer", "{n} customers", n["customer"]).format(n=n["customer"]),
        "follow_up": ngettext("{n} follow-up", "{n} follow-ups", n["follow_up"]).format(n=n["follow_up"]),
        "purchase": ngettext("{n} purchase", "{n} purchases", n["purchase"]).format(n=n["purchase"]),
        "complaint_event": ngettext("{n} step of a complaint", "{n} steps of complaints", steps).format(n=steps),
    }
