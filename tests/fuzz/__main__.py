"""`./run soak fuzz [--minutes N] [--keep] [target...]`: atheris on every target; says what was tried and found.

`--keep` puts what was learnt, minimised, into tests/fuzz/corpus. Findings are in artefacts/fuzz.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.seeds import SEEDS

HERE = Path(__file__).parent
CORPUS, WORK = HERE / "corpus", HERE.parents[1] / "artefacts" / "fuzz"
SHARES = {
    "agent": 4, "registered": 2, "watcher": 2, "stream": 1, "dialog_info": 1, "caller_text": 1, "file": 1,
    "push": 2, "push_body": 1, "ncid": 1, "ami": 2,
    "talking": 2, "sound": 1,
}  # fmt: skip
LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", f"-dict={HERE / 'sip.dict'}", "-print_final_stats=1")
LARGEST = 4_096  # bytes of what is kept
EXECUTIONS = re.compile(r"stat::number_of_executed_units: (\d+)")
COVERAGE = re.compile(r"cov: (\d+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one target: inputs tried, branches of cti reached, and the input that broke it."""

    target: str
    tried: int
    reached: int
    broken: str


def fuzz(target: str, seconds: int) -> Outcome:
    """From the corpus, the seeds and what earlier runs on this machine learnt."""
    work = WORK / target
    learnt, seeds = work / "learnt", work / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    for folder in (learnt, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]()):
        (seeds / str(number)).write_bytes(seed)
    kept = [str(CORPUS / target)] if (CORPUS / target).exists() else []
    command = [f"-max_total_time={seconds}", f"-artifact_prefix={work}/", *LIMITS, str(learnt), *kept, str(seeds)]
    done = _run(target, command, work / "log")
    tried, reached = (max(map(int, found.findall(done)), default=0) for found in (EXECUTIONS, COVERAGE))
    broken = re.search(r"Test unit written to (\S+)", done)
    return Outcome(target, tried, reached, broken[1] if broken else "")


def keep(target: str) -> int:
    """The fewest inputs that reach what is known to be reached, and what once broke something; how many they are."""
    merged, corpus = WORK / target / "merged", CORPUS / target
    shutil.rmtree(merged, ignore_errors=True)
    merged.mkdir()
    sources = [str(folder) for folder in (corpus, WORK / target / "learnt") if folder.exists()]
    _run(target, ["-merge=1", "-use_counters=0", *LIMITS, str(merged), *sources], WORK / target / "merge.log")
    corpus.mkdir(parents=True, exist_ok=True)
    for old in set(corpus.iterdir()) - set(corpus.glob("crash-*")):
        old.unlink()
    for file in merged.iterdir():
        if file.stat().st_size <= LARGEST:
            shutil.copy(file, corpus / file.name[:12])
    return len(list(corpus.iterdir()))


def _run(target: str, arguments: list[str], log: Path) -> str:
    with log.open("wb") as file:
        command = [sys.executable, "-m", "tests.fuzz.run_target", target, *arguments]
        subprocess.run(
            command, stdout=file, stderr=subprocess.STDOUT, check=False, env=os.environ | {"LC_ALL": "C.UTF-8"}
        )
    return log.read_text("utf-8", "replace")


def main(words: list[str]) -> int:
    """1 if anything was found."""
    parser = argparse.ArgumentParser(prog="./run soak fuzz")
    parser.add_argument("target", nargs="*", choices=[[], *SHARES], help="all of them if none is named")
    parser.add_argument("--minutes", type=float, default=10, help="altogether")
    parser.add_argument("--keep", action="store_true", help="put what was learnt into the corpus")
    wanted = parser.parse_args(words)
    targets = wanted.target or list(SHARES)
    whole = sum(SHARES[target] for target in targets)
    is_well = True
    for target in targets:
        one = fuzz(target, max(5, round(60 * wanted.minutes * SHARES[target] / whole)))
        kept = f", {keep(target)} kept" if wanted.keep else ""
        _say(f"{target:12} {one.tried:9,} inputs tried, {one.reached:5,} branches reached{kept}{_found(one)}")
        is_well = is_well and bool(one.tried) and not one.broken
    return int(not is_well)


def _found(one: Outcome) -> str:
    if one.broken:
        return f"\n  BROKEN by {one.broken}: the traceback is in {WORK / one.target / 'log'}"
    return "" if one.tried else f"\n  NOTHING was tried: the reason is in {WORK / one.target / 'log'}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
