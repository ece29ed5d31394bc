"""Certificates for the PBX: the one that the documents tell to make, and others by authorities of the tests' own."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

from tests.pbx.documented import commands
from tests.pbx.network import DOCUMENTED_PBX

NAME = "pbx.example.jp"


def make_certificates(folder: Path, address: str) -> None:
    """In `folder`/keys: pbx by itself; named (its name, no address) and expired by ca; other-ca has signed nothing."""
    make_documented_certificate(folder, address)
    keys, authority = folder / "keys", trustme.CA()
    authority.cert_pem.write_to_path(keys / "ca.crt")
    trustme.CA().cert_pem.write_to_path(keys / "other-ca.crt")
    now = datetime.now(UTC)
    for name, until in (("named", now + timedelta(days=2)), ("expired", now - timedelta(days=1))):
        made = authority.issue_cert(NAME, not_before=now - timedelta(days=2), not_after=until)
        made.private_key_pem.write_to_path(keys / f"{name}.key")
        made.cert_chain_pems[0].write_to_path(keys / f"{name}.crt")


def make_documented_certificate(folder: Path, address: str) -> None:
    """`folder`/keys/pbx.crt and its key, by the commands of the documents."""
    written = commands("pbx-asterisk.md", "openssl req")
    script = written.replace("/etc/asterisk", str(folder)).replace(DOCUMENTED_PBX, address)
    done = subprocess.run(["sh", "-euc", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
