"""Fills in the winget manifests for a release: `winget.py MSI ADDRESS` writes them into dist/winget.

ADDRESS is where the MSI will lie; its name tells the version.
"""

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).parent / "winget"


def filled(msi: Path, address: str) -> dict[str, str]:
    """File name -> manifest. Raises ValueError for an MSI whose name tells no version, or an address without TLS."""
    named = re.fullmatch(r"Omote-(\d+\.\d+\.\d+)-x64\.msi", msi.name)
    if named is None or not address.startswith("https://"):
        raise ValueError(f"{msi.name} at {address}")
    words = {
        "VERSION": named.group(1),
        "ADDRESS": address,
        "SHA256": hashlib.sha256(msi.read_bytes()).hexdigest().upper(),
    }
    return {path.name: _with(words, path.read_text("utf-8")) for path in sorted(TEMPLATES.glob("*.yaml"))}


def _with(words: dict[str, str], text: str) -> str:
    for name, value in words.items():
        text = text.replace(f"@{name}@", value)
    return text


if __name__ == "__main__":
    folder = ROOT / "dist" / "winget"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in filled(Path(sys.argv[1]), sys.argv[2]).items():
        (folder / name).write_text(text, "utf-8")
