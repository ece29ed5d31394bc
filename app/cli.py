"""The command line's words. What each does is composed in app.main."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__
from app.argparse_words import speak_our_language
from app.words import _


class _Parser(argparse.ArgumentParser):
    """Repeats of what it does not know no value: somebody may have typed a password there."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, but for that."""
        known, unknown = self.parse_known_args(args, namespace)
        if unknown:
            from app.password_free import without_value  # noqa: PLC0415 -- only who mistypes waits for it

            shown = [without_value(one) if one.startswith("-") else "…" for one in unknown]
            self.error(_("unrecognized arguments: %s") % " ".join(shown))
        return known


def asked_language(argv: Sequence[str]) -> str:
    """What `--language` says, "" without it: help and refusals are in that language too."""
    first = argparse.ArgumentParser(add_help=False)
    first.add_argument("--language", nargs="?")
    return first.parse_known_args(argv)[0].language or ""


def parser() -> argparse.ArgumentParser:
    """`omote …`; without a command the program starts. argparse exits with 2 on wrong usage."""
    speak_our_language()
    top: argparse.ArgumentParser = _Parser(prog="omote", description=_("Shows who is calling."))
    top.add_argument("--version", action="version", version=f"Omote {__version__}", help=_("show the version and end"))
    top.set_defaults(command="start", json=False)
    whole = _("use once whatever the program is made of, and say what is missing")
    top.add_argument("--self-check", dest="command", action="store_const", const="self-check", help=whole)
    top.add_argument("--json", action="store_true", help=_("for scripts"))
    shared = argparse.ArgumentParser(add_help=False)
    for one, default in ((top, None), (shared, argparse.SUPPRESS)):
        offscreen = _("draw no window on a screen (for tests)")
        one.add_argument(
            "--offscreen", action="store_true", default=False if default is None else default, help=offscreen
        )
        one.add_argument("--profile", type=Path, metavar="DIR", default=default, help=_("keep all files under DIR"))
        said = _("this setting for this run, e.g. desk.theme=dark; may be given several times")
        one.add_argument(
            "--set", dest="settings", action="append", metavar="T.KEY=VALUE", help=said,
            default=[] if default is None else default,
        )  # fmt: skip
        one.add_argument("--language", choices=("ja", "en"), default=default, help=_("language of this run"))
    commands = top.add_subparsers(metavar=_("COMMAND"))
    _demo(commands, shared)
    _pop(commands, shared)
    dial = _plain(commands, shared, "dial", _("dial from the running program, which asks first where it costs more"))
    dial.add_argument("number", metavar="NUMBER", help=_("a number, or a tel:, callto: or sip: address"))
    _secret(commands, shared)
    _provision(commands, shared)
    _replay(commands, shared)
    _db(commands, shared)
    _import(commands, shared)
    _export(commands, shared)
    _duplicates(commands, shared)
    _audit(commands, shared)
    _person(commands, shared)
    _retention(commands, shared)
    _plain(commands, shared, "listen", _("no window: one JSON line per trace record"))
    _plain(commands, shared, "show", _("bring the running program's window to the front"))
    _plain(commands, shared, "ring-me", _("a real INVITE through the whole chain, with the time it took"))
    diagnose = _plain(commands, shared, "diagnose", _("test everything that a call needs and say what to do"))
    diagnose.add_argument("--json", action="store_true", help=_("for scripts"))
    bundle = _("write what support needs into a .zip: findings, settings, versions, log; no customers, no passwords")
    diagnose.add_argument("--bundle", type=Path, metavar="FILE", help=bundle)
    update = _plain(commands, shared, "update", _("whether a newer version is there; installs nothing"))
    update.add_argument("action", choices=("check",))
    update.add_argument("--json", action="store_true", help=_("for scripts"))
    config = _plain(commands, shared, "config", _("what the settings are and who said it, or what is wrong with them"))
    config.add_argument("action", choices=("check", "show"))
    config.add_argument("file", type=Path, nargs="?", metavar="FILE", help=_("instead of the user's"))
    config.add_argument("--json", action="store_true", help=_("for scripts"))
    return top


if TYPE_CHECKING:
    from datetime import date

    from db.audit.seen import Seen

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _plain(commands: "_Commands", shared: argparse.ArgumentParser, name: str, text: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, parents=[shared], help=text, description=text)
    made.set_defaults(command=name)
    return made


