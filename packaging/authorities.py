"""Runs first in the frozen program: its OpenSSL looks for authorities where they lay on the system that built it."""

import os
import ssl
from pathlib import Path

_BUNDLES = (  # Debian, Ubuntu; Fedora, RHEL; openSUSE
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
)

found = [one for one in _BUNDLES if Path(one).exists()]
if found and ssl.get_default_verify_paths().cafile is None:
    os.environ.setdefault("SSL_CERT_FILE", found[0])
