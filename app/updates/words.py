"""What is known of newer versions, in the words of the screen and of the command line."""

from app.diagnosis.finding import Finding, attention, ok
from app.network_words import network_words
from app.updates.checking import Found, Here, Outcome
from app.updates.manifest import Manifest
from app.updates.refusal import Refused, Why
from app.words import _, in_one_line, language


def finding(outcome: Outcome, here: Here) -> Finding:
    """For IT: what there is, or why nothing is known of it, and what to do."""
    if isinstance(outcome, Refused):
        return attention(*_refused(outcome))
    if not outcome.is_newer:
        return ok(_("{version} is the newest version.").format(version=here.version))
    words = _newer(outcome), _what_to_do(outcome, here)
    return ok(in_one_line(*words)) if outcome.is_within_reach else attention(*words)


def news_words(version: str) -> str:
    """For the line of states: nothing that anybody at the desk has to do."""
    return _("Version {version} is there; your IT installs it").format(version=version)


def installed_words() -> str:
    """For the line of states, while the version before still runs."""
    return _("A new version has been installed: start Omote again when it suits you")


def notes_of(manifest: Manifest) -> str:
    """What is new, in the language now in use if it is told in that; "" if nothing is told."""
    return manifest.notes.get(language()) or manifest.notes.get("en") or next(iter(manifest.notes.values()), "")


def _newer(found: Found) -> str:
    told = found.manifest
    return _("version {version} is there, of {day}.").format(version=told.version, day=f"{told.issued:%Y-%m-%d}")


def _what_to_do(found: Found, here: Here) -> str:
    told = found.manifest
    if not found.is_within_reach:
        return _(
            "It opens records from schema {oldest} to {newest}, these are {schema}: install one in between."
        ).format(oldest=told.oldest_schema, newest=told.newest_schema, schema=here.schema)
    if told.newest_schema != here.schema:
        return _("Install it when nobody calls; it brings the records from schema {schema} to {newest}.").format(
            schema=here.schema, newest=told.newest_schema
        )
    return _("Install it when nobody calls; the records stay as they are.")


def _refused(refused: Refused) -> tuple[str, str]:
    """The fact and what to do about it."""
    words = _on_the_way(refused) | _in_the_file(refused)
    fact, todo = words[refused.reason]
    return _("nothing is known of newer versions: {why}.").format(why=fact), todo


def _on_the_way(refused: Refused) -> dict[Why, tuple[str, str]]:
    why, again = network_words(refused.detail), _("Correct manifest under [updates], or ask whoever runs that server.")
    return {
        Why.UNREACHABLE: (_("the manifest cannot be reached ({why})").format(why=why), again),
        Why.ANSWER: (_("the server answers {status}").format(status=refused.detail), again),
        Why.TLS: (_("the server's certificate is not good ({why})").format(why=why), again),
        Why.NO_FILE: (_("{path} is not there").format(path=refused.detail), again),
        Why.TOO_LARGE: (_("what is there is too large for a manifest"), again),
        Why.NO_LIBRARY: (
            _("this PC has no library for signatures"),
            _("Look at the releases by hand; this is so on Macs with Intel."),
        ),
    }  # fmt: skip


def _in_the_file(refused: Refused) -> dict[Why, tuple[str, str]]:
    publish = _("Publish the manifest of a release again, with its signature beside it.")
    stay = _("Install nothing from there before whoever signs releases has explained it.")
    older = _("the manifest is older than one that was here before ({which})")
    return {
        Why.NOT_SIGNED: (_("the manifest has no signature beside it (.minisig)"), publish),
        Why.OTHER_KEY: (_("the manifest is signed with another key than public_key"), stay),
        Why.BAD_SIGNATURE: (_("the manifest is not what was signed"), stay),
        Why.MALFORMED: (_("the manifest cannot be understood ({why})").format(why=refused.detail), publish),
        Why.OTHER_CHANNEL: (
            _("the manifest is of the channel {channel}").format(channel=refused.detail),
            _("Correct channel or manifest under [updates]."),
        ),
        Why.EXPIRED: (_("the manifest was true until {day}").format(day=refused.detail), publish),
        Why.OLDER: (older.format(which=refused.detail), stay),
    }  # fmt: skip
