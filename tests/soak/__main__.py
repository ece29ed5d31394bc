"""Omote's long proofs: `./run soak import …`, `./run soak kills …` and `./run soak pops …`."""

import sys

from tests.soak import imports, kills, pops

if __name__ == "__main__":
    sys.exit({"import": imports.main, "kills": kills.main, "pops": pops.main}[sys.argv[1]](sys.argv[2:]))
