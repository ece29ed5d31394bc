"""Why did this call pop, or why not? The trace's facts in sentences, for the main window and for `omote replay`.

`Facts` is a line of the trace (docs/trace.md). Nothing is decided here anew: a sentence only says what a line holds.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.not_shown import NotShown
from app.trace import STAMPS
from app.trouble_words import trouble_alone
from app.why_course import shown, what_became_of_it
from app.why_sources import what_each_said
from app.words import _, ngettext
from db.errors import Trouble

Facts = Mapping[str, Any]
_SURE = ("remembered", "extension", "exact")
_SLOW_US = 100_000  # a pop that took longer says which step it was


def story(lines: Sequence[Facts]) -> list[str]:
    """Everything that the trace holds about one call; [] for no lines."""
    withheld = next((line for line in lines if line["type"] == "withheld"), None)  # nobody hears what stood before
    offered = withheld or next((line for line in lines if line["type"] == "offered"), None)
    told = [] if offered is None else [*who_calls(offered), *what_each_said(lines), *who_it_may_be(offered)]
    if offered is not None and offered.get("direction") == "out":
        return [*told, *what_became_of_it(lines)]
    return [*told, *whether_it_popped(lines), *what_became_of_it(lines), *who_the_new_caller_is(lines)]


def who_calls(facts: Facts) -> list[str]:
    """The caller, which header said so, or why there is no number; or whom this desk has called."""
    if facts.get("direction") == "out":
        return [_("Called from here: {number}.").format(number=shown(facts["number"]))]
    if facts["withheld"] is not None:
        return [_withheld(facts["withheld"])]
    if not facts["number"]:
        return [_("The telephone system told no number.")]
    told = [_caller(shown(facts["number"]), facts.get("identity_from"))]
    if facts.get("verstat") == "failed":
        told.append(_("The network found that this number may be spoofed."))
    return told


def who_it_may_be(facts: Facts) -> list[str]:
    """Whether it is sure who it is, and why or why not. `facts` are those of the time when it was matched."""
    told = _who_it_may_be(facts)
    return [*told, _("Notes and names could not be searched.")] if facts.get("unsearched") is not None else told


def _who_it_may_be(facts: Facts) -> list[str]:
    if facts.get("trouble") is not None:
        return [_("Nobody was looked up: {why}").format(why=trouble_alone(Trouble(facts["trouble"])))]
    if facts["opened"] is not None:
        return [_opened(facts)]
    if facts["candidates"]:
        return [_not_opened(facts)]
    if facts["withheld"] is not None or not facts["number"]:
        return []
    if not facts["number"].startswith("+"):
        return [_("This is no number of the telephone network: nobody was looked up.")]
    return [_("No customer has this number.")]


def whether_it_popped(lines: Sequence[Facts]) -> list[str]:
    """Whether its name has reached the screen, how fast, and if not, why."""
    if not lines:
        return []
    popped = next((line for line in lines if line["type"] == "pop"), None)
    if popped is not None:
        return _popped(popped)
    why = lines[-1]["why_no_pop"]
    if why is not None:
        return [why_no_pop(why)]
    if lines[-1].get("break"):
        return [_("It came to the strip without a sign: this desk was on a break.")]
    if any(line["type"] in ("answered", "ended") for line in lines):
        return [_("It was over before its name could be drawn.")]
    return [_("Its name has not been drawn yet.")]


def whether_it_would_pop(lines: Sequence[Facts]) -> list[str]:
    """The decision alone, where no window is."""
    reasons = [line["why_no_pop"] for line in lines]
    if not reasons or None not in reasons:
        return [why_no_pop(reason) for reason in reasons[:1]]
    if reasons[0] == "internal_call":
        return [_("It rings from an extension first, and pops when the caller changes.")]
    return [_("It pops.") if reasons[0] is None else _("It pops once somebody has answered.")]


def why_no_pop(why: str) -> str:
    """`why_no_pop` of the trace in words, with what to do."""
    return {
        "internal_call": _("It did not pop: the caller is an extension, and internal calls never pop."),
        "line_never": _('It did not pop: its line is set to pop = "never". [[line]] in the settings changes that.'),
        "line_pops_on_answer": _(
            'It did not pop: its line is set to pop = "answer", and nobody has answered. [[line]] changes that.'
        ),
        "no_window": _("It did not pop: omote listen has no window."),
    }.get(why, why)


def why_not_offered(because: str) -> str:
    """`because` of the trace in words: why an INVITE did not become a call."""
    return {
        "stranger": _("This address is neither the server's nor allowed."),
        "wrong_contact": _("It was not for the name under which Omote registered."),
        "in_dialog": _("It belongs to a call that Omote does not know."),
        "not_telephony": _("It was for no telephone address (sip: or tel:)."),
        "malformed": _("The message breaks the rules of SIP."),
        "too_many_calls": _("Too many calls were ringing at once."),
        "too_many_connections": _("This address had too many connections open at once."),
        "forged": _("Its token or signature is wrong."),
        "too_long": _("It was longer than anything that tells of a call."),
        "flood": _("More calls came than one place may bring, and this was no customer's number."),
    }.get(because, because)


def what_to_do(because: str) -> str:
    """What helps if it should have become a call."""
    return {
        "stranger": _("If it is your PBX, add the address to allow in [[source]]. Otherwise somebody tries numbers."),
        "wrong_contact": _(
            "An old registration: wait two minutes. If it stays, the PBX rewrites the name: check_contact = false."
        ),
        "in_dialog": _("Usually nothing: a call from before Omote was started."),
        "not_telephony": _("Let the PBX send sip: or tel: addresses."),
        "malformed": _("Switch [trace] wire on, and show the message to the maker of the PBX."),
        "too_many_calls": _("Look whether somebody floods the PBX."),
        "too_many_connections": _("Let the PBX send all calls over one connection (TCP or TLS)."),
        "flood": _("Look whether somebody floods the PBX."),
        "forged": _("If it is your PBX, give it the address that Omote shows. Otherwise somebody tries."),
        "too_long": _("Look what it is that sends to Omote."),
    }.get(because, "")


def who_the_new_caller_is(lines: Sequence[Facts]) -> list[str]:
    """After a transfer: what was known of the last caller when something happened next; nothing before that."""
    changes = [place for place, line in enumerate(lines) if line["type"] == "caller_changed"]
    if not changes or len(lines) == changes[-1] + 1:
        return []
    return [_("The new caller. {what}").format(what=sentence) for sentence in who_it_may_be(lines[-1])]


def not_shown_story(one: NotShown) -> list[str]:
    """What came, from where and how often, why it did not become a pop, and what to do about it."""
    first, last = (f"{at.astimezone():%H:%M:%S}" for at in (one.first, one.last))
    when = first if first == last else f"{first}–{last}"
    if one.is_call:
        return [_("{when}: call from {who}.").format(when=when, who=from_whom(one)), why_no_pop(one.why)]
    times = ngettext("{when}: {n} attempt from {who}.", "{when}: {n} attempts from {who}.", one.count)
    told = times.format(when=when, n=one.count, who=from_whom(one))
    return [told, why_not_offered(one.why), what_to_do(one.why)]


def from_whom(one: NotShown) -> str:
    """An address, a caller, or words for none."""
    if one.who:
        return one.who
    return _("a caller without a number") if one.is_call else _("many addresses")


def _caller(number: str, told_by: str | None) -> str:
    if told_by == "dialog_info":
        return _("Caller: {number}, from a dialog event of the telephone.").format(number=number)
    if told_by in _OTHER_SOURCES:
        return _by_another_source(number, told_by)
    if (header := _HEADERS.get(told_by or "")) is not None:
        return _("Caller: {number}, from the header {header}.").format(number=number, header=header)
    return _("Caller: {number}.").format(number=number)


def _by_another_source(number: str, told_by: str) -> str:
    return {
        "ami": _("Caller: {number}, from the PBX's events."),
        "push": _("Caller: {number}, as the PBX has reported."),
        "ncid": _("Caller: {number}, from the caller-ID box."),
        "command": _("Caller: {number}, from the command omote pop."),
    }[told_by].format(number=number)


def _withheld(reason: str) -> str:
    return {
        "anonymous": _("The caller withholds the number."),
        "payphone": _("The call comes from a payphone, which has no number."),
        "out_of_area": _("The number cannot be told: out of area."),
        "service_conflict": _("The number cannot be told: another service is in the way."),
    }[reason]


def _opened(facts: Facts) -> str:
    reason = next((one["reason"] for one in facts["candidates"] if one["customer"] == facts["opened"]), None)
    if reason == "extension":
        return _("The customer is {customer}: nobody else has this number with this extension.").format(
            customer=facts["opened"]
        )
    return _("The customer is {customer}: nobody else has exactly this number.").format(customer=facts["opened"])


def _not_opened(facts: Facts) -> str:
    sure = [one for one in facts["candidates"] if one["reason"] in _SURE]
    who = ", ".join(one["customer"] for one in sure or facts["candidates"])
    if facts.get("verstat") == "failed":
        return _("No card opened by itself, since the number may be spoofed. Candidates: {who}.").format(who=who)
    if len(sure) > 1:
        n = len(sure)
        return ngettext(
            "{n} customer has this number, so none opened by itself: {who}.",
            "{n} customers have this number, so none opened by itself: {who}.",
            n,
        ).format(n=n, who=who)
    if sure:
        return _unsure(sure[0]).format(who=who)
    return _("Nobody has exactly this number; candidates: {who} ({why}).").format(
        who=who, why=_near(facts["candidates"][0]["reason"])
    )


def _near(reason: str) -> str:
    """What speaks for somebody who does not have the number."""
    return {
        "suffix": _("the last eight digits"),
        "mentioned": _("mentioned in a note"),
        "name": _("the caller's name"),
    }.get(reason) or _("household, company or switchboard")


def _unsure(one: Facts) -> str:
    if one["reason"] == "remembered" and "besides" not in one:
        return _("{who} was chosen last time, but the records do not have this number there: none opened by itself.")
    if one.get("shared"):
        return _("{who} has this number, but it serves many (a switchboard): none opened by itself.")
    if one.get("stale"):
        return _("{who} had this number, but it may have changed hands: none opened by itself.")
    return _("{who} has this number, but not for sure: none opened by itself.")


def _popped(line: Facts) -> list[str]:
    painted = line["stamps_us"]["painted"]
    if painted is None:
        return [_("It popped.")]
    told = [_("It popped: {ms} ms from packet to paint.").format(ms=f"{painted / 1000:.1f}")]
    return told if painted < _SLOW_US else [*told, _slowest(line["stamps_us"])]


def _slowest(stamps: Mapping[str, int | None]) -> str:
    """The step that took longest."""
    reached = [(name, at) for name in STAMPS if (at := stamps.get(name)) is not None]
    took = {after[0]: after[1] - before[1] for before, after in pairwise(reached)}
    step = max(took, key=lambda name: took[name])
    return {
        "parsed": _("Most of it to understand the message ({ms} ms): the PC is overloaded."),
        "matched": _("Most of it for the records ({ms} ms): the disk is slow, or somebody else writes to them."),
        "shown": _("Most of it until the window had time ({ms} ms)."),
        "painted": _("Most of it to draw ({ms} ms): a slow display, or a remote one."),
    }[step].format(ms=f"{took[step] / 1000:.1f}")


_OTHER_SOURCES = ("ami", "push", "ncid", "command")
_HEADERS = {"pai": "P-Asserted-Identity", "rpid": "Remote-Party-ID", "from": "From"}
