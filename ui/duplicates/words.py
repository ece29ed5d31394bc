"""Pairs, sides and fields in words."""

from datetime import date

from app.duplicate_words import sign_words, speaks_against
from app.duplicates import SURE, Field, FieldPair, PastMerge, Side, Suspect
from app.words import _, ngettext
from ui import wording

_PROBABLY = 0.6


def pair_names(pair: Suspect) -> str:
    """Both, by name."""
    if pair.first_name == pair.second_name:
        return f"{pair.first_name} × 2"
    return f"{pair.first_name} – {pair.second_name}"


def pair_reasons(pair: Suspect) -> str:
    """How likely it is, as a word and a figure, and what speaks for it and against."""
    words = [sign_words(one) for one in pair.signs if not speaks_against(one)]
    words += [_("but {signs}").format(signs=sign_words(one)) for one in pair.signs if speaks_against(one)]
    return " · ".join([f"{score_words(pair.score)} {round(pair.score * 100)} %", *words])


def score_words(score: float) -> str:
    """How likely it is."""
    if score >= SURE:
        return _("very likely")
    return _("probably") if score >= _PROBABLY else _("perhaps")


def side_name(side: Side) -> str:
    """A customer by number and name."""
    return f"{side.customer_no} {side.name}"


def counts(side: Side) -> str:
    """What hangs on a customer; "–" for nothing."""
    parts = [
        (side.purchases, ngettext("{n} purchase", "{n} purchases", side.purchases)),
        (side.complaints, ngettext("{n} complaint", "{n} complaints", side.complaints)),
        (side.calls, ngettext("{n} call", "{n} calls", side.calls)),
        (side.interactions, ngettext("{n} contact", "{n} contacts", side.interactions)),
        (side.notes, ngettext("{n} note", "{n} notes", side.notes)),
    ]
    return " · ".join(words.format(n=f"{n:,}") for n, words in parts if n) or "–"


def since(side: Side) -> str:
    """Since when it is there, and when it was last spoken to."""
    begun = _("since {day}").format(day=wording.day(side.created_at))
    if side.last_contact_at is None:
        return begun
    return f"{begun} · " + _("last contact {day}").format(day=wording.day(side.last_contact_at))


def value(pair: FieldPair, side: str) -> str:
    """What a side says, "–" for nothing. `side` is "left" or "right"."""
    what, detail = getattr(pair, side), getattr(pair, f"{side}_detail")
    if isinstance(what, date):
        return _birth(what, detail)
    return _text(pair.field, what, detail) or "–" if what else "–"


def _text(field: Field, what: str, detail: str | None) -> str:
    match field:
        case Field.KIND:
            return {"person": _("person"), "company": _("company")}.get(what, "")
        case Field.LIFECYCLE_STAGE:
            return wording.lifecycle(what)
        case Field.PREFERRED_CHANNEL:
            return wording.channel(what, "").removesuffix(" ←")
        case _:
            return f"{what}\n〒{detail}" if detail else what


def merge_line(one: PastMerge) -> str:
    """Who went into whom."""
    return f"{one.merged_no} {one.merged_name} → {one.kept_no} {one.kept_name}"


def _birth(day: date, precision: str | None) -> str:
    return {"year": f"{day:%Y}", "month": f"{day:%Y-%m}", "no_year": f"{day:%m-%d}"}.get(precision or "", str(day))
