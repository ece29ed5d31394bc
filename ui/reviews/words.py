"""What the pages of reviews say: marks, why a call was drawn, and how it stands with a review."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from app.reviews.reviewing import (
    WEIGHTS,
    Because,
    CallReviews,
    FactTold,
    ReviewFact,
    ReviewTold,
    ReviewWay,
    Risk,
    Sample,
    Todo,
)
from app.words import _, ngettext
from ui import wording
from ui.rows import Cell, Tone


def mark_names() -> dict[int, str]:
    """What a mark means."""
    return {1: _("poor"), 2: _("weak"), 3: _("fair"), 4: _("good"), 5: _("excellent")}


def mark(level: int) -> str:
    """4 good."""
    return f"{level} {mark_names()[level]}"


def way(one: ReviewWay) -> str:
    """How a call came to be reviewed."""
    return {
        ReviewWay.RANDOM: _("drawn at random"),
        ReviewWay.RISK: _("drawn by risk"),
        ReviewWay.CHOSEN: _("picked"),
    }[one]


def because(one: Because) -> str:
    """A reason, in a few words with its number."""
    if one.risk is Risk.COMPLAINED:
        words = ngettext("the customer complained {n} day later", "the customer complained {n} days later", one.number)
        return words.format(n=one.number) if one.number else _("the customer complained the same day")
    if one.risk is Risk.AGAIN:
        words = ngettext("called again {n} hour later", "called again {n} hours later", one.number)
        return words.format(n=one.number) if one.number else _("called again within the hour")
    length = wording.duration(timedelta(seconds=one.number))
    return {
        Risk.OTHER_CUSTOMER: _("the card showed another customer"),
        Risk.LATE: _("a promise was not kept in time"),
        Risk.HELD: _("on hold {time}").format(time=length),
        Risk.HANDED: _("{n} people answered it").format(n=one.number),
        Risk.LONG: _("much longer than usual here ({time})").format(time=length),
        Risk.SHORT: _("much shorter than usual here ({time})").format(time=length),
        Risk.NO_NOTE: _("no note"),
    }[one.risk]


def why(one: Todo) -> str:
    """All that spoke for a call; for one that was drawn by lot, that."""
    return _("; ").join(because(reason) for reason in one.drawn.because) or way(one.way)


def reasons(one: Todo) -> list[str]:
    """Each with its weight."""
    told = _("{reason} (weight {n})")
    return [told.format(reason=because(reason), n=WEIGHTS[reason.risk]) for reason in one.drawn.because] or [
        way(one.way)
    ]


def why_cell(one: Todo) -> Cell:
    """The reasons, and what they come to."""
    risk = _("risk {n}").format(n=one.drawn.risk) if one.drawn.risk else ""
    return Cell(why(one), risk)


def sample(one: Sample) -> str:
    """So that it can be told, and drawn again."""
    span = one.asked.span
    told = _("Last draw {when}: {n} of {all} calls since {first}, {way}, seed {seed}.")
    return told.format(
        when=wording.day_and_time(span.at), n=one.drawn, all=f"{one.eligible:,}", first=wording.day(span.start),
        way=way(one.asked.way), seed=one.asked.seed,
    )  # fmt: skip


def mark_cell(one: ReviewTold) -> Cell:
    """The mark, and whose it is."""
    return Cell(mark(one.mark), one.reviewer, is_strong=True)


def state_cell(one: ReviewTold) -> Cell:
    """What the reviewer sees of it."""
    if one.unread_since is not None:
        return Cell("▲ " + _("replied"), wording.day_and_time(one.unread_since), Tone.WARNING)
    if one.answered_at is not None and one.seen_at is not None:
        return Cell("✓ " + _("replied, read"), wording.day_and_time(one.answered_at), Tone.GOOD)
    if one.seen_at is not None:
        return Cell("✓ " + _("seen"), wording.day_and_time(one.seen_at), Tone.GOOD)
    return Cell("○ " + _("not seen yet"), _("changed") if one.versions > 1 else "", Tone.QUIET)


def own_state_cell(one: ReviewTold) -> Cell:
    """What its operator sees of it."""
    if one.seen_at is None:
        return Cell("● " + (_("changed") if one.versions > 1 else _("new")), "", Tone.WARNING)
    if one.answered_at is not None:
        return Cell("✓ " + _("replied"), wording.day_and_time(one.answered_at), Tone.GOOD)
    return Cell("○ " + _("seen"), wording.day_and_time(one.seen_at), Tone.QUIET)


def told(facts: Sequence[FactTold]) -> Iterator[str]:
    """All that was said, in its order, each with who and when; who only looked is told in one line at the end."""
    for one in facts:
        about = f"{wording.day_and_time(one.at)} {one.who}"
        if one.kind is ReviewFact.MARKED:
            yield "\n".join(filter(None, (mark(one.mark or 1), one.words, f"({about})")))
        elif one.kind is ReviewFact.ANSWERED:
            yield "\n".join((_("Reply:") + " " + one.words, f"({about})"))
    looks = [one for one in facts if one.kind is ReviewFact.SEEN]
    if looks:
        yield _("Seen by {who}, {when}").format(who=looks[-1].who, when=wording.day_and_time(looks[-1].at))


def chapters(found: CallReviews) -> list[str]:
    """What was said of a call, by whom ever."""
    return [line for _one, facts in found.reviews for line in told(facts)]
