"""What the keys of lines, dispositions, templates and actions are called on the screen."""

from app.setting_words.key_words import KeyWords
from app.words import _


def line() -> dict[str, KeyWords]:
    """Of `[[line]]`, in the order in which they are shown."""
    return {
        "dialled": KeyWords(_("Number that is dialled"), _("Written in any way, or an extension.")),
        "name": KeyWords(_("What the pop calls it"), _("Such as Main shop.")),
        "pop": KeyWords(
            _("The pop opens"),
            choices={"ring": _("when it rings"), "answer": _("when somebody has answered"), "never": _("never")},
        ),
        "sound": KeyWords(_("Sound while it rings"), _("A WAV file. Empty: silence.")),
        "region": KeyWords(
            _("Country of its numbers"), _("Two letters, JP: numbers without a country code are read so.")
        ),
        "outside_prefix": KeyWords(_("Digit for an outside line"), _("Empty: as under House rules.")),
    }


def disposition() -> dict[str, KeyWords]:
    """Of `[[disposition]]`, in the order in which they are shown."""
    return {
        "code": KeyWords(_("Code"), _("Unique, such as inquiry.delivery. Never give an old code another meaning.")),
        "ja": KeyWords(_("Words in Japanese"), _("Empty: those in English.")),
        "en": KeyWords(_("Words in English"), _("Empty: those in Japanese.")),
        "parent": KeyWords(_("In the group"), _("The code of its group. What is a group can't be chosen itself.")),
        "needs_note": KeyWords(_("Needs a note"), _("A call with this code can be finished only with a note.")),
    }


def template() -> dict[str, KeyWords]:
    """Of `[[template]]`, in the order in which they are shown."""
    return {
        "name": KeyWords(_("Name in the list")),
        "text": KeyWords(
            _("Text"),
            _("Filled in: {name}, {number}, {customer_no}, {operator}, {date}, {time}, {line}. {cursor}: go on here."),
        ),
        "line": KeyWords(_("Only on the line"), _("Empty: on all lines.")),
        "key": KeyWords(
            _("Key word"), _("Followed by a blank it becomes the text. Begin it with a sign, such as ;th.")
        ),
    }


def action() -> dict[str, KeyWords]:
    """Of `[[action]]`, in the order in which they are shown."""
    return {
        "name": KeyWords(_("Words on the link")),
        "on": KeyWords(
            _("It opens"),
            choices={
                "click": _("at a click on the card"),
                "ring": _("by itself when it rings"),
                "answer": _("by itself when somebody answers"),
            },
        ),
        "line": KeyWords(_("Only on the line"), _("Its name or number. Empty: on all lines.")),
        "url": KeyWords(_("Web address"), _("With {number}, {customer_no}, {name}, {line} or {extension} in it.")),
        "program": KeyWords(
            _("Program instead of an address"), _("One per line: the program, then each of its arguments.")
        ),
    }
