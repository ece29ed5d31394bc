"""A complaint made of the note: what it is about, how grave, which product, whose, until when. The note is its text."""

from collections.abc import Sequence

from app.call import Call
from app.choices import Choice, folded
from app.complaints import ComplaintWish
from app.words import _
from ui.choice_field import ChoiceField, FreeField
from ui.due_field import DueField
from ui.line_field import LineField
from ui.severity_row import SeverityRow
from ui.wrap_up_form import Offers, State, WrapUpForm, Wrong


class ComplaintForm(WrapUpForm):
    """Filled so that Enter is enough: two keystrokes make a complaint."""

    def __init__(self) -> None:
        super().__init__(_("Make a complaint of it"), _("Save"))
        self.category, self.product, self.handler = FreeField(), FreeField(), ChoiceField()
        self.severity, self.due = SeverityRow(), DueField()
        self.product.setPlaceholderText(_("if it is about one"))
        self.add_row(_("About"), self.category)
        self.add_row(_("Severity"), self.severity)
        self.add_row(_("Product"), self.product)
        self.add_row(_("Handler"), self.handler)
        self.add_row(_("Until"), self.due, self.due.meaning)
        self.severity.entered.connect(self.save)

    def begin(self, call: Call, offers: Offers) -> None:
        self.category.choose(offers.about or _mentioned(call, offers.choices.categories) or _("Other"))
        self.severity.choose(3)
        self.product.choose("")
        self.handler.choose(offers.me)
        self.due.choose("")

    def offer(self, call: Call, offers: Offers) -> None:
        self.category.offer([Choice(one, (one,)) for one in offers.choices.categories])
        self.product.offer([Choice(one, (one,)) for one in _products(call, offers.choices.products)])
        self.handler.offer(people(offers))
        self.due.begin(offers.now)

    def first(self) -> LineField:
        return self.category

    def made(self) -> object:
        if not self.category.words:
            return Wrong(self.category, _("Say what it is about."))
        if self.due.is_wrong:
            return Wrong(self.due, _("Not a time to come"))
        return ComplaintWish(
            self.category.words, self.severity.level, self.product.words, self.handler.key, self.due.due()
        )

    def state(self) -> State:
        return (
            self.category.words, str(self.severity.level), self.product.words, self.handler.key, self.due.words
        )  # fmt: skip

    def restore(self, state: State) -> None:
        category, level, product, handler, due = state
        self.category.choose(category)
        self.severity.choose(int(level))
        self.product.choose(product)
        self.handler.choose(handler)
        self.due.choose(due)


def people(offers: Offers) -> list[Choice]:
    """The operators by name, the one who sits here first."""
    names, me = dict(offers.choices.operators), offers.me
    mine = Choice(me, (_("{name} (me)").format(name=names.get(me, me)),), me)
    return [mine, *(Choice(login, (name,), login) for login, name in names.items() if login != me)]


def _products(call: Call, known: Sequence[str]) -> list[str]:
    """What this customer bought lately comes first."""
    bought = [item.name for one in call.pop.facts.purchases for item in one.items] if call.pop.facts else []
    return list(dict.fromkeys([*bought, *known]))


def _mentioned(call: Call, known: Sequence[str]) -> str:
    """The first of these that the note says."""
    said = folded(call.note.body)
    return next((one for one in known if folded(one) in said), "")
