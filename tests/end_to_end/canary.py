"""Looks for a password in whatever a program has written, in every form in which it may be hidden there."""

import base64
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus


def forms(secret: str) -> Mapping[str, bytes]:
    """How it may stand somewhere, by name."""
    raw = secret.encode()
    found = {
        "plain": raw,
        "backwards": raw[::-1],
        "percent": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "every byte percent": "".join(f"%{one:02X}" for one in raw).encode(),
        "utf-16": secret.encode("utf-16-le"),
        "hex": raw.hex().encode(),
        "json": secret.encode("unicode_escape"),
    }
    for before in range(3):  # wherever it begins within Basic's user:password
        whole = base64.b64encode(b"x" * before + raw)
        found[f"base64 {before}"] = whole[4 if before else 0 : len(whole) // 4 * 4 - 4]
    for name in ("md5", "sha1", "sha256"):
        found[name] = hashlib.new(name, raw).hexdigest().encode()
    return found


def ha1s(user: str, realm: str, secret: str) -> Mapping[str, bytes]:
    """What is as good as the password to a SIP registrar (RFC 7616)."""
    whole = f"{user}:{realm}:{secret}".encode()
    return {f"HA1 {name}": hashlib.new(name, whole).hexdigest().encode() for name in ("md5", "sha256")}


def leaks(wanted: Mapping[str, Mapping[str, bytes]], written: Mapping[str, bytes]) -> list[str]:
    """`place: whose, in which form`. `wanted` by whose it is, `written` by where it stood."""
    return [
        f"{place}: {whose}, {form}"
        for place, data in written.items()
        for whose, each in wanted.items()
        for form, secret in each.items()
        if secret.lower() in data.lower()
    ]


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file with what it holds, its name too; archives as they are and unpacked."""
    found = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        found[name] = name.encode() + b"\n" + data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(path) as archive:
                found |= {f"{name}/{one}": archive.read(one) for one in archive.namelist()}
        elif data[:2] == b"\x1f\x8b":
            found[f"{name} unpacked"] = zlib.decompress(data, wbits=31)
    return found


def processes_below(pid: int) -> dict[str, bytes]:
    """Command line and environment of a process and of all that it has started."""
    return {
        f"/proc/{one}/{what}": data
        for one in (pid, *_children(pid))
        for what in ("cmdline", "environ")
        if (data := _read(Path(f"/proc/{one}/{what}")))
    }


def _children(pid: int) -> Iterator[int]:
    for one in _read(Path(f"/proc/{pid}/task/{pid}/children")).split():
        yield int(one)
        yield from _children(int(one))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def as_bytes(text: str | bytes) -> bytes:
    """What a command printed."""
    return text if isinstance(text, bytes) else os.fsencode(text)
