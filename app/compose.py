"""Small parts that every way of starting needs: the records opened, the operator named, the sources built."""

import gc
import getpass
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from app import __version__
from app.clock import utc_now
from app.credentials import DATABASE, Credentials, read_password_file
from app.customer_numbers import CustomerNumbers
from app.daily_backup import DailyBackup
from app.database_address import check_address
from app.db_worker import Post, Worker
from app.desk_memory import DeskMemory
from app.errors import UserError
from app.figures.house_rules import ChosenRules, rules_of
from app.hotkey import Hotkey, hotkey_of
from app.importing.import_desk import ImportPlace
from app.importing.job import RecordsAddress
from app.keeping import StatusBoard
from app.kept_json import KeptJson
from app.lines import Lines
from app.paths import Profile, make_folder
from app.place import Place
from app.records import Beside
from app.roles import role_of
from app.seat import Seat
from app.settings import Settings
from app.supervision_place import SupervisionPlace
from app.talking import Talking
from app.telephone import Telephone
from app.trace import Trace, appending_to
from app.trouble_words import user_error
from app.who_is_it import Later
from app.wire_trace import WireTrace
from cti.control import Controllable
from cti.headset import HasHeadset
from cti.source import Around, CallsItsPhone, CallSource, MayTalkHere, SourceSettings, WatchesPhone
from cti.source import nobody as nobodys
from cti.sources import announces, build_source
from cti.wire_message import Tap
from db.backup import Backups
from db.dispositions import DispositionNode
from db.drafts import DraftFile
from db.engine import FILE_NAME, open_engine
from db.errors import MAY_COME_BACK, DatabaseUnavailable, Trouble
from db.local_cards import LocalCards
from db.migrate import Tell, make_ready, nobody, refuse_other_schemas
from db.outbox import OutboxFile
from db.pace import Pace

log = logging.getLogger(__name__)


class Waits(NamedTuple):
    """For which troubles of a server to pass, and who is told meanwhile what keeps him."""

    troubles: Collection[Trouble] = MAY_COME_BACK
    tell: Tell = nobody


WAITS_FOR_A_SERVER = Waits()
MENDED_HERE = MAY_COME_BACK | {Trouble.REFUSED}
"""What a program with a window need not end for: there the operator types the password that is wanting."""


def operator_of(settings: Settings) -> str:
    """Who sits here: the settings' word, else the operating system's login."""
    return settings.desk.operator or getpass.getuser()


def engine_of(
    profile: Profile, settings: Settings, credentials: Credentials | None = None, pace: Pace = Pace.UNHURRIED
) -> Any:
    """The way to the records, whatever state they are in. Raises UserError or DatabaseUnavailable."""
    database, known = settings.database, credentials or Credentials()
    check_address(database)
    read_password_file(database.password_file)
    return open_engine(database.url, profile.database_folder, lambda: password_of_records(settings, known), pace)


def password_of_records(settings: Settings, credentials: Credentials) -> str | None:
    """A server's, as the keyring or its file has it now; None where there is none."""
    if not settings.database.is_server:
        return None
    try:
        return credentials.secret(DATABASE, settings.database.password_file)
    except UserError as error:
        log.error("%s: %s", DATABASE, error)  # noqa: TRY400 -- a sentence for people, no traceback
        return None


def open_records(
    profile: Profile,
    settings: Settings,
    credentials: Credentials | None = None,
    pace: Pace = Pace.DESK,
    waits: Waits = WAITS_FOR_A_SERVER,
) -> Any:
    """The engine of the records with a schema of today; a server in a trouble that may pass is asked later.

    Raises UserError for what waiting does not mend.
    """
    make_folder(profile.database_folder)
    try:
        engine = engine_of(profile, settings, credentials, pace)
        try:
            log.info("records: schema %s", make_ready(engine, __version__, waits.tell))
        except DatabaseUnavailable as error:
            if error.reason not in waits.troubles or not settings.database.is_server:
                raise
            log.warning("records: the desk begins without them: %s", error)
        if settings.database.is_server:
            refuse_other_schemas(engine)
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    return engine


