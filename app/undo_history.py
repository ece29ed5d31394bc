"""Taking back what was written in a field of a note, step by step: values only, no clock and no widget.

Bounded to 100 steps and 64,000 letters; the newest step always stays.
"""

from typing import NamedTuple

from db.undo_steps import NO_STEPS, Step, Steps

__all__ = [
    "NO_STEPS",
    "Moved",
    "Step",
    "Steps",
    "difference",
    "edited",
    "redone",
    "typed_on",
    "undone",
    "without_hidden",
]

_MOST_STEPS, _MOST_LETTERS, _LONGEST_WORD = 100, 64_000, 40
_ENDS = " \u3000\n\t。、.,!?！？"
_TELLING = 6  # digits of a card number in a row: more than chance


class Moved(NamedTuple):
    """The text after a step back or forth, where the cursor goes, and the steps as they stand then."""

    text: str
    at: int
    steps: Steps


def difference(old: str, new: str) -> Step:
    """The one step that leads from one text to the other."""
    start = _common(old, new)
    end = _common_at_end(old[start:], new[start:])
    return Step(start, old[start : len(old) - end], new[start : len(new) - end])


def edited(steps: Steps, step: Step) -> Steps:
    """A step of its own: a paste, a template, the commit of a conversion. What was taken back can't come again."""
    return _bounded(Steps((*steps.steps[: steps.done], step), steps.done + 1, steps.first))


def typed_on(steps: Steps, step: Step) -> Steps:
    """A key that follows another: one step with it, up to the end of a word."""
    last = steps.steps[steps.done - 1] if steps.done else None
    joined = _joined(last, step) if last is not None else None
    if joined is None:
        return edited(steps, step)
    return Steps((*steps.steps[: steps.done - 1], joined), steps.done, steps.first)


def undone(text: str, steps: Steps) -> Moved | None:
    """The newest step taken back; None if there is none."""
    if not steps.done:
        return None
    at, removed, inserted = steps.steps[steps.done - 1]
    if not text.startswith(inserted, at):
        return None  # steps of another text: better none than a wrong one
    text = text[:at] + removed + text[at + len(inserted) :]
    return Moved(text, at + len(removed), Steps(steps.steps, steps.done - 1, steps.first))


def redone(text: str, steps: Steps) -> Moved | None:
    """What was taken back last, again; None if there is nothing."""
    if steps.done == len(steps.steps):
        return None
    at, removed, inserted = steps.steps[steps.done]
    if not text.startswith(removed, at):
        return None
    text = text[:at] + inserted + text[at + len(removed) :]
    return Moved(text, at + len(inserted), Steps(steps.steps, steps.done + 1, steps.first))


def without_hidden(steps: Steps, open_text: str, masked: str) -> Steps:
    """The steps once a card number in `open_text` is masked: all that wrote it become one, which has the mask."""
    places = {place for place, (one, other) in enumerate(zip(open_text, masked, strict=True)) if one != other}
    number = _digits(open_text[min(places) : max(places) + 12])  # with its last four and their gaps
    text, oldest, before = open_text, steps.done, masked
    for index in range(steps.done - 1, -1, -1):
        at, removed, inserted = steps.steps[index]
        end = at + len(inserted)
        is_of_it = any(at <= place < end for place in places)
        text = text[:at] + removed + text[end:]
        places = {
            place if place < at else place - len(inserted) + len(removed) for place in places if not at <= place < end
        }
        if is_of_it:
            oldest, before = index, text
    kept = Steps(steps.steps[:oldest], oldest, steps.first)
    step = difference(before, masked)
    if any(_tells(number, one) for one in (*kept.steps, step)):
        return Steps(first=steps.first + len(steps.steps))
    return edited(kept, step)


def _tells(number: str, step: Step) -> bool:
    parts = [number[place : place + _TELLING] for place in range(len(number) - _TELLING + 1)]
    return any(part in _digits(text) for text in (step.removed, step.inserted) for part in parts)


def _digits(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def _joined(last: Step, step: Step) -> Step | None:
    if not step.removed and len(step.inserted) == 1 and step.at == last.at + len(last.inserted):
        goes_on = last.inserted[-1:] not in _ENDS and step.inserted != "\n" and len(last.inserted) < _LONGEST_WORD
        return Step(last.at, last.removed, last.inserted + step.inserted) if goes_on and last.inserted else None
    if not step.inserted and not last.inserted and len(last.removed) < _LONGEST_WORD:
        if step.at + len(step.removed) == last.at:
            return Step(step.at, step.removed + last.removed, "")
        if step.at == last.at:
            return Step(last.at, last.removed + step.removed, "")
    return None


def _bounded(steps: Steps) -> Steps:
    sizes = [len(step.removed) + len(step.inserted) for step in steps.steps]
    dropped = max(0, len(sizes) - _MOST_STEPS)
    while sum(sizes[dropped:]) > _MOST_LETTERS and dropped < len(sizes) - 1:
        dropped += 1
    return Steps(steps.steps[dropped:], steps.done - dropped, steps.first + dropped) if dropped else steps


def _common(one: str, other: str) -> int:
    """How many letters both begin with, by halving: slices are compared by the machine, letters by Python."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _common_at_end(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[-middle:] == other[-middle:] else (low, middle - 1)
    return low
