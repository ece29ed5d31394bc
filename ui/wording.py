"""Values into the words of the screen: the desk hands out enums, the sentences are made here."""

import unicodedata
from datetime import date, datetime, timedelta

from app.call import LIVE, Call, CallState
from app.phone_number import NumberKind, PhoneNumber, parse_number
from app.pop import Money, PopState, Reason, RefusalFact
from app.words import _, language, ngettext, pgettext

_REFUSED = ("rejected", "busy")
_SYMBOLS = {"JPY": ("¥", 0), "USD": ("$", 2), "EUR": ("€", 2)}


def has_ink(text: str) -> bool:
    """Whether anything of it can be seen: direction marks and blanks can't."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def honoured(name: str) -> str:
    """A customer's name as it is addressed: 様 in Japanese, nothing in English. Never stored."""
    return f"{name} 様" if language() == "ja" else name


def call_title(call: Call) -> str:
    """Who this is, as far as it is known: the customer, the number of candidates, the caller's own name or number."""
    pop, ring = call.pop, call.ring
    if pop.facts is not None:
        name = pop.facts.customer.name
        return honoured(name) if has_ink(name) else pop.facts.customer.customer_no
    if ring.withheld is not None:
        return withheld(ring.withheld)
    if pop.state is PopState.CHOICE and len(pop.candidates) > 1:
        n = len(pop.candidates)
        group = next((one.group for one in pop.candidates if one.group), ring.number.display)
        return ngettext("{who} ({n} person)", "{who} ({n} people)", n).format(who=group, n=n)
    if call.by_hand is not None and not ring.number.display:
        return _("No customer yet")
    return ring.name if has_ink(ring.name) else number_text(ring.number)


def number_text(number: PhoneNumber) -> str:
    """The number for eyes; its absence is said, never left blank."""
    if not number.display:
        return _("No number")
    return with_extension(number.display, number.extension if number.key else "")


def with_extension(display: str, extension: str) -> str:
    """A number and, where there is one, the extension behind it."""
    return _("{number} ext. {digits}").format(number=display, digits=extension) if extension else display


def withheld(reason: str) -> str:
    """Why there is no number."""
    return {
        "anonymous": _("Number withheld"),
        "payphone": _("Payphone"),
        "out_of_area": _("Out of area"),
        "service_conflict": _("Service conflict"),
    }[reason]


def verstat(said: str | None) -> tuple[str, str]:
    """What the network says of the number, as a sign and words; two times "" if it says nothing."""
    return {
        "verified": ("✓", _("Number verified")),
        "failed": ("▲", _("Verification failed: spoofed?")),
    }.get(said or "", ("", ""))


def transferred_by(call: Call) -> str:
    """Who had this call before its present caller, by name and number; "" if nobody had."""
    before = call.transferred_by
    if before is None:
        return ""
    if before.withheld is not None:
        return withheld(before.withheld)
    number = number_text(parse_number(before.number, call.ring.region)) if before.number else ""
    return " ".join(part for part in (before.name if has_ink(before.name) else "", number) if part)


def call_number(number: str, reason: str | None) -> str:
    """The number of a past call for eyes, or why there is none."""
    return withheld(reason) if reason else number_text(parse_number(number))


def outcome(code: str, cause: str | None = None, direction: str = "in") -> str:
    """What became of a past call."""
    if direction == "out":
        return {
            "offered": "→ " + _("dialled"),
            "answered": "→ " + _("called, talked"),
            "missed": "→ " + _("called, {why}").format(why=not_reached(cause)),
        }.get(code, code)
    if code == "missed" and cause in _REFUSED:
        return refused(cause)
    return {
        "offered": "◌ " + _("rang"),
        "answered": "● " + _("answered"),
        "missed": "↩ " + _("missed"),
        "elsewhere": "↪ " + _("answered by another"),
    }.get(code, code)


def not_reached(cause: str | None) -> str:
    """Why somebody who was called was not reached, as far as it is told."""
    return {
        "busy": _("busy"),
        "rejected": _("declined"),
        "timed_out": _("no answer"),
        "failed": _("could not be connected"),
    }.get(cause or "", _("not reached"))


def refused(cause: str) -> str:
    """Why the operator's own telephone did not ring on."""
    return {"rejected": "⊘ " + _("rejected"), "busy": "⊘ " + _("busy")}[cause]