def _demo(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    demo = _plain(commands, shared, "demo", _("sample records and real calls to look at; touches nothing of yours"))
    demo.add_argument("--screenshot", type=Path, metavar="FILE", help=_("write a picture of the pop"))
    demo.add_argument("--exit-after", type=float, metavar="SECONDS", help=_("end by itself"))
    demo.add_argument("--theme", choices=("system", "light", "dark"), default="system", help=_("colours"))


def _pop(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    pop = _plain(commands, shared, "pop", _("pop in the running program; starts it if need be"))
    pop.add_argument("number", metavar="NUMBER")
    pop.add_argument("--name", default="", help=_("the caller's name, if known"))
    pop.add_argument("--line", default="", metavar="DIALLED", help=_("the number that was dialled"))
    pop.add_argument("--call", default="", metavar="ID", help=_("any name of it, to tell later how it went on"))
    told = pop.add_mutually_exclusive_group()
    for word, text in (("answered", _("it was answered here")), ("ended", _("it is over"))):
        told.add_argument(f"--{word}", dest="what", action="store_const", const=word, default="rings", help=text)


def _replay(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text, kinds = _("what recorded calls would do here, and why"), _("wire.jsonl, .sip, a folder of them, pcap, pcapng")
    replay = _plain(commands, shared, "replay", text)
    replay.add_argument("file", type=Path, nargs="+", metavar="FILE", help=kinds)
    replay.add_argument("--source", metavar="NAME", help=_("with the settings of this [[source]]"))
    replay.add_argument("--strict", action="store_true", help=_("hear only the peers that the settings allow"))
    replay.add_argument("--json", action="store_true", help=_("the trace's lines instead of words"))


def _db(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    db = _plain(commands, shared, "db", _("the records themselves: schema, health, backup, sizes"))
    db.add_argument("action", choices=("upgrade", "check", "backup", "stats", "rollback"))
    db.add_argument("file", type=Path, nargs="?", metavar="FILE", help=_("where the backup goes: a new file"))
    db.add_argument("--yes", action="store_true", help=_("go back; without it nothing is changed"))
    db.add_argument("--json", action="store_true", help=_("for scripts"))


def _import(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("customers and their history from a file into the records")
    what = _plain(commands, shared, "import", text).add_subparsers(metavar=_("WHAT"), required=True)
    for kind, about in (
        ("customers", _("customers, from CSV, .xlsx or vCards")),
        ("purchases", _("what customers bought, one item per line")),
        ("complaints", _("complaints and how they ended")),
        ("interactions", _("calls, mails and visits of the past")),
    ):
        _import_kind(what.add_parser(kind, parents=[shared], help=about, description=about), kind)
    past, back = _("what was imported, newest first"), _("take an import back")
    listed = what.add_parser("list", parents=[shared], help=past, description=past)
    undone = what.add_parser("undo", parents=[shared], help=back, description=back)
    undone.add_argument("batch", metavar="BATCH", help=_("its number, as the import said or list shows"))
    for made, kind in ((listed, "list"), (undone, "undo")):
        made.set_defaults(kind=kind)
        made.add_argument("--json", action="store_true", help=_("for scripts"))


def _import_kind(made: argparse.ArgumentParser, kind: str) -> None:
    made.set_defaults(kind=kind)
    made.add_argument("file", type=Path, metavar="FILE")
    made.add_argument("--mapping", type=Path, metavar="M.toml", help=_("which column is what, if headings don't say"))
    made.add_argument("--dry-run", action="store_true", help=_("say what would happen, change nothing"))
    made.add_argument("--encoding", default="", metavar="E", help=_("of a text file; otherwise it is recognised"))
    made.add_argument("--sheet", default="", metavar="NAME", help=_("of an Excel file; otherwise the first one"))
    duplicates = _("rows without a known key whose name and number a customer has (update)")
    made.add_argument("--duplicates", choices=("update", "skip", "create"), default="update", help=duplicates)
    made.add_argument("--refused", type=Path, metavar="FILE", help=_("where to write the refused rows"))
    made.add_argument("--json", action="store_true", help=_("for scripts"))


def _export(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("records into a file: .xlsx or CSV, as its name ends")
    what = _plain(commands, shared, "export", text).add_subparsers(metavar=_("WHAT"), required=True)
    one = _("all that is known about one customer")
    customer = what.add_parser("customer", parents=[shared], help=one, description=one)
    customer.add_argument("number", metavar="NO", help=_("the customer number"))
    _export_file(customer, "customer")
    for kind, about in (
        ("customers", _("customers with their telephone numbers")),
        ("calls", _("the call log with its notes")),
        ("purchases", _("what customers bought, one item per line")),
        ("complaints", _("complaints and how they ended")),
        ("interactions", _("calls, mails and visits of the past")),
    ):
        made = what.add_parser(kind, parents=[shared], help=about, description=about)
        if kind != "customers":
            made.add_argument("--from", dest="first", type=_day, metavar="DAY", help=_("the first day, 2026-11-01"))
            made.add_argument("--to", dest="last", type=_day, metavar="DAY", help=_("the last day"))
        _export_file(made, kind)


def _export_file(made: argparse.ArgumentParser, kind: str) -> None:
    made.set_defaults(kind=kind)
    made.add_argument("file", type=Path, metavar="FILE")
    encoding = _("of a CSV file; cp932 for old programs")
    made.add_argument("--encoding", choices=("utf-8", "cp932"), default="utf-8", help=encoding)
    replaced = _("write 〓 in place of characters that CP932 lacks")
    made.add_argument("--replace", action="store_true", help=replaced)
    made.add_argument("--json", action="store_true", help=_("for scripts"))


def _day(text: str) -> "date":
    from datetime import date  # noqa: PLC0415 -- the first window waits for what is imported above

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("{text} is no day such as 2026-11-01").format(text=text)) from error


def _duplicates(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("customers who may be recorded twice, the likeliest first")
    duplicates = _plain(commands, shared, "duplicates", text)
    duplicates.add_argument("--limit", type=_at_least_one, default=100, metavar="N", help=_("at most N pairs"))
    duplicates.add_argument("--json", action="store_true", help=_("for scripts"))


def _audit(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("whether the log of who saw and did what is whole")
    audit = _plain(commands, shared, "audit", text)
    audit.add_argument("action", choices=("verify",))
    noted = _("it must hold the entry that was the last one then, as verify said")
    audit.add_argument("--noted", type=_noted, metavar="N:HASH", help=noted)
    audit.add_argument("--json", action="store_true", help=_("for scripts"))


def _person(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("what is kept of one person: hand it out, erase it, hold it")
    does = _plain(commands, shared, "person", text).add_subparsers(metavar=_("WHAT"), required=True)
    for action, about in (
        ("export", _("a copy of all of it: .json for programs, .xlsx for people")),
        ("erase", _("names, numbers and words go, what is counted stays; says what would go unless --yes")),
        ("hold", _("it must not be erased for the time being")),
        ("release", _("end what holds it")),
        ("clean", _("take everybody who was erased out of this PC's drafts, traces and copies")),
    ):
        made = does.add_parser(action, parents=[shared], help=about, description=about)
        made.set_defaults(action=action)
        if action != "clean":
            made.add_argument("number", metavar="NO", help=_("the customer number"))
        if action == "export":
            made.add_argument("file", type=Path, metavar="FILE")
        if action in ("erase", "hold"):
            made.add_argument("--reason", required=True, metavar="TEXT", help=_("why; it is kept"))
        if action == "erase":
            made.add_argument("--yes", action="store_true", help=_("do it; there is no way back"))


def _retention(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("how long what is kept, and what is due to go")
    does = _plain(commands, shared, "retention", text).add_subparsers(metavar=_("WHAT"), required=True)
    for action, about in (
        ("run", _("say what is due by the rules; with --yes remove it")),
        ("set", _("keep something for so many days")),
        ("drop", _("keep it without an end again")),
    ):
        made = does.add_parser(action, parents=[shared], help=about, description=about)
        made.set_defaults(action=action)
        if action == "run":
            made.add_argument("--yes", action="store_true", help=_("do it; there is no way back"))
            continue
        made.add_argument("subject", choices=("calls", "notes", "reviews", "customers"))
        if action == "set":
            made.add_argument("days", type=_at_least_one, metavar="DAYS", help=_("how many days it is kept"))
            made.add_argument("--reason", default="", metavar="TEXT", help=_("why; it is kept"))


def _noted(text: str) -> "Seen":
    from db.audit.seen import Seen  # noqa: PLC0415 -- the first window waits for what is imported above

    number, _colon, beginning = text.partition(":")
    if not (number.isdecimal() and beginning):
        raise argparse.ArgumentTypeError(_("{text} is no entry such as 1234:5f0c2a9e11d4").format(text=text))
    return Seen(int(number), beginning)


def _at_least_one(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(_("{text} is no number from 1 on").format(text=text))
    return number


def _secret(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    secret = _plain(commands, shared, "secret", _("a source's password in the keyring"))
    secret.add_argument("action", choices=("set", "new", "check", "remove"))
    secret.add_argument("source", metavar="SOURCE", help=_("the name of the [[source]]"))


def _provision(commands: "_Commands", shared: argparse.ArgumentParser) -> None:
    text = _("set this desk up by a settings file, with what is its own from a table of desks")
    made = _plain(commands, shared, "provision", text)
    made.add_argument("file", type=Path, metavar="FILE", help=_("settings, without passwords; ${name} is filled in"))
    desks = _("a CSV file with a line for each desk, found by its columns computer and login")
    made.add_argument("--desks", type=Path, metavar="FILE", help=desks)
    made.add_argument("--computer", default="", metavar="NAME", help=_("instead of this computer's name"))
    made.add_argument("--login", default="", metavar="NAME", help=_("instead of this user's login"))
    made.add_argument("--machine", action="store_true", help=_("for everybody on this PC, as its administrator"))
    made.add_argument("--dry-run", action="store_true", help=_("say what would be changed, and change nothing"))
    given = made.add_mutually_exclusive_group()
    file = _("a password that goes into the keyring; the file is removed then")
    given.add_argument("--secret-file", type=Path, metavar="FILE", help=file)
    stdin = _("the same from standard input, one line")
    given.add_argument("--secret-from-stdin", action="store_true", help=stdin)
    whose = _("whose password it is, where several need one; or database")
    made.add_argument("--secret-for", default="", metavar="SOURCE", help=whose)
    made.add_argument("--json", action="store_true", help=_("for scripts"))
