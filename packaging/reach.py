"""Does the service answer, about a package that all know? Exit status 0 or 1."""

import json
import sys
import urllib.request

ASKED = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "23.0"}).encode()

if __name__ == "__main__":
    request = urllib.request.Request(sys.argv[1], ASKED, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:  # noqa: S310 -- an address of IT's own
            json.load(answer)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(1)
