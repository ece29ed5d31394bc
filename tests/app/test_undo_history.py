"""Undo: every step leads back to just what stood there, nothing grows without end, no card number stays in it."""

from hypothesis import given
from hypothesis import strategies as st

from app.card_numbers import masked
from app.undo_history import NO_STEPS, Step, Steps, difference, edited, redone, typed_on, undone, without_hidden

_TEXTS = st.lists(st.text(alphabet="ab 。\n𠮷😀", max_size=12), min_size=1, max_size=20)


def written(*texts: str) -> Steps:
    """The steps of a note that said these things one after the other."""
    steps, before = NO_STEPS, ""
    for text in texts:
        steps, before = edited(steps, difference(before, text)), text
    return steps


def typed(keys: str) -> Steps:
    steps, text = NO_STEPS, ""
    for key in keys:
        steps, text = typed_on(steps, difference(text, text + key)), text + key
    return steps


@given(_TEXTS)
def test_undo_leads_back_through_every_text_and_redo_forth_again(texts: list[str]) -> None:
    steps, text, seen = written(*texts), texts[-1], [texts[-1]]
    while (moved := undone(text, steps)) is not None:
        text, steps = moved.text, moved.steps
        seen.append(text)
    assert seen == [*reversed(texts), ""]
    for wanted in texts:
        moved = redone(text, steps)
        assert moved is not None
        text, steps = moved.text, moved.steps
        assert text == wanted
    assert redone(text, steps) is None


@given(st.text(max_size=200))
def test_keys_join_to_words_that_undo_gives_back_whole(keys: str) -> None:
    steps, text, count = typed(keys), keys, 0
    while (moved := undone(text, steps)) is not None:
        text, steps, count = moved.text, moved.steps, count + 1
    assert (text, count <= len(keys)) == ("", True)


def test_a_word_is_one_step_and_backspaces_are_another() -> None:
    assert [step.inserted for step in typed("call back").steps] == ["call ", "back"]
    steps = typed("abc")
    for text, before in (("ab", "abc"), ("a", "ab")):
        steps = typed_on(steps, difference(before, text))
    assert steps.steps == (Step(0, "", "abc"), Step(1, "bc", ""))


def test_a_new_key_forgets_what_was_taken_back() -> None:
    moved = undone("ab", written("a", "ab"))
    assert moved is not None
    steps = edited(moved.steps, difference("a", "ax"))
    assert redone("ax", steps) is None
    assert [step.inserted for step in steps.steps] == ["a", "x"]


def test_the_history_is_bounded_by_steps_and_by_letters() -> None:
    many = written(*("x" * count for count in range(1, 500)))
    assert (len(many.steps), many.done, many.first) == (100, 100, 399)
    large = written(*(letter * 30_000 for letter in "abcde"))
    assert sum(len(one.removed) + len(one.inserted) for one in large.steps) <= 64_000
    assert len(written("x" * 200_000).steps) == 1, "the newest step stays, however large"


def test_steps_of_another_text_change_nothing() -> None:
    assert undone("something else", written("abc")) is None


def test_a_masked_number_is_in_no_step_and_what_was_before_it_can_still_be_taken_back() -> None:
    number = "4111 1111 1111 1111"
    whole = "お支払い " + number
    steps = written("お支払い ")
    for length in range(1, len(number) + 1):
        before = whole[: 5 + length - 1]
        steps = typed_on(steps, difference(before, before + number[length - 1]))
    steps = without_hidden(steps, whole, masked(whole))
    assert "1111 1111" not in repr(steps)
    assert steps.steps[-1] == Step(5, "", "•••• •••• •••• 1111")
    moved = undone(masked(whole), steps)
    assert moved is not None
    assert moved.text == "お支払い "
    again = redone(moved.text, moved.steps)
    assert again is not None
    assert again.text == masked(whole)


def test_a_number_that_was_typed_wrong_deleted_and_typed_again_leaves_no_steps() -> None:
    wrong, right = "4111111111111112", "4111111111111111"
    steps = written(wrong, "", right)
    steps = without_hidden(steps, right, masked(right))
    assert "41111" not in repr(steps)
