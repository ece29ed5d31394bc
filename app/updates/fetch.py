"""Reads the manifest and its signature from where IT has put them: https, or a file on a share. Nothing else is read.

Proxy and certificate authorities are the system's.
"""

import errno
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from app.file_errors import file_words
from app.updates.refusal import Refused, Why
from cti.tls import trust_trouble

LARGEST = {"": 256 * 1024, ".minisig": 4096}
"""Bytes of the manifest, and of its signature."""
_PIECE = 16_384

Fetch = Callable[[str, float], tuple[bytes, bytes]]


def fetched(address: str, within: float) -> tuple[bytes, bytes]:
    """The manifest and its signature, each within so many seconds. Raises Refused."""
    manifest = _read(address, LARGEST[""], within)
    try:
        return manifest, _read(address + ".minisig", LARGEST[".minisig"], within)
    except Refused as error:
        if error.reason is Why.NO_FILE or error.detail == "404":
            raise Refused(Why.NOT_SIGNED, address + ".minisig") from error
        raise


def _read(address: str, largest: int, within: float) -> bytes:
    if address.startswith("https://"):
        return _from_server(address, largest, within)
    from urllib.parse import urlsplit  # noqa: PLC0415 -- not for every start
    from urllib.request import url2pathname  # noqa: PLC0415

    path = Path(address) if address.startswith("\\\\") else Path(url2pathname(urlsplit(address).path))
    try:
        with path.open("rb") as file:
            return _at_most(file, largest, time.monotonic() + within)
    except FileNotFoundError as error:
        raise Refused(Why.NO_FILE, str(path)) from error
    except OSError as error:
        raise Refused(Why.UNREACHABLE, file_words(error)) from error


def _from_server(address: str, largest: int, within: float) -> bytes:
    from http.client import HTTPException  # noqa: PLC0415 -- as above
    from urllib.error import HTTPError, URLError  # noqa: PLC0415
    from urllib.request import HTTPSHandler, build_opener  # noqa: PLC0415

    opener = build_opener(HTTPSHandler(context=ssl.create_default_context()), _https_only())
    try:
        with opener.open(address, timeout=within) as answer:
            return _at_most(answer, largest, time.monotonic() + within)
    except HTTPError as error:
        error.close()
        raise Refused(Why.ANSWER, str(error.code)) from error
    except URLError as error:
        raise _refused(error.reason) from error
    except (OSError, HTTPException) as error:
        raise _refused(error) from error


def _refused(error: object) -> Refused:
    if isinstance(error, Exception) and (trouble := trust_trouble(error)) is not None:
        return Refused(Why.TLS, trouble)
    if isinstance(error, TimeoutError):
        return Refused(Why.UNREACHABLE, "timeout")
    if isinstance(error, socket.gaierror):
        return Refused(Why.UNREACHABLE, "no_address")
    known = errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None
    return Refused(Why.UNREACHABLE, known or str(error))


def _https_only() -> Any:
    """A server that sends us elsewhere may do so, but not into the clear."""
    from urllib.request import HTTPRedirectHandler  # noqa: PLC0415 -- as above

    class HttpsOnly(HTTPRedirectHandler):
        def redirect_request(self, *about: Any) -> Any:
            _request, answer, code, _words, _headers, address = about
            if not address.startswith("https://"):
                answer.close()
                raise Refused(Why.ANSWER, f"{code} {address}")
            return super().redirect_request(*about)

    return HttpsOnly


def _at_most(file: IO[bytes], largest: int, until: float) -> bytes:
    """A server that sends for ever, or a byte a minute, is given up."""
    found = b""
    while piece := file.read(_PIECE):
        found += piece
        if len(found) > largest:
            raise Refused(Why.TOO_LARGE, str(largest))
        if time.monotonic() > until:
            raise TimeoutError
    return found
