"""What is kept of one person, and what erasing does to it, in words."""

from app.person.data import Erased, Kept
from app.person.here import Cleaned
from app.words import _, ngettext
from db.person.whole import Person


def kept_words(kept: Kept) -> list[tuple[str, int]]:
    """What is kept, line by line, without what there is none of."""
    words = {
        "address": _("addresses"),
        "customer_phone": _("telephone numbers"),
        "customer_attribute": _("attributes"),
        "external_ref": _("keys of other systems"),
        "household_member": _("households"),
        "company_link": _("links to companies"),
        "consent": _("consents and refusals"),
        "caution": _("cautions"),
        "purchase": _("purchases"),
        "complaint": _("complaints"),
        "interaction": _("contacts"),
        "call": _("calls"),
        "note": _("notes"),
        "note_revision": _("versions of notes"),
        "follow_up": _("follow-ups"),
    }
    return [(told, kept.counts[name]) for name, told in words.items() if kept.counts.get(name)]


def goes_and_stays(found: Person, filters: int) -> list[str]:
    """What becomes of how much of it, line by line, without what there is none of; nothing is done."""
    counts = {name: len(keys) for name, keys in found.keys.items()}
    lines = [
        (_("customers merged into it: {n}"), len(found.ids) - 1),
        (_("telephone numbers that go: {n}"), counts["phone_number"]),
        (_("calls that lose number and name: {n}"), counts["call"]),
        (_("notes that lose their words: {n}"), counts["note"]),
        (_("contacts and follow-ups that lose their words: {n}"), counts["interaction"] + counts["follow_up"]),
        (_("reviews that lose their words: {n}"), counts["review"]),
        (_("complaints that lose their words: {n}"), counts["complaint"]),
        (_("saved filters that look for this person, and go: {n}"), filters),
        (_("purchases that stay, under the number alone: {n}"), counts["purchase"]),
    ]
    return [words.format(n=f"{count:,}") for words, count in lines if count]


def cleaned_words(done: Cleaned) -> list[str]:
    """What went on this PC."""
    words = _("On this PC: {drafts} drafts, {lines} trace lines and {cards} copied cards cleared; SIP traces emptied.")
    told = [words.format(drafts=done.drafts, lines=done.trace_lines, cards=done.cards)]
    if done.is_busy:
        told.append(_("The drafts' file is in use: end Omote and type once more: omote person clean"))
    return told


def left_words(done: Erased) -> list[str]:
    """Honest about what nothing here reaches."""
    if done.is_server:
        return [
            _("Every other desk clears its own files within a minute once it reaches the server."),
            _("The server overwrites the freed rows when it vacuums. For its administrator: VACUUM (ANALYZE);"),
            _("The server's backups hold the person until they are replaced: tell its administrator."),
        ]
    if done.backups is not None:
        words = _("Backups in {folder} hold the person until newer ones have replaced them (daily: seven days).")
        return [words.format(folder=done.backups)]
    return []


def released_words(number: str, lifted: int) -> str:
    """How many holds ended."""
    words = ngettext("{n} hold on {number} was lifted.", "{n} holds on {number} were lifted.", lifted)
    return words.format(n=lifted, number=number)
