"""Checks files against CycloneDX's own schema. Started by supply.sh, in its environment."""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main(paths: list[str]) -> int:
    checks, wrong = JsonStrictValidator(SchemaVersion.V1_6), 0
    for path in paths:
        error = checks.validate_str(Path(path).read_text("utf-8"))
        wrong += error is not None
        sys.stdout.write(f"{path}: {'valid CycloneDX 1.6' if error is None else error}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
