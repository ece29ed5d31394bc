"""A follow-up promised in a call: what, until when, by whom."""

from app.call import Call
from app.choices import Choice
from app.follow_ups import FollowUpKind, FollowUpWish
from app.words import _
from ui import wording
from ui.choice_field import ChoiceField
from ui.complaint_form import people
from ui.due_field import DueField
from ui.line_field import LineField
from ui.wrap_up_form import Offers, State, WrapUpForm, Wrong

_TEAM = "*"  # no login; the team's follow-ups have none


class FollowUpForm(WrapUpForm):
    """A callback in an hour by the one who sits here, unless told otherwise."""

    def __init__(self) -> None:
        super().__init__(_("Promise a follow-up"), _("Save"))
        self.kind, self.assignee, self.due, self.text = ChoiceField(), ChoiceField(), DueField(), LineField()
        self.add_row(_("Kind"), self.kind)
        self.add_row(_("Until"), self.due, self.due.meaning)
        self.add_row(_("By"), self.assignee)
        self.add_row(_("About"), self.text)
        self.text.returnPressed.connect(self.save)
        self.kind.offer([Choice(kind, (wording.follow_up_kind(kind),), kind) for kind in FollowUpKind])

    def begin(self, call: Call, offers: Offers) -> None:
        self.kind.choose(FollowUpKind.CALLBACK)
        self.assignee.choose(offers.me)
        self.due.choose(_("in 1 hour"))
        self.text.clear()

    def offer(self, call: Call, offers: Offers) -> None:
        mine, *others = people(offers)
        self.assignee.offer([mine, Choice(_TEAM, (_("the team"),), "team"), *others])
        self.due.begin(offers.now)

    def first(self) -> LineField:
        return self.due

    def made(self) -> object:
        due = self.due.due()
        if due is None:
            return Wrong(self.due, _("Say until when."))
        if not self.kind.key:
            return Wrong(self.kind, _("Say what is to be done."))
        assignee = "" if self.assignee.key == _TEAM else self.assignee.key
        return FollowUpWish(FollowUpKind(self.kind.key), due, assignee, self.text.text().strip())

    def state(self) -> State:
        return (self.kind.key, self.due.words, self.assignee.key, self.text.text())

    def restore(self, state: State) -> None:
        kind, due, assignee, text = state
        self.kind.choose(kind)
        self.due.choose(due)
        self.assignee.choose(assignee)
        self.text.setText(text)