def number_kind(kind: NumberKind) -> str:
    """What sort of number rings; "" where there is nothing to say."""
    return {
        NumberKind.FIXED: _("landline"),
        NumberKind.MOBILE: _("mobile"),
        NumberKind.VOIP: _("IP phone"),
        NumberKind.TOLL_FREE: _("toll-free"),
        NumberKind.PREMIUM: _("premium rate"),
        NumberKind.UAN: _("nationwide number"),
        NumberKind.M2M: _("machine"),
        NumberKind.EXTENSION: _("extension"),
        NumberKind.SPECIAL: _("service number"),
        NumberKind.INTERNATIONAL: _("from abroad"),
    }.get(kind, "")


def number_label(code: str) -> str:
    """Where a customer's number rings."""
    return {
        "home": _("home"), "mobile": _("mobile"), "work": _("work"), "main": _("main number"),
        "direct": _("direct line"), "fax": _("fax"), "other": _("other"),
    }.get(code, code)  # fmt: skip


def call_state(call: Call) -> str:
    """Where a call stands, with a sign of its own so that colour never stands alone."""
    by = call.answered_by
    if call.by_hand is not None:
        return "✎ " + _("without a call")
    if call.state is CallState.MISSED and call.goes_out:
        return "→ " + not_reached(call.why_ended)
    if call.state is CallState.MISSED and call.why_ended in _REFUSED:
        return refused(call.why_ended)
    if call.state is CallState.TALKING and call.held.is_running:
        return "‖ " + _("on hold")
    return {
        CallState.RINGING: "◌ " + (_("ringing again") if call.rang_again_at else _("ringing")),
        CallState.DIALLING: "→ " + _("dialling"),
        CallState.TALKING: "● " + _("on the phone"),
        CallState.AFTER_CALL: "✎ " + _("after-call work"),
        CallState.LATER: "✎ " + _("to finish"),
        CallState.MISSED: "↩ " + _("missed"),
        CallState.ELSEWHERE: "↪ " + (_("answered by {who}").format(who=by) if by else _("answered by another")),
        CallState.FINISHED: "✓ " + _("finished"),
    }[call.state]


def call_place(call: Call) -> str:
    """The strip's second line: state and line."""
    line = call.ring.line_name
    return f"{call_state(call)} · {line}" if line else call_state(call)


def call_clock(call: Call, now: datetime) -> str:
    """How long a live call has lasted, or the work after it (‖: put aside, the clock stands); else when it rang, or was
    written before this start: the day, where it was another.
    """
    has_worked = call.after_call.has_begun and call.by_hand is None
    if call.state is CallState.AFTER_CALL and has_worked:
        return duration(call.after_call.counted_at(now))
    if call.state is CallState.LATER and has_worked:
        return f"‖ {duration(call.after_call.counted_at(now))}"
    if call.state in LIVE and not call.is_restored:
        return duration(now - call.clock_starts)
    if call.is_restored and call.saved_at is not None:
        written = call.saved_at.astimezone()
        return clock_time(written) if written.date() == now.astimezone().date() else f"{written:%m-%d}"
    return clock_time(call.ring.at)


def written(at: datetime) -> str:
    """When the unfinished note of an earlier start was written."""
    return _("Written {day} at {time}").format(day=day(at), time=clock_time(at))


def rang_for(call: Call) -> str:
    """How long it rang until somebody answered; "" while nobody has."""
    return duration(call.answered_at - (call.rang_again_at or call.ring.at)) if call.answered_at else ""


def queue(name: str, waiting_since: datetime | None, waited: timedelta | None) -> str:
    """What the caller waits in, and since when; once that is over, for how long he did."""
    said = [_("Queue: {queue}").format(queue=name)] if name else []
    if waited is not None:
        said.append(_("waited {how_long}").format(how_long=duration(waited)))
    elif waiting_since is not None:
        said.append(_("waiting since {when}").format(when=clock_time(waiting_since)))
    return " · ".join(said)


def duration(length: timedelta) -> str:
    """`02:41`, with hours only when there are any."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"


def clock_time(at: datetime) -> str:
    """Local time, `15:00`."""
    return f"{at.astimezone():%H:%M}"


def day(at: datetime) -> str:
    """Local date, `2026-11-18`."""
    return f"{at.astimezone():%Y-%m-%d}"


def day_and_time(at: datetime) -> str:
    """Local, `2026-11-18 15:00`."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def days_ago(at: datetime, now: datetime) -> str:
    """today, yesterday, 3 days ago."""
    n = (now.astimezone().date() - at.astimezone().date()).days
    if n <= 0:
        return _("today")
    return _("yesterday") if n == 1 else ngettext("{n} day ago", "{n} days ago", n).format(n=n)


