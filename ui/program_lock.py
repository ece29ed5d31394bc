"""Who runs with a profile in a session: a name for it, and a lock that only one program has."""

import getpass
import os
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QLockFile

ProgramLock = QLockFile


def socket_name(profile: str) -> str:
    """A name of its own per user, desktop session and profile folder (terminal servers have many sessions)."""
    session = os.environ.get("SESSIONNAME") or os.environ.get("XDG_SESSION_ID") or os.environ.get("DISPLAY") or ""
    named = f"{getpass.getuser()}|{session}|{profile}".encode()
    digest = QCryptographicHash.hash(named, QCryptographicHash.Algorithm.Sha256)  # hashlib would load OpenSSL
    return f"omote-{bytes(digest.toHex().data()).decode()[:20]}"


def take_lock(folder: Path, name: str) -> ProgramLock | None:
    """The right to use this profile's files in this session, until it is garbage; None if a program has it already."""
    lock = QLockFile(str(folder / f"{name}.lock"))
    lock.setStaleLockTime(0)  # a killed program's lock is found by its process, not by its age
    return lock if lock.tryLock(0) else None
