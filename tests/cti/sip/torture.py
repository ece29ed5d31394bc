"""RFC 4475 and RFC 5118, byte for byte, when OMOTE_SIP_CORPUS names a folder that holds them.

The messages are not ours to distribute: test_message.py, test_stream.py and test_torture_over_tcp.py have a case of our
own for every rule.
"""

import csv
import os
from pathlib import Path
from typing import Any

import pytest

CORPUS = os.environ.get("OMOTE_SIP_CORPUS", "")
ABSENT = "OMOTE_SIP_CORPUS is not set: the RFC 4475 and RFC 5118 messages were NOT sent to the listener"


def _rows() -> list[dict[str, str]]:
    if not CORPUS:
        return []
    with (Path(CORPUS) / "index.tsv").open(encoding="utf-8") as index:
        return list(csv.DictReader(index, delimiter="\t"))


CASES = _rows()


def each(**wanted: str) -> Any:
    """A parametrization over the cases that are so; one loud skip where there is no corpus."""
    cases = [case for case in CASES if wanted.items() <= case.items()]
    params: list[Any] = [pytest.param(case, id=case["name"]) for case in cases]
    absent = pytest.param({}, marks=pytest.mark.skip(reason=ABSENT), id="no corpus")
    return pytest.mark.parametrize("case", params if CORPUS else [absent])


def read(case: dict[str, str]) -> bytes:
    return (Path(CORPUS) / f"{case['name']}.dat").read_bytes()
