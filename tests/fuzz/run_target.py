"""One target under the fuzzer: `python -m tests.fuzz.run_target NAME [libFuzzer's arguments]`. It ends the process."""

import logging
import shlex
import sys

import atheris


def main(name: str, arguments: list[str]) -> None:
    """cti is instrumented, the tests that call it are not."""
    logging.disable(logging.CRITICAL)
    with atheris.instrument_imports(include=["cti"]):
        from tests.fuzz.targets import TARGETS
    again = shlex.join([sys.executable, "-m", "tests.fuzz.run_target", name])  # how libFuzzer starts itself to merge
    atheris.Setup([again, *arguments], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
