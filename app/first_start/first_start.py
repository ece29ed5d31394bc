"""The three questions of a desk's first day: what was answered so far, each tried by itself, all written at once.

What is typed stays here while the window changes its language. Nothing here waits in the desk's thread.
"""

import getpass
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.credentials import DATABASE, Credentials
from app.db_worker import Post
from app.errors import UserError
from app.first_start.answers import PhoneAnswer, PhoneKind, RecordsAnswer, phone_name
from app.first_start.result import Result, Tone
from app.kept_json import KeptJson
from app.paths import Profile
from app.push_token import fresh_token, token_words
from app.settings import Settings
from app.settings_file import SettingsFile
from app.settings_layers import Layer, Layers, Origin, all_layers, loaded
from app.words import _, in_one_line
from cti.push.settings import PushSettings

if TYPE_CHECKING:
    from app.first_start.phone_trial import PhoneTrial

Told = Callable[[Result], object]
_LONGEST_NAME = 64


class Part(StrEnum):
    """One of the three questions."""

    WHO = "who"
    PHONE = "phone"
    RECORDS = "records"


_SETTING = {Part.WHO: ("desk", "operator"), Part.PHONE: ("source", ""), Part.RECORDS: ("database", "url")}


@dataclass(frozen=True, slots=True)
class FirstStartPlace:
    """Where it is written, and `usual_operator`, who sits here if nobody says otherwise."""

    profile: Profile
    settings: Settings
    credentials: Credentials
    usual_operator: str
    layers: Callable[[], tuple[Layer, ...]] | None = None


