"""Omote's long proofs: `./run soak import …` and `./run soak pops …`."""

import sys

from tests.soak import imports, pops

if __name__ == "__main__":
    sys.exit({"import": imports.main, "pops": pops.main}[sys.argv[1]](sys.argv[2:]))