def due(at: datetime, now: datetime) -> str:
    """today 15:00, tomorrow 10:00, 2026-11-30 10:00."""
    when: date = at.astimezone().date()
    n = (when - now.astimezone().date()).days
    word = {0: _("today"), 1: _("tomorrow")}.get(n, str(when))
    return f"{word} {clock_time(at)}"


def money(value: Money) -> str:
    """¥48,000, −¥7,980, $12.50."""
    symbol, decimals = _SYMBOLS.get(value.currency, (value.currency + " ", 2))
    amount = abs(value.amount) / 10**decimals
    return f"{'−' if value.amount < 0 else ''}{symbol}{amount:,.{decimals}f}"


def reason(why: Reason) -> str:
    """Why a customer is a candidate."""
    return {
        Reason.REMEMBERED: _("chosen last time"),
        Reason.EXTENSION: _("number and extension match"),
        Reason.EXACT: _("exact match"),
        Reason.HOUSEHOLD: _("same household"),
        Reason.COMPANY: _("same company"),
        Reason.SWITCHBOARD: _("same switchboard, other extension"),
        Reason.SUFFIX: _("last 8 digits match"),
        Reason.MENTIONED: _("mentioned in a note"),
        Reason.NAME: _("caller's name"),
    }[why]


def complaint_state(code: str) -> str:
    """The lifecycle of a complaint, JIS Q 10002."""
    return {
        "received": pgettext("complaint", "received"),
        "acknowledged": pgettext("complaint", "acknowledged"),
        "investigating": pgettext("complaint", "investigating"),
        "responding": pgettext("complaint", "responding"),
        "resolved": pgettext("complaint", "resolved"),
        "verified": pgettext("complaint", "verified"),
        "closed": pgettext("complaint", "closed"),
    }.get(code, code)


def purchase_state(code: str) -> str:
    """Where an order stands."""
    return {
        "ordered": pgettext("purchase", "ordered"),
        "shipping": pgettext("purchase", "shipping"),
        "completed": pgettext("purchase", "completed"),
        "returned": pgettext("purchase", "returned"),
        "cancelled": pgettext("purchase", "cancelled"),
    }.get(code, code)


def channel(code: str, direction: str) -> str:
    """How an interaction reached us or left us."""
    return f"{channel_name(code)} →" if direction == "out" else f"{channel_name(code)} ←"


def channel_name(code: str) -> str:
    """What people are in contact by."""
    return {
        "phone": _("phone"), "mail": _("mail"), "sns": _("social media"), "message": _("message"), "visit": _("visit"),
    }.get(code, code)  # fmt: skip


def interaction_kind(code: str) -> str:
    """What an interaction was about."""
    return {
        "inquiry": _("inquiry"), "order": _("order"), "delivery": _("delivery"), "return": _("return"),
        "complaint": _("complaint"), "callback": _("callback"), "notice": _("notice"), "other": _("other"),
    }.get(code, code)  # fmt: skip


def follow_up_kind(code: str) -> str:
    """What was promised."""
    return {"callback": _("callback promised"), "send": _("to send"), "check": _("to check")}.get(code, code)


def contact_refused(one: RefusalFact) -> str:
    """Which way the customer must not be contacted, and what for."""
    way = channel_name(one.channel)
    if one.contact_point:
        way += f" {parse_number(one.contact_point).display or one.contact_point}"
    return _("{channel} ({purpose})").format(channel=way, purpose=one.purpose) if one.purpose else way


def consent(code: str) -> str:
    """What the customer said of being contacted."""
    return {"granted": _("granted"), "refused": _("refused"), "withdrawn": _("withdrawn")}.get(code, code)


def blocked(code: str, why: str) -> str:
    """Why one is warned of a number."""
    words = {"warned": _("▲ Nuisance calls from this number"), "blocked": _("⊘ Blocked number")}.get(code, code)
    return _("{warning}: {reason}").format(warning=words, reason=why) if why else words


def lifecycle(code: str) -> str:
    """Where a customer stands with us."""
    return {
        "prospect": _("prospect"), "active": _("active"), "loyal": _("loyal"), "dormant": _("dormant"),
        "former": _("former"),
    }.get(code, code)  # fmt: skip


def made_words(call: Call, now: datetime) -> str:
    """What was made of a call: its complaint and what is still promised."""
    told: list[str] = []
    if (one := call.made.complaint) is not None:
        told.append("▲ " + _("Complaint {no}: {about}").format(no=one.complaint_no, about=one.category))
    for made in call.made.follow_ups:
        until = due(made.due_at, now)
        who = f" ({made.assignee})" if made.assignee else ""
        told.append(f"◆ {follow_up_kind(made.kind)} {until}{who}")
    return "   ".join(told)