class FirstStart:
    """`saved()` is called in the desk's thread when the settings are another: they count from the next start on."""

    def __init__(self, place: FirstStartPlace, kept: KeptJson, post: Post) -> None:
        self._place, self._kept, self._post = place, kept, post
        self._told = kept.read()
        self.who = place.usual_operator
        self.phone, self.records = PhoneAnswer(), RecordsAnswer()
        self.skipped: set[Part] = set()
        self._knows_of_keyring = False
        self._trial: PhoneTrial | None = None
        self.saved: Callable[[], object] = lambda: None

    @property
    def trial(self) -> "PhoneTrial":
        """Made when it is first wanted: it looks as `omote diagnose` does, and no start is to pay for that."""
        from app.first_start.phone_trial import PhoneTrial  # noqa: PLC0415

        if self._trial is None:
            self._trial = PhoneTrial(self._post, connects=not self._place.settings.sources)
        return self._trial

    def stop_trying(self) -> None:
        """Leave the telephone system, if one is being tried; done when this returns."""
        if self._trial is not None:
            self._trial.stop_and_wait()

    @property
    def is_wanted(self) -> bool:
        """Whether it shows itself: no phone is set up by anybody, and nobody has put it off."""
        return self.is_offered and self._told is None

    @property
    def is_offered(self) -> bool:
        """Whether it can be opened: never where a desk was set up by IT."""
        return not self._place.settings.sources or self._told == "done"

    def put_off(self) -> None:
        """It does not show itself again."""
        if self._told is None:
            self._remember("later")

    def locked(self) -> frozenset[Part]:
        """What a policy has answered already."""
        try:
            layers = Layers(self._layers(), self._place.settings)
        except UserError:
            return frozenset()
        return frozenset(part for part, setting in _SETTING.items() if layers.is_locked(*setting))

    def turn_skip(self, part: Part) -> None:
        """Not now; or after all."""
        self.skipped ^= {part}
        if part is Part.PHONE and self._trial is not None:
            self._trial.stop()

    def try_who(self, told: Told) -> None:
        """Whether it can be written under that name."""
        name = self.who.strip()
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            told(Result(Tone.BAD, _("Type a name of one line, up to {n} letters.").format(n=_LONGEST_NAME)))
        else:
            told(Result(Tone.GOOD, _("Calls and notes are written under “{name}”.").format(name=name)))

    def try_phone(self, told: Told) -> None:
        """Harmlessly first, then really; a call that comes is told too."""
        if self.phone.kind is PhoneKind.PUSH and not self.phone.secret:
            self.phone = self.phone.with_token(fresh_token())
        try:
            source = self.phone.source(phone_name())
        except UserError as error:
            self.trial.stop()
            told(Result(Tone.BAD, str(error)))
            return
        if isinstance(source, PushSettings):
            words, tell = token_words(source, self.phone.secret), told
            told = lambda result: tell(Result(result.tone, f"{words}\n{result.text}"))  # noqa: E731
        self.trial.begin(source, self.phone.secret, self.phone.number, told)

    def try_records(self, told: Told) -> None:
        """Whether they are there and can be used."""
        from app.first_start.records_trial import try_records  # noqa: PLC0415 -- as the trial

        try_records(self._place.profile, self.records, self._post, told)

    def save(self, told: Told) -> None:
        """Write what was answered and not skipped, passwords into the keyring; then `saved`, or why not."""
        told(Result(Tone.BUSY, _("Saving…")))
        threading.Thread(target=self._save, args=(told,), name="first-start", daemon=True).start()

    def _save(self, told: Told) -> None:
        self.stop_trying()
        try:
            self._write()
        except UserError as error:
            self._post(told, Result(Tone.BAD, str(error)))
            return
        without = [words for name, secret in self._secrets() if (words := self._keep(name, secret))]
        self._remember("done")
        if without and not self._knows_of_keyring:
            self._knows_of_keyring = True  # whoever has read it saves once more
            words = _("Omote will ask for the password after each start. Save once more to go on.")
            self._post(told, Result(Tone.WARNING, in_one_line(without[0], words)))
        else:
            self._post(self._end)

    def _end(self) -> None:
        self.saved()

    def _write(self) -> None:
        """Read again as the program would before it is put in place."""
        file, answered = SettingsFile(self._place.profile.settings_file), set(Part) - self.skipped - self.locked()
        if Part.WHO in answered and self.who.strip() != self._place.usual_operator:
            file.change("desk", "operator", self.who.strip())
        if Part.PHONE in answered and self._has_phone:
            self.phone.source(phone_name())
            others = [one for one in file.tables.get("source", ()) if one.get("name") != phone_name()]
            file.put_list("source", [*others, self.phone.table(phone_name())])
        if Part.RECORDS in answered and self.records.address != self._place.settings.database.url:
            file.change("database", "url", self.records.settings().url)
        path = self._place.profile.settings_file
        mine = Layer(Origin.USER, path, file.tables)
        loaded([mine if one.origin is Origin.USER else one for one in self._layers()])
        file.save()

    @property
    def _has_phone(self) -> bool:
        """Nothing typed at all is no answer; half of it is a wrong one."""
        return self.phone.kind is PhoneKind.PUSH or len(self.phone.lacks) < len(self.phone.needs)

    def _secrets(self) -> list[tuple[str, str]]:
        found = []
        if Part.PHONE not in self.skipped and self._has_phone and self.phone.secret:
            found.append((phone_name(), self.phone.secret))
        if Part.RECORDS not in self.skipped and self.records.is_server and self.records.password:
            found.append((DATABASE, self.records.password))
        return found

    def _keep(self, name: str, secret: str) -> str:
        """Why it is not in the keyring; "" if it is."""
        try:
            self._place.credentials.save(name, secret)
        except UserError as error:
            self._place.credentials.remember(name, secret)
            return error.what
        return ""

    def _layers(self) -> tuple[Layer, ...]:
        return (self._place.layers or (lambda: all_layers(self._place.profile.settings_file)))()

    def _remember(self, told: str) -> None:
        self._told = told
        self._kept.write(told)


def first_start_of(profile: Profile, settings: Settings, credentials: Credentials, post: Post) -> FirstStart:
    """That of this profile."""
    usual = settings.desk.operator or getpass.getuser()
    kept = KeptJson(profile.first_start_file, "the first start")
    return FirstStart(FirstStartPlace(profile, settings, credentials, usual), kept, post)