@contextmanager
def records_for_command(profile: Profile, settings: Settings) -> Iterator[Any]:
    """For what may take its time, and ends. Raises UserError, also where the records go away meanwhile."""
    engine = open_records(profile, settings, pace=Pace.UNHURRIED)
    try:
        yield engine
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    finally:
        engine.dispose()


def daily_backup(profile: Profile, settings: Settings, worker: Worker, board: StatusBoard) -> DailyBackup | None:
    """Of the embedded records; None where a server keeps them, which has an administrator."""
    if settings.database.is_server:
        return None
    return DailyBackup(profile.database_folder / FILE_NAME, Backups(profile.backups_folder), worker, board)


def lines_of(settings: Settings, why_never: str | None = None) -> Lines:
    """The site's lines, and the sources' regions for all other numbers."""
    regions = {source.name: source.region for source in settings.sources}
    talked_in = [one.name for one in settings.sources if isinstance(one, MayTalkHere) and one.talks_here]
    return Lines(settings.lines, regions, why_never, settings.site, talked_in)


def memory_of(profile: Profile) -> DeskMemory:
    """What the desk remembers over a restart."""
    return DeskMemory(KeptJson(profile.desk_file, "what the desk remembers"))


def place_of(settings: Settings, lines: Lines, trace: Trace, later: Later, memory: DeskMemory) -> Place:
    """Who sits here and how the site is set."""
    usual, at_start = operator_of(settings), settings.desk.operator_at_start
    sits = memory.operator(usual) if at_start == "last" else usual
    return Place(
        Seat(sits), lines, trace, later, own_phones=own_phones_of(settings), announcers=announcers_of(settings),
        own_numbers=own_numbers_of(settings), memory=memory, usual_operator=usual, asks_operator=at_start == "ask",
        dispositions=tuple(
            DispositionNode(one.code, one.ja or one.en, one.en or one.ja, one.parent, one.needs_note)
            for one in settings.dispositions
        ),
        disposition_required=settings.desk.disposition_required, role=role_of(settings),
        verified_by_another=settings.site.complaints_verified_by_another, rules=rules_of(settings.site),
    )  # fmt: skip


def supervision_place(profile: Profile, settings: Settings, credentials: Credentials, seat: Seat) -> SupervisionPlace:
    """Who supervises here, and where the records are. Numbers without a country are as on the first line."""

    def records() -> RecordsAddress:
        password = password_of_records(settings, credentials)
        return RecordsAddress(settings.database.url, profile.database_folder, password)

    imports = ImportPlace(seat, records, profile.mappings_file, settings.home_region)
    rules = ChosenRules(rules_of(settings.site), KeptJson(profile.report_rules_file, "the rules of the reports"))
    return SupervisionPlace(imports, profile, settings.site.recording_url, rules)


def wire_tap(profile: Profile, settings: Settings, files: Worker) -> Tap | None:
    """Who keeps every SIP message, if the settings want it. Raises UserError when there is no place for them."""
    if not settings.trace.wire:
        return None
    make_folder(profile.wire_file.parent)

    def in_background(job: Callable[[], None]) -> None:
        files.ask(job, lambda _none: None, _raise)

    return WireTrace(settings, appending_to(profile.wire_file), in_background).tap


def _raise(error: Exception) -> None:
    raise error


def hotkeys_of(settings: Settings) -> tuple[Hotkey | None, Hotkey | None, Hotkey | None]:
    """To the call, to its note, and to dial what is selected anywhere."""
    desk = settings.desk
    call, note = hotkey_of(desk.hotkey_call, "hotkey_call"), hotkey_of(desk.hotkey_note, "hotkey_note")
    return call, note, hotkey_of(desk.hotkey_dial, "hotkey_dial")


def telephone_of(
    settings: Settings, sources: Sequence[CallSource], submit: Callable[..., Any], post: Post
) -> Telephone:
    """What this desk's sources can do with calls."""
    controls = {source.name: source.control for source in sources if isinstance(source, Controllable)}
    return Telephone(controls, submit, post, settings.desk.dial_with)


