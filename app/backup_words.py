"""What is known of the records' backups, in the words of the screen and of the command line."""

from app.screen import BackupStatus
from app.words import _
from db.errors import Trouble


def backup_words(backup: BackupStatus) -> str:
    """When the last one was taken and where it lies, or since when there is none and why."""
    when = backup.at.astimezone().strftime("%Y-%m-%d %H:%M") if backup.at else ""
    if backup.trouble is None:
        return _("last backup {when}, in {folder}").format(when=when, folder=backup.folder)
    why = why_no_backup(backup.trouble, backup.folder)
    if not when:
        return _("There is no backup of the records: {why}").format(why=why)
    return _("No backup of the records since {when}: {why}").format(when=when, why=why)


def why_no_backup(trouble: Trouble, place: str) -> str:
    """Why a copy could not be made, and what to do."""
    words = {
        Trouble.DISK_FULL: _("the disk has no room for it. Free some space."),
        Trouble.READ_ONLY: _("{place} cannot be written. Make it writable."),
        Trouble.NO_FOLDER: _("{place} is missing."),
        Trouble.NOT_A_DATABASE: _("the records file is damaged. Call IT."),
        Trouble.LOCKED: _("another program holds the records. It is tried again in an hour."),
    }
    return words.get(trouble, _("the disk reports an error. Call IT.")).format(place=place)
