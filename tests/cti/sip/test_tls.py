"""Files of the settings that TLS needs."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

LOAD = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # from now on there is somebody to ask
from cti.sip.settings import SipSettings
from cti.tls import TlsFileError
from cti.sip.tls import make_tls
try:
    make_tls(SipSettings("trunk", transport="tls", register=False, certificate=sys.argv[1]))
except TlsFileError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal of one's own to be had")
def test_key_with_a_pass_phrase_is_said_and_nobody_is_asked_for_it(tmp_path: Path) -> None:
    """OpenSSL asks the terminal, and the thread of every source would wait for the answer."""
    own, path = trustme.CA().issue_cert("omote.example"), tmp_path / "own.pem"
    key = load_pem_private_key(own.private_key_pem.bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    path.write_bytes(locked + own.cert_chain_pems[0].bytes())
    ours, terminal = pty.openpty()
    loading = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(path)],
        stdin=terminal,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = loading.communicate(timeout=20)
    finally:
        loading.kill()
        os.close(ours)
        os.close(terminal)
    assert said.decode().strip() == f"not_pem:{path}"
