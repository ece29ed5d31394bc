"""What single settings are called on the screen, and the one line that helps with each."""

from app.setting_words.key_words import KeyWords
from app.words import _


def desk() -> dict[str, KeyWords]:
    """Of `[desk]`, in the order in which they are shown."""
    return {
        "operator": KeyWords(
            _("Who usually sits here"), _("A login, as it stands in records and notes. Empty: the login of this PC.")
        ),
        "operator_at_start": KeyWords(
            _("Who sits here after a start"),
            _("On a shared PC let Omote ask."),
            choices={
                "last": _("whoever sat here last"),
                "usual": _("always the usual one"),
                "ask": _("somebody has to say so"),
            },
        ),
        "role": KeyWords(
            _("What is shown here"),
            _("Less than IT allows is always possible, more never."),
            choices={
                "": _("everything that is allowed"),
                "operator": _("an operator's own"),
                "supervisor": _("also what supervisors see"),
                "administrator": _("also what administrators see"),
            },
        ),
        "language": KeyWords(
            _("Language"),
            _("What is chosen at the foot of this window counts before it."),
            choices={"": _("the system's"), "ja": "日本語", "en": "English"},
        ),
        "theme": KeyWords(
            _("Colours"),
            _("At once, without a new start."),
            choices={"system": _("as the system"), "light": _("light"), "dark": _("dark")},
        ),
        "on_top_while_ringing": KeyWords(
            _("Keep the pop above all windows while it rings"), _("At once, without a new start.")
        ),
        "disposition_required": KeyWords(
            _("A call needs a disposition before it can be finished"),
            _("For calls that somebody answered, or in which something was written. “Later” always works."),
        ),
        "hotkey_call": KeyWords(
            _("Key that takes you to the call"), _("From any program: Ctrl+Alt+O, for example. Empty: none.")
        ),
        "hotkey_note": KeyWords(_("Key that takes you to the note"), _("The same, straight into the note.")),
        "hotkey_dial": KeyWords(
            _("Key that dials what is selected"), _("The number that is selected or copied in any program.")
        ),
        "dial_with": KeyWords(_("Dial through"), _("Empty: the first source that can dial.")),
        "programs": KeyWords(
            _("Actions may start programs"),
            _("Only the settings for the whole PC can allow it; here it can be forbidden again."),
        ),
    }


def site() -> dict[str, KeyWords]:
    """Of `[site]`, in the order in which they are shown."""
    return {
        "extensions": KeyWords(
            _("Extensions of this house"),
            _("One per line: 201, a pattern 2xx, a range 3000-3999. Empty: every number of up to five digits."),
        ),
        "outside_prefix": KeyWords(
            _("Digit for an outside line"), _("What this house dials before outside numbers, such as 0.")
        ),
        "complaints_verified_by_another": KeyWords(
            _("Somebody else verifies a resolved complaint"), _("Switch it off where one person works alone.")
        ),
        "answered_within": KeyWords(
            _("Answered in time within"),
            _("For the service level of reports and live board."),
            unit=_("seconds (1 to 3600)"),
        ),
        "short_call": KeyWords(
            _("Hung up sooner than"),
            _("Such callers are counted apart, in no service level."),
            unit=_("seconds (0 to 3600)"),
        ),
        "service_level": KeyWords(
            _("Callers who gave up in time count"),
            _("Reports and board print the formula."),
            choices={
                "against": _("against the service level"),
                "left_out": _("not at all"),
                "for": _("for the service level"),
            },
        ),
        "repeat_days": KeyWords(
            _("Repeat caller within"),
            _("Whoever rings again within so many days was not done with the first call."),
            unit=_("days (1 to 30)"),
        ),
        "report_zone": KeyWords(_("Time zone of reports"), _("Such as Asia/Tokyo. Empty: this PC's.")),
        "recording_url": KeyWords(
            _("Where recordings lie"),
            _("A web address with places such as {source_id}, {number}, {date}. Empty: no button in the call log."),
        ),
    }


def database() -> dict[str, KeyWords]:
    """Of `[database]`, in the order in which they are shown."""
    return {
        "url": KeyWords(
            _("Where the records are"),
            _("“sqlite”: a file on this PC, for one desk. A team's server: postgresql://user@host/name, no password."),
        ),
        "password_file": KeyWords(_("Password in a file"), _("Instead of the keyring, readable by its owner alone.")),
    }


def trace() -> dict[str, KeyWords]:
    """Of `[trace]`, in the order in which they are shown."""
    return {
        "mask_numbers": KeyWords(_("Mask callers' numbers in traces"), _("In the log they always are.")),
        "wire": KeyWords(
            _("Keep every SIP message"),
            _("Start line and headers, for whoever looks for a fault. They hold names and numbers."),
        ),
    }


def updates() -> dict[str, KeyWords]:
    """Of `[updates]`, in the order in which they are shown."""
    return {
        "manifest": KeyWords(
            _("Address that tells of newer versions"), _("Empty: nobody is asked. IT installs them, Omote only tells.")
        ),
        "public_key": KeyWords(_("Key whose signature counts"), _("Of minisign.")),
        "channel": KeyWords(
            _("Which versions"), choices={"stable": _("stable"), "beta": _("also before they are stable")}
        ),
    }
