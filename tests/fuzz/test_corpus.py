"""What the fuzzer has learnt, and every input that once broke something, is tried again; the seeds as well."""

import pytest

from tests.fuzz.__main__ import CORPUS, LARGEST, SHARES
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

LARGEST_OF_ALL = 1_048_576


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_of_the_corpus_breaks_anything(name: str) -> None:
    inputs = sorted((CORPUS / name).iterdir())
    assert inputs
    for file in inputs:
        try:
            TARGETS[name](file.read_bytes())
        except Exception as error:
            error.add_note(f"the input is {file}")
            raise


@pytest.mark.parametrize("name", TARGETS)
def test_no_seed_breaks_anything(name: str) -> None:
    for seed in list(SEEDS[name]())[:: 8 if name == "watcher" else 1]:
        TARGETS[name](seed)


def test_corpus_stays_small_and_every_target_is_fuzzed() -> None:
    sizes = [file.stat().st_size for file in CORPUS.rglob("*") if file.is_file()]
    assert max(sizes) <= LARGEST
    assert sum(sizes) <= LARGEST_OF_ALL
    assert TARGETS.keys() == SEEDS.keys() == SHARES.keys() == {folder.name for folder in CORPUS.iterdir()}
