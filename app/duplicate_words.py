"""Why two records may be one customer, what can be chosen, and why not: in the words of screen and command line."""

from app.errors import UserError
from app.words import _
from db.duplicates.score import AGAINST, Sign
from db.merging.fields import Choice, Field
from db.merging.refused import MergeRefused, Why


def sign_words(sign: Sign) -> str:
    """What speaks for two records being one customer, or against it."""
    return {
        Sign.SAME_NAME: _("same name"),
        Sign.SAME_READING: _("read alike"),
        Sign.PART_OF_NAME: _("family name only"),
        Sign.SAME_GIVEN_NAME: _("same given name, other family name"),
        Sign.RARE_NAME: _("rare name"),
        Sign.SAME_NUMBER: _("same number"),
        Sign.SAME_OLD_NUMBER: _("same number, out of use"),
        Sign.SAME_SWITCHBOARD: _("same switchboard"),
        Sign.SAME_EMAIL: _("same e-mail"),
        Sign.SAME_BIRTH_DATE: _("same birth date"),
        Sign.SAME_ADDRESS: _("same address"),
        Sign.SAME_COMPANY: _("same company"),
        Sign.SAME_EXTERNAL_ID: _("same key in another system"),
        Sign.OTHER_NAME: _("different names"),
        Sign.OTHER_GIVEN_NAME: _("different given names"),
        Sign.OTHER_READING: _("different readings"),
        Sign.OTHER_SCRIPT: _("names in different scripts"),
        Sign.OTHER_BRANCH: _("different branches"),
        Sign.OTHER_KIND: _("a person and a company"),
        Sign.OTHER_BIRTH_DATE: _("different birth dates"),
        Sign.OTHER_EXTERNAL_ID: _("different keys in one system"),
        Sign.OTHER_TOWN: _("different towns"),
        Sign.TOLD_APART: _("recorded as two who belong together"),
    }[sign]


def speaks_against(sign: Sign) -> bool:
    """Whether it makes it less likely."""
    return sign in AGAINST


def field_words(field: Field) -> str:
    """The name of a line of the comparison."""
    return {
        Field.NAME: _("Name"),
        Field.READING: _("Reading"),
        Field.KIND: _("Kind"),
        Field.COMPANY: _("Company"),
        Field.RANK: _("Rank"),
        Field.LIFECYCLE_STAGE: _("Stage"),
        Field.BIRTH_DATE: _("Birth date"),
        Field.ADDRESS: _("Address"),
        Field.EMAIL: _("E-mail"),
        Field.PREFERRED_CHANNEL: _("Preferred channel"),
        Field.LANGUAGE: _("Language"),
        Field.MEMO: _("Memo"),
    }[field]


def choice_words(choice: Choice) -> str:
    """Whose value a field gets; the kept record stands left."""
    return {Choice.KEPT: _("left"), Choice.MERGED: _("right"), Choice.BOTH: _("both")}[choice]


def why_refused(refused: MergeRefused) -> UserError:
    """Why nothing was merged, or undone, and what to do."""
    who = refused.detail
    what, todo = {
        Why.GONE: (_("There is no such record any more."), _("Search for duplicates again.")),
        Why.SAME: (_("This is one and the same record."), _("Choose two.")),
        Why.ALREADY: (_("{customer} was merged meanwhile."), _("Search for duplicates again.")),
        Why.ERASED: (_("{customer} was erased."), _("Erased records cannot be merged or parted.")),
        Why.CHANGED: (_("{customer} was changed by somebody else meanwhile."), _("Compare the two again.")),
        Why.UNDONE: (_("This merge was undone already."), _("Nothing is to be done.")),
        Why.LATER: (_("A later merge of the same customer is in the way: {customer}."), _("Undo that one first.")),
    }[refused.why]
    return UserError(what.format(customer=who), todo)
