"""Where each setting stands on the page: groups that people know, in their order, and which keys come first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.choices import folded
from app.setting_words import lists, single, sources
from app.setting_words.key_words import KeyWords
from app.settings_tables import REPEATED, hints_of
from app.words import _

_OF_TABLE: Mapping[str, Callable[[], dict[str, KeyWords]]] = {
    "desk": single.desk,
    "site": single.site,
    "database": single.database,
    "trace": single.trace,
    "updates": single.updates,
    "source": sources.source,
    "line": lists.line,
    "disposition": lists.disposition,
    "template": lists.template,
    "action": lists.action,
}
OF_AN_OPERATOR = {
    "desk": {"language", "theme", "on_top_while_ringing", "hotkey_call", "hotkey_note", "hotkey_dial"},
    "template": {"name", "text", "line", "key"},
}
"""What is a matter of taste: all that somebody sees who sets nothing up."""
_SELDOM = {
    "bind", "allow", "check_contact", "identity", "dialled_from", "linked_header", "calls_per_second", "channels",
    "dial_context", "region", "password_file", "ca_file", "tls_name", "certificate", "microphone", "speaker",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """One entry of the list beside the page, all of one table."""

    table: str
    title: str
    help: str

    @property
    def is_list(self) -> bool:
        """Whether its table may stand several times."""
        return self.table in REPEATED


def groups(*, is_whole: bool) -> tuple[Group, ...]:
    """All of them, or those in which whoever works here has something to set."""
    return tuple(one for one in _all() if is_whole or one.table in OF_AN_OPERATOR)


def keys_of(table: str, kind: str = "sip", *, is_whole: bool = True) -> dict[str, KeyWords]:
    """Those that a table has, of a source those of its kind, in the order in which they are shown."""
    known, hints = _OF_TABLE[table](), hints_of(table, kind)
    mine = OF_AN_OPERATOR.get(table, set())
    return {key: words for key, words in known.items() if key in hints and (is_whole or key in mine)}


def is_seldom(table: str, key: str, kind: str = "sip") -> bool:
    """Whether it stands folded away as long as nobody has set it."""
    return table == "source" and key in _SELDOM and not (kind == "push" and key in ("allow", "certificate"))


def finds(typed: str, *texts: str) -> bool:
    """Whether every typed word stands in one of them, in whatever width, case and kana."""
    whole = folded(" ".join(texts))
    return all(word in whole for word in folded(typed).split())


def found_in(group: Group, typed: str, *, is_whole: bool = True) -> Iterator[str]:
    """Its keys that the typed words mean: by label, help, words of choices, or the key as the file has it."""
    kinds = _OF_TABLE["source"]()["kind"].choices if group.table == "source" else ("",)
    for kind in kinds:
        for key, words in keys_of(group.table, kind, is_whole=is_whole).items():
            if finds(typed, group.title, words.label, words.help, *words.choices.values(), key):
                yield key


def _all() -> tuple[Group, ...]:
    return (
        Group("desk", _("This desk"), _("How Omote looks and behaves on this PC.")),
        Group("source", _("Telephone system"), _("Where calls come from. Without one, no call is seen.")),
        Group("line", _("Lines"), _("What you call the numbers that people dial, and what happens when one rings.")),
        Group("disposition", _("What calls come to"), _("What can come of a call. Empty: what the records offer.")),
        Group("template", _("Templates"), _("Ready words for notes: Ctrl+T lists them.")),
        Group("action", _("Other systems"), _("What is opened beside the card, with what the call says.")),
        Group("database", _("Records"), _("Where customers, calls and notes are kept.")),
        Group("site", _("House rules"), _("How the house numbers its telephones and counts its calls.")),
        Group("trace", _("Traces"), _("What is kept of each call for whoever looks for a fault.")),
        Group("updates", _("Updates"), _("How Omote learns of newer versions. Only IT can set it.")),
    )
