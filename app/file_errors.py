"""Why a file can't be used, in the words of the screen: the system and its libraries know English only."""

import errno
import re

from app.words import _

_SHARING_VIOLATION = 32  # Windows says "access denied" of it
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def file_words(error: Exception) -> str:
    """Half a sentence, to stand after "cannot be read: "."""
    if isinstance(error, OSError):
        return _system_words(error)
    if isinstance(error, UnicodeDecodeError):
        return _("it is not UTF-8 from byte {n} on").format(n=error.start + 1)
    return _toml_words(str(error)) if _is_toml(error) else str(error)


def _is_toml(error: Exception) -> bool:
    from tomllib import TOMLDecodeError  # noqa: PLC0415 -- the first window waits for what is imported above

    return isinstance(error, TOMLDecodeError)


def _system_words(error: OSError) -> str:
    if getattr(error, "winerror", 0) == _SHARING_VIOLATION:
        return _("another program holds it")
    known = {
        errno.ENOENT: _("there is nothing of that name"),
        errno.EACCES: _("this user may not do that there"),
        errno.EPERM: _("this user may not do that there"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("what should be its folder is a file"),
        errno.EEXIST: _("there is a file of that name already"),
        errno.ENOSPC: _("the disk is full"),
        errno.EDQUOT: _("this user's share of the disk is full"),
        errno.EROFS: _("the disk can only be read"),
        errno.EIO: _("the disk reports an error"),
        errno.EBUSY: _("another program holds it"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ENOEXEC: _("it is no program of this system"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def _toml_words(said: str) -> str:
    place = _PLACE.search(said)
    if place is None:
        return _("its last line cannot be understood")
    return _("line {line}, column {column} cannot be understood").format(line=place[1], column=place[2])
