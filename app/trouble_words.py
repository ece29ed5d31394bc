"""Why the records or the drafts can't be used, in the words of the screen and of the command line."""

from app.errors import UserError
from app.words import _
from db.errors import DatabaseUnavailable, Trouble


def trouble_words(why: Trouble) -> str:
    """Why the records can't be used, and what to do, in one line."""
    return {
        Trouble.NO_FOLDER: _("The folder of the records is missing. Check the disk or the settings."),
        Trouble.READ_ONLY: _("The records can only be read. Make the folder writable."),
        Trouble.LOCKED: _("The records do not answer. Trying again; your text is kept."),
        Trouble.DISK_FULL: _("The disk is full. Free some space; your text is kept."),
        Trouble.NOT_A_DATABASE: _("The records file is damaged. Call IT; your text is kept."),
        Trouble.TOO_NEW: _("The records were written by a newer Omote. Update this one."),
        Trouble.NOT_SUPPORTED: _("This kind of database is not supported yet. Check [database] in the settings."),
        Trouble.UNREACHABLE: _("The database server cannot be reached. Trying again; your text is kept."),
        Trouble.REFUSED: _("The database server does not accept the name or password. Call IT; your text is kept."),
        Trouble.NO_DATABASE: _("The server has no database of that name. Check [database] in the settings."),
        Trouble.NOT_ALLOWED: _("The database server does not allow this. Call IT; your text is kept."),
        Trouble.TOO_MANY: _("The database server has no free connection. Trying again; your text is kept."),
        Trouble.TLS: _("The database server's TLS is not what sslmode asks for. Call IT; your text is kept."),
        Trouble.TOO_OLD: _("The records are an older Omote's. Ask your administrator to type: omote db upgrade"),
        Trouble.IO_ERROR: _("The disk reports an error. Call IT; your text is kept."),
    }[why]


def trouble_alone(why: Trouble) -> str:
    """The same without what to do, and without what is true only now: for what is told afterwards."""
    words = trouble_words(why)
    end = min((at for stop in (". ", "。") if (at := words.find(stop)) >= 0), default=len(words) - 1)
    return words[: end + 1]


def user_error(error: DatabaseUnavailable) -> UserError:
    """For a start that can't go on: the same words with the fact behind them."""
    if error.reason is Trouble.TOO_NEW:
        return UserError(trouble_words(error.reason), _way_out(error.detail))
    return UserError(trouble_words(error.reason), f"({error.detail})" if error.detail else "")


def _way_out(found: str) -> str:
    """`found`: the schema, and the version that made it where that is known."""
    schema, _blank, program = found.partition(" ")
    if not program:
        return f"({schema})"
    return _("They are of Omote {version} (schema {schema}); docs/database.md says how to go back.").format(
        version=program, schema=schema
    )
