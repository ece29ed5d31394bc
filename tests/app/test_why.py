"""Why a call popped or did not, in words: from the lines of a real desk, and for every word a line may hold."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.pop import Trouble
from app.settings import LineSettings
from app.trace import appending_to, lines_about
from app.why import story, what_to_do, who_calls, why_no_pop, why_not_offered
from app.words import use_language
from cti.events import CallHeld, Direction, EndCause, IdentityFrom, NotOfferedBecause, Verstat, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered


def told(desk: DeskAtWork, source_id: str = "a") -> list[str]:
    return story([line for line in desk.traced if line.get("source_id") == source_id])


def painted(desk: DeskAtWork, milliseconds: float) -> None:
    desk.desk.painted(desk.call().id, 1_000 + int(milliseconds * 1_000_000))


def facts(**changes: Any) -> dict[str, Any]:
    """A line of a call that opened by itself."""
    return {
        "type": "offered", "at": "2026-11-21T05:03:22.123Z", "number": "+81335814111", "withheld": None,
        "identity_from": "pai", "verstat": None, "candidates": [{"customer": "C-000001", "reason": "exact"}],
        "opened": "C-000001", "why_no_pop": None,
        "stamps_us": {"received": 0, "parsed": 200, "matched": 900, "shown": 2100, "painted": None},
    } | changes  # fmt: skip


def test_call_of_one_sure_customer_says_who_why_and_how_fast(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER))
    painted(desk, 12)
    desk.hear(answered())
    assert told(desk) == [
        "Caller: 03-3581-4111.",
        "The customer is C-000001: nobody else has exactly this number.",
        "It popped: 12.0 ms from packet to paint.",
        f"{told(desk)[-1][:8]}: answered; this source cannot tell by whom.",
    ]


def test_number_of_several_and_of_nobody_say_why_no_card_opened(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER), offered(COMPANY_NUMBER, "b"), offered(UNKNOWN_NUMBER, "c"))
    assert re.fullmatch(r"\d customers have this number, so none opened by itself: C-\d{6}, C-\d{6}.*", told(desk)[1])
    assert "C-" in told(desk, "b")[1]
    assert "none opened by itself" in told(desk, "b")[1] or "Nobody has exactly this number" in told(desk, "b")[1]
    assert told(desk, "c")[1] == "No customer has this number."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opened": None, "verstat": "failed"}, "since the number may be spoofed. Candidates: C-000001."),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "exact", "shared": True}]}, "serves many"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "exact", "stale": True}]}, "changed hands"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "exact"}]}, "not for sure"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "household"}]}, "Nobody has exactly"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "suffix"}]}, "the last eight digits"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "name"}]}, "the caller's name"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "mentioned"}]}, "mentioned in a note"),
        ({"opened": None, "candidates": [{"customer": "C-1", "reason": "remembered"}]}, "C-1 was chosen last time"),
        (
            {"opened": None, "candidates": [{"customer": "C-1", "reason": "remembered", "besides": "exact"}]},
            "not for sure",
        ),
        ({"candidates": [{"customer": "C-000001", "reason": "extension"}]}, "with this extension"),
        ({"opened": None, "candidates": [], "trouble": "locked"}, "Nobody was looked up: The records do not answer."),
        ({"opened": None, "candidates": [], "unsearched": "locked"}, "Notes and names could not be searched."),
        ({"opened": None, "candidates": [], "number": "201"}, "no number of the telephone network"),
    ],
)  # fmt: skip
def test_reason_why_a_card_opened_or_not_is_told(changes: dict[str, Any], words: str) -> None:
    assert words in " ".join(story([facts(**changes)]))


def test_withheld_number_says_why_and_looks_nobody_up(desk: DeskAtWork) -> None:
    desk.hear(offered("", withheld=Withheld.PAYPHONE))
    assert told(desk)[:1] == ["The call comes from a payphone, which has no number."]
    assert not any("customer" in sentence for sentence in told(desk))


def test_header_that_named_the_caller_is_told_and_a_masked_number_stays_masked() -> None:
    assert who_calls(facts()) == ["Caller: 03-3581-4111, from the header P-Asserted-Identity."]
    assert who_calls(facts(number="+81*******11", identity_from=None)) == ["Caller: +81*******11."]
    assert who_calls(facts(identity_from="dialog_info")) == [
        "Caller: 03-3581-4111, from a dialog event of the telephone."
    ]
    assert who_calls(facts(verstat=Verstat.FAILED))[1] == "The network found that this number may be spoofed."
    assert who_calls(facts(number="", identity_from=None)) == ["The telephone system told no number."]


@pytest.mark.parametrize("source", list(IdentityFrom))
def test_every_source_of_a_number_has_words_of_its_own(source: IdentityFrom) -> None:
    (sentence,) = who_calls(facts(identity_from=source.value))
    assert sentence.startswith("Caller: 03-3581-4111, ")


def test_number_that_another_source_withholds_is_told_by_no_line(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, linked="1.7"))
    painted(desk, 12)
    desk.hear(offered("", "b", withheld=Withheld.ANONYMOUS, source="pbx", linked="1.7", after=0.2))
    sentences = told(desk)
    assert sentences[0] == "The caller withholds the number."
    assert sentences[-1].endswith(": another source says that the caller withholds the number.")
    assert not re.search(r"3581|C-\d", " ".join(sentences))


def test_hold_is_part_of_the_story(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by="sato"))
    for is_held in (True, False):
        desk.hear(CallHeld("desk phone", "a", is_held, NOW))
    assert [sentence[10:] for sentence in told(desk)[-2:]] == ["on hold.", "talking again."]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (LineSettings("0312345678", pop="never"), 'It did not pop: its line is set to pop = "never".'),
        (LineSettings("0312345678", pop="answer"), 'It did not pop: its line is set to pop = "answer", and nobody'),
    ],
)
def test_line_that_does_not_pop_is_told(desks: Callable[..., DeskAtWork], line: LineSettings, words: str) -> None:
    desk = desks(lines=[line])
    desk.hear(offered(CUSTOMER_NUMBER), ended())
    assert any(sentence.startswith(words) for sentence in told(desk))
    assert told(desk)[-1].endswith(": the caller or the PBX gave up.")


def test_internal_call_is_told(desk: DeskAtWork) -> None:
    desk.hear(offered("202", direction=Direction.INTERNAL))
    assert "It did not pop: the caller is an extension, and internal calls never pop." in told(desk)


def test_line_that_pops_on_answer_popped_after_all(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[LineSettings("0312345678", pop="answer")])
    desk.hear(offered(CUSTOMER_NUMBER), answered())
    painted(desk, 4_000)
    assert any(sentence.startswith("It popped: 4000.0 ms") for sentence in told(desk))
    assert not any("did not pop" in sentence for sentence in told(desk))


def test_call_that_ended_before_it_was_drawn_and_one_that_still_may_be(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER))
    assert told(desk)[-1] == "Its name has not been drawn yet."
    desk.hear(ended())
    assert told(desk)[-2] == "It was over before its name could be drawn."


@pytest.mark.parametrize(
    ("stamps", "words"),
    [
        ((150_000, 151_000, 152_000, 160_000), "overloaded"),
        ((1_000, 300_000, 301_000, 310_000), "the records (299.0 ms)"),
        ((1_000, 2_000, 202_000, 210_000), "until the window had time (200.0 ms)"),
        ((1_000, 2_000, 3_000, 410_000), "to draw (407.0 ms)"),
    ],
)
def test_slow_pop_says_which_step_it_was(stamps: tuple[int, ...], words: str) -> None:
    stations = dict(zip(("parsed", "matched", "shown", "painted"), stamps, strict=True))
    lines = [facts(), facts(type="pop", stamps_us={"received": 0, **stations})]
    assert any(words in sentence for sentence in story(lines))


def test_call_that_rings_again_and_gets_another_caller_is_told_in_its_order() -> None:
    course = [
        facts(type="ended", why="cancelled"),
        facts(type="rang_again"),
        facts(type="caller_changed", number="+81312340000"),
        facts(type="caller_changed", number="", withheld="anonymous"),
        facts(type="answered", by="suzuki"),
    ]
    assert [sentence.partition(": ")[2] for sentence in story([facts(), *course])[-6:-1]] == [
        "the caller or the PBX gave up.",
        "it rang again.",
        "the caller is now 03-1234-0000.",
        "another caller, without a number.",
        "answered by suzuki.",
    ]


@pytest.mark.parametrize(
    ("course", "words"),
    [
        (
            [{"type": "answered", "by": "201"}, {"type": "ended", "why": "hung_up"}],
            ["the other end answered.", "hung up."],
        ),
        ([{"type": "ended", "why": "cancelled"}], ["given up before anybody answered."]),
        ([{"type": "ended", "why": "timed_out"}], ["nobody answered."]),
        ([{"type": "ended", "why": "busy"}], ["busy."]),
    ],
)
def test_a_call_that_goes_out_is_told_from_this_end(course: list[dict[str, Any]], words: list[str]) -> None:
    out: dict[str, Any] = {"direction": "out", "identity_from": "ami"}
    first, *rest = story([facts(**out), *(facts(**out, **line) for line in course)])
    assert first == "Called from here: 03-3581-4111."
    assert [sentence.partition(": ")[2] for sentence in rest[-len(words) :]] == words
    assert not any(sentence.startswith("Caller") for sentence in rest)


@pytest.mark.parametrize(("told_by", "words"), [("ami", "nobody answered in time."), ("pai", "no word of it for")])
def test_a_ring_that_took_too_long_is_told_as_its_source_knows_it(told_by: str, words: str) -> None:
    legs = [{"source": "pbx", "why": "timed_out", "said": {"identity_from": told_by}}]
    assert words in story([facts(), facts(type="ended", why="timed_out", legs=legs)])[-1]


def test_after_a_transfer_the_new_caller_is_named_once_something_happened_next() -> None:
    known = {"candidates": [{"customer": "C-7", "reason": "exact"}], "opened": "C-7"}
    change = facts(type="caller_changed", number="+81312340000")
    words = "The new caller. The customer is C-7: nobody else has exactly this number."
    assert story([facts(), change, facts(type="ended", why="hung_up", number="+81312340000", **known)])[-1] == words
    assert not any("new caller" in one for one in story([facts(), change]))
    assert not any("new caller" in one for one in story([facts(), facts(type="ended", why="hung_up", **known)]))


@pytest.mark.parametrize("trouble", list(Trouble))
def test_what_was_in_the_way_is_told_without_what_was_true_only_then(trouble: Trouble) -> None:
    (told,) = [one for one in story([facts(trouble=trouble.value)]) if one.startswith("Nobody was looked up")]
    assert told.endswith(".")
    assert not any(words in told for words in ("Trying again", "your text", "Call IT"))


def test_nothing_known_gives_no_sentence() -> None:
    assert story([]) == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("because", list(NotOfferedBecause))
def test_every_reason_why_an_invite_is_no_call_has_words_and_says_what_to_do(
    because: NotOfferedBecause, language: str
) -> None:
    use_language(language)
    assert why_not_offered(because) not in ("", because)
    assert what_to_do(because) != ""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_word_of_a_line_has_words_in_both_languages(language: str) -> None:
    use_language(language)
    for why in ("internal_call", "line_never", "line_pops_on_answer", "no_window"):
        assert why_no_pop(why) != why
    for reason in Withheld:
        assert who_calls(facts(number="", withheld=reason))[0]
    for cause in EndCause:
        assert cause.value not in story([facts(), facts(type="ended", why=cause)])[-1].split()


def test_lines_of_a_call_are_found_in_the_file_and_in_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    (tmp_path / "calls.1.jsonl").write_text('{"call": "x", "n": 1}\n{"call": "y"}\n{damaged "x"\n[1, "x"]\n')
    write = appending_to(file)
    write(json.dumps({"call": "x", "n": 2}))
    write(json.dumps({"call": "z", "linked": "x"}))
    assert lines_about(file, "x") == [{"call": "x", "n": 1}, {"call": "x", "n": 2}]
    assert lines_about(tmp_path / "gone" / "calls.jsonl", "x") == []
