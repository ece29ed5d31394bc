"""Runs first in the frozen program: its OpenSSL looks for authorities where they lay on the system that built it.

Does not ask `ssl` where that is: the first window would wait for OpenSSL.
"""

import os
from pathlib import Path

_BUNDLES = (  # Debian, Ubuntu; Fedora, RHEL; openSUSE
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
)

if found := [one for one in _BUNDLES if Path(one).exists()]:
    os.environ.setdefault("SSL_CERT_FILE", found[0])
