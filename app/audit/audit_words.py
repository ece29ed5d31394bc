"""What stands in the audit log, in words: what was done, to what, and whether the chain holds."""

import json
from datetime import datetime
from typing import Any

from app.words import _, ngettext
from db.audit.chain import AuditAction
from db.audit.listing import Told
from db.audit.verify import Fault, Verdict

_SHORT = 12  # of a hash: enough to note down


def action_words(action: str) -> str:
    """What was done; a later program's word stands as it is."""
    return {
        AuditAction.CARD_OPENED.value: _("opened a customer's card"),
        AuditAction.CALL_OPENED.value: _("opened a call"),
        AuditAction.EXPORT_BEGUN.value: _("exported"),
        AuditAction.EXPORT_ENDED.value: _("export was written"),
        AuditAction.IMPORTED.value: _("imported"),
        AuditAction.MERGED.value: _("made two customers one"),
        AuditAction.MERGE_UNDONE.value: _("undid a merge"),
        AuditAction.IMPORT_UNDONE.value: _("took an import back"),
        AuditAction.ERASED.value: _("erased a person"),
        AuditAction.RETENTION.value: _("removed what was kept long enough"),
        AuditAction.RULE_CHANGED.value: _("changed how long something is kept"),
        AuditAction.HELD.value: _("held a person's data"),
        AuditAction.RELEASED.value: _("ended the holds on a person's data"),
        AuditAction.ROLE_CHANGED.value: _("works here with another role"),
        AuditAction.CHECKED.value: _("checked the audit log"),
        AuditAction.REVIEWED.value: _("reviewed a call"),
        AuditAction.REVIEW_ANSWERED.value: _("replied to a review"),
        AuditAction.REVIEWS_DRAWN.value: _("drew calls to be reviewed"),
    }.get(action, action)


def details_words(told: Told) -> str:
    """The rest of the entry in a few words."""
    found = _details(told.details)
    if "holds" in found:
        return _checked(found)
    words = [
        _how(found.get("how", "")),
        _role(str(found.get("role", ""))),
        _what(str(found.get("what", ""))),
        str(found.get("file", "")),
    ]
    if found.get("first") or found.get("last"):
        words.append(f"{found.get('first', '')} – {found.get('last', '')}")
    if "mark" in found:
        words.append(_("mark {mark}").format(mark=found["mark"]))
    if "seed" in found:
        words.append(_("seed {seed}").format(seed=found["seed"]))
    if "rows" in found:
        words.append(ngettext("{n} row", "{n} rows", int(found["rows"])).format(n=f"{int(found['rows']):,}"))
    return " · ".join(filter(None, words))


def about_words(told: Told) -> str:
    """What it was done to; a customer by number alone, since a log of views need not show whom it is about."""
    if isinstance(told.about, datetime):
        return f"{told.about.astimezone():%Y-%m-%d %H:%M}"
    return told.about or (told.record if told.subject == "import_batch" else "")


def last_check_words(told: Told) -> str:
    """When the log was checked last, by whom, and what came of it."""
    words = _("Last checked {when} by {who}: {what}")
    return words.format(when=_when(told.at), who=told.operator, what=_checked(_details(told.details)))


def head_words(found: Verdict) -> str:
    """What to keep elsewhere, so that a later check finds out whether entries are gone from the end."""
    head = to_note_down(found)
    return _("Note down elsewhere: {head}").format(head=head) if head and found.fault is None else ""


def verdict_words(found: Verdict) -> str:
    """One line: that the chain holds, or where it breaks."""
    if found.fault is None:
        return _held(found)
    return _("The audit log is broken at entry {number}: {why}. {n} entries before it hold.").format(
        number=f"{found.broken_at:,}", why=_fault_words(found.fault), n=f"{found.entries:,}"
    )


def to_note_down(found: Verdict) -> str:
    """By what the newest entry can be known later; "" where there is none."""
    return f"{found.entries}:{found.last_hash[:_SHORT]}" if found.entries else ""


def _held(found: Verdict) -> str:
    if found.first_at is None or found.last_at is None:
        return _("The audit log is empty.")
    words = ngettext(
        "The audit log holds: {n} entry from {first} to {last}.",
        "The audit log holds: {n} entries from {first} to {last}.",
        found.entries,
    )
    return words.format(n=f"{found.entries:,}", first=_when(found.first_at), last=_when(found.last_at))


def _fault_words(fault: Fault) -> str:
    return {
        Fault.MISSING: _("it is missing"),
        Fault.CUT: _("it does not follow the one before it"),
        Fault.ALTERED: _("it has been altered"),
        Fault.OTHER: _("it is not the one that was noted down"),
        Fault.SHORT: _("the log ends before what was noted down"),
    }[fault]


def _checked(found: dict[str, Any]) -> str:
    entries = int(found.get("entries", 0))
    if not found.get("holds"):
        return _("broken after {n} entries").format(n=f"{entries:,}")
    return ngettext("{n} entry holds", "{n} entries hold", entries).format(n=f"{entries:,}")


def _role(role: str) -> str:
    return {
        "operator": _("as an operator"),
        "supervisor": _("as a supervisor"),
        "administrator": _("as an administrator"),
    }.get(role, role)


def _how(how: str) -> str:
    return {
        "list": _("from a list"),
        "chosen": _("chosen on a card"),
        "compared": _("beside another, as duplicates"),
        "reopened": _("from a list"),
        "complaint": _("by a complaint"),
        "details": _("in the call log"),
        "person": _("among personal data"),
    }.get(how, how)


def _what(kind: str) -> str:
    return {
        "customer": _("all about one customer"),
        "customers": _("customers"),
        "notes": _("notes"),
        "calls": _("calls"),
        "purchases": _("purchases"),
        "complaints": _("complaints"),
        "interactions": _("past contacts"),
        "reports": _("a report"),
        "reviews": _("reviews"),
    }.get(kind, kind)


def _details(text: str) -> dict[str, Any]:
    """Whatever stands there, also what nobody should have written."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