def talking_of(profile: Profile, sources: Sequence[CallSource], submit: Callable[..., Any], post: Post) -> Talking:
    """The headset of the sources whose calls are talked in here; the window's choice goes before the settings'."""
    headsets = {source.name: source.talk_here for source in sources if isinstance(source, HasHeadset)}
    return Talking(headsets, submit, post, KeptJson(profile.headset_file, "the headset"))


def own_phones_of(settings: Settings) -> dict[str, str]:
    """The sources that watch this operator's own telephone, each with its extension."""
    return {one.name: one.watch for one in settings.sources if isinstance(one, WatchesPhone) and one.watch}


def own_numbers_of(settings: Settings) -> tuple[str, ...]:
    """Whom this operator's telephone shows while it rings so that it may dial."""
    watched = [watch.partition("@")[0] for watch in own_phones_of(settings).values()]
    return (*watched, *(one.dials_as for one in settings.sources if isinstance(one, CallsItsPhone)))


def announcers_of(settings: Settings) -> tuple[str, ...]:
    """The sources that are told of a call and may hear no more of it."""
    return tuple(one.name for one in settings.sources if announces(one))


def build_sources(
    settings: Settings, credentials: Credentials, tap: Tap | None = None, customers: CustomerNumbers | None = None
) -> list[CallSource]:
    """One source per `[[source]]`, each with the way to its password; `tap` sees every SIP message, on their thread.

    `customers` tells whose numbers are known when more calls come than a desk can take; None: nobody's.

    Raises UserError for an open password file.
    """
    for source in settings.sources:
        read_password_file(source.password_file)
    return [
        build_source(one, Around(_secret_of(one, credentials), customers.of(one.name) if customers else nobodys, tap))
        for one in settings.sources
    ]


def _secret_of(source: SourceSettings, credentials: Credentials) -> Callable[[], str | None]:
    """Asked on the source's thread, where nobody can be told of a UserError: it goes to the log."""

    def secret() -> str | None:
        try:
            return credentials.secret(source.name, source.password_file)
        except UserError as error:
            log.error("%s: %s", source.name, error)  # noqa: TRY400 -- a sentence for people, no traceback
        except Exception:  # the root of the secret's thread: keyring's back ends raise what they like
            log.exception("%s: the keyring failed", source.name)
        return None

    return secret


def open_drafts(profile: Profile) -> DraftFile:
    """The drafts of this profile. Raises UserError; a damaged file was set aside and is named in the log."""
    make_folder(profile.drafts_folder)
    try:
        drafts = DraftFile.open(profile.drafts_folder, utc_now())
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    if drafts.set_aside is not None:
        log.error("the drafts file was damaged; it was kept as %s and a new one begun", drafts.set_aside)
    return drafts


def open_outbox(profile: Profile) -> OutboxFile:
    """What was written here and not sent yet.

    Raises UserError; a damaged file was set aside and is named in the log.
    """
    try:
        outbox = OutboxFile.open(profile.drafts_folder, utc_now())
        outbox.take_up_again()
    except DatabaseUnavailable as error:
        raise user_error(error) from error
    if outbox.damaged is not None:
        log.error("the outbox was damaged; it was kept as %s and a new one begun", outbox.damaged)
    return outbox


def beside_records(profile: Profile, settings: Settings, credentials: Credentials) -> Beside:
    """What a desk has beside its database; one that is embedded needs no copy. Raises UserError."""
    outbox = open_outbox(profile)
    if not settings.database.is_server:
        return Beside(outbox)
    try:
        rings = engine_of(profile, settings, credentials, Pace.RING)
        refuse_other_schemas(rings)
        return Beside(outbox, LocalCards.open(profile.copy_folder, utc_now()), rings)
    except DatabaseUnavailable as error:
        raise user_error(error) from error


def settle_memory() -> None:
    """Before calls are heard: what start-up has made stays, so Python need not look through it again and again.

    Each such look stops all threads for 25 to 50 ms, in the midst of a ring.
    """
    gc.collect()
    gc.freeze()
