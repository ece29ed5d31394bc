"""Writes for omote.nsi how its uninstaller takes the program away: `payload_names.py PAYLOAD FILE`.

By name, as they lie in the folder: whatever else somebody keeps beside them stays.
"""

import sys
from pathlib import Path


def removal(payload: Path) -> str:
    """A line of NSIS for each file and folder at the top. Raises ValueError for a name that NSIS reads as its own."""
    lines = []
    for one in sorted(payload.iterdir()):
        if set(one.name) & set("$\"'`"):
            raise ValueError(one.name)
        lines.append(f'RMDir /r "$INSTDIR\\{one.name}"' if one.is_dir() else f'Delete "$INSTDIR\\{one.name}"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(removal(Path(sys.argv[1])), "utf-8")
