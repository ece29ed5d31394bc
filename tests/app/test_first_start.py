"""The three questions of the first day: tried without harm, written at once and whole, or not at all."""

import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from app.credentials import Credentials
from app.first_start.answers import PhoneAnswer, PhoneField, PhoneKind, RecordsAnswer, phone_name
from app.first_start.first_start import FirstStart, FirstStartPlace, Part
from app.first_start.result import Result, Tone
from app.kept_json import KeptJson
from app.paths import profile_at
from app.settings import Settings
from app.settings_layers import Layer, Origin, layers_of, load_settings
from cti.sip.settings import SipSettings
from tests.app.test_credentials import MemoryKeyring
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar, invite

CANARY = "c4n4ry-pässwörd"
EXTENSION = PhoneAnswer(
    PhoneKind.EXTENSION,
    ((PhoneField.SERVER, " pbx.example.jp "), (PhoneField.EXTENSION, "201"), (PhoneField.PASSWORD, CANARY)),
)


class Desk:
    """One first start; what is posted runs while the test waits."""

    def __init__(self, folder: Path, settings: Settings, policy: dict[str, Any]) -> None:
        self.profile, self.keyring, self.posted = profile_at(folder), MemoryKeyring(), Queue[Any]()
        self.policy, self.told, self.starts = policy, list[Result](), 0
        self.first = self.again(settings)

    def again(self, settings: Settings) -> FirstStart:
        place = FirstStartPlace(
            self.profile, settings, Credentials(lambda: self.keyring), "osuser", self.layers
        )  # fmt: skip
        kept = KeptJson(self.profile.first_start_file, "the first start")
        self.first = FirstStart(place, kept, lambda fn, *args: self.posted.put((fn, args)))
        self.first.saved = self.start
        return self.first

    def layers(self) -> tuple[Layer, ...]:
        found = layers_of(self.profile.settings_file, self.profile.config / "none.toml", {})
        return (*found, Layer(Origin.POLICY, "policy", self.policy))

    def start(self) -> None:
        self.starts += 1

    def until(self, done: Callable[[], object]) -> None:
        until = time.monotonic() + 20
        while not done():
            assert time.monotonic() < until, self.told
            try:
                fn, args = self.posted.get(timeout=0.05)
            except Empty:
                continue
            fn(*args)

    def save(self) -> Result:
        """How it ended."""
        self.told.clear()
        starts = self.starts
        self.first.save(self.told.append)
        self.until(lambda: self.starts > starts or self.told[-1].tone is not Tone.BUSY)
        return self.told[-1]

    @property
    def written(self) -> dict[str, Any]:
        return tomllib.loads(self.profile.settings_file.read_text("utf-8"))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def new(settings: Settings | None = None, **policy: Any) -> Desk:
        made.append(Desk(tmp_path, settings or Settings(), policy))
        return made[-1]

    yield new
    for one in made:
        one.first.trial.stop_and_wait()


@pytest.fixture
def pbx() -> Iterator[PbxOnUdp]:
    serving = PbxOnUdp(FakeRegistrar(password=CANARY))
    yield serving
    serving.close()


# --- answers


@pytest.mark.parametrize("kind", list(PhoneKind))
def test_each_kind_is_a_source_that_the_program_reads(kind: PhoneKind) -> None:
    answer = PhoneAnswer(kind)
    for one in answer.needs:
        answer = answer.with_value(one, {PhoneField.EXTENSION: "201"}.get(one, "x.example"))
    assert answer.source("phone").name == "phone"
    assert "x.example" not in str(answer.table("phone").get("password_file", ""))
    assert not {"password", "secret"} & answer.table("phone").keys()


def test_what_is_still_empty_is_named_by_its_label(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.try_phone(desk.told.append)
    assert desk.told == [Result(Tone.BAD, "Still empty: Server, Extension, Password. Fill it in, then try again.")]


def test_a_password_is_shown_by_no_repr() -> None:
    assert CANARY not in repr(EXTENSION) + repr(RecordsAnswer(True, "postgresql://h/d", CANARY))


@pytest.mark.parametrize("name", ["", "  ", "a" * 65, "two\nlines"])
def test_a_name_that_cannot_stand_in_a_record_is_refused(make: Callable[..., Desk], name: str) -> None:
    desk = make()
    desk.first.who = name
    desk.first.try_who(desk.told.append)
    assert desk.told[0].tone is Tone.BAD


# --- showing itself


def test_it_shows_itself_until_somebody_puts_it_off_and_can_be_opened_again(make: Callable[..., Desk]) -> None:
    desk = make()
    assert (desk.first.is_wanted, desk.first.is_offered) == (True, True)
    desk.first.put_off()
    later = desk.again(Settings())
    assert (later.is_wanted, later.is_offered) == (False, True)


def test_a_desk_that_it_has_set_up_never_sees_it(make: Callable[..., Desk]) -> None:
    first = make(Settings(sources=(SipSettings("desk phone", "pbx"),))).first
    assert (first.is_wanted, first.is_offered) == (False, False)


def test_who_has_answered_here_can_open_it_again(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.phone = EXTENSION
    desk.save()
    settings = load_settings(desk.profile.settings_file, desk.profile.config / "none.toml", {})
    first = desk.again(settings)
    assert (first.is_wanted, first.is_offered) == (False, True)


# --- saving


def test_answers_are_written_the_password_is_in_the_keyring_and_the_program_starts_again(
    make: Callable[..., Desk],
) -> None:
    desk = make()
    desk.first.who, desk.first.phone = " 佐藤 美咲 ", EXTENSION
    desk.save()
    assert desk.starts == 1
    phone = {"name": phone_name(), "kind": "sip", "server": "pbx.example.jp", "username": "201"}
    assert desk.written == {"desk": {"operator": "佐藤 美咲"}, "source": [phone]}
    assert desk.keyring.held == {("omote", phone_name()): CANARY}
    assert CANARY not in desk.profile.settings_file.read_text("utf-8") + desk.profile.first_start_file.read_text()


def test_what_was_skipped_or_never_answered_is_not_written(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.phone = EXTENSION
    desk.first.turn_skip(Part.PHONE)
    desk.save()
    assert not desk.profile.settings_file.exists()
    assert desk.keyring.held == {}
    assert desk.starts == 1


def test_half_an_answer_is_told_and_nothing_is_written(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.who = "Sato"
    desk.first.phone = PhoneAnswer().with_value(PhoneField.SERVER, "pbx.example.jp")
    assert "Still empty: Extension, Password." in desk.save().text
    assert (desk.starts, desk.profile.settings_file.exists()) == (0, False)


def test_a_password_in_the_address_of_the_records_is_refused(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.records = RecordsAnswer(is_server=True, url=f"postgresql://omote:{CANARY}@db/omote")
    told = desk.save()
    assert told.tone is Tone.BAD
    assert CANARY not in told.text
    assert (desk.starts, desk.profile.settings_file.exists()) == (0, False)


def test_without_a_keyring_it_is_said_before_the_program_starts_again(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.keyring.is_locked, desk.first.phone = True, EXTENSION
    told = desk.save()
    assert (told.tone, desk.starts) == (Tone.WARNING, 0)
    assert "locked" in told.text
    desk.save()
    assert desk.starts == 1


def test_comments_and_other_settings_in_the_file_stay(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.profile.settings_file.write_text('# ours\n[desk]\ntheme = "dark"  # by wish\n', "utf-8")
    desk.first.who = "Sato"
    desk.save()
    text = desk.profile.settings_file.read_text("utf-8")
    assert "# ours" in text
    assert '"dark"  # by wish' in text
    assert 'operator = "Sato"' in text


def test_what_a_policy_says_is_not_asked_and_not_written(make: Callable[..., Desk]) -> None:
    desk = make(database={"url": "postgresql://db/omote"}, desk={"operator": "front"})
    assert desk.first.locked() == {Part.WHO, Part.RECORDS}
    desk.first.who, desk.first.phone = "Sato", EXTENSION
    desk.save()
    assert desk.written.keys() == {"source"}


# --- trying


def tried(desk: Desk, pbx: PbxOnUdp, password: str, done: Callable[[Result], bool]) -> Result:
    desk.first.phone = (
        EXTENSION.with_value(PhoneField.SERVER, pbx.server).with_value(PhoneField.PASSWORD, password)
    )  # fmt: skip
    desk.first.try_phone(desk.told.append)
    desk.until(lambda: desk.told and done(desk.told[-1]))
    return desk.told[-1]


def test_a_phone_is_really_registered_tells_of_the_call_that_comes_and_lets_go(
    make: Callable[..., Desk], pbx: PbxOnUdp
) -> None:
    desk = make()
    told = tried(desk, pbx, CANARY, lambda one: one.tone in (Tone.GOOD, Tone.WARNING))
    assert "Now call 201 from another phone" in told.text
    (contact,) = pbx.registrar.bindings
    user, _at, place = contact.removeprefix("sip:").partition("@")
    host, port = place.split(":")
    call = invite("t1", caller='"Tanaka" <sip:0312345678@pbx>', user=user, via_host=pbx.server, uri=contact)
    pbx.socket.sendto(call, (host, int(port)))
    desk.until(lambda: "A call has come: Tanaka 0312345678. It works." in desk.told[-1].text)
    desk.first.trial.stop_and_wait()
    assert pbx.registrar.bindings == {}
    assert desk.keyring.held == {}
    assert not desk.profile.settings_file.exists()


def test_a_wrong_password_is_told_and_nothing_is_registered(make: Callable[..., Desk], pbx: PbxOnUdp) -> None:
    desk = make()
    told = tried(desk, pbx, "wrong", lambda one: one.tone is Tone.BAD)
    assert "the PBX refuses 201" in told.text
    assert "Look at the extension" in told.text
    assert pbx.registrar.bindings == {}


def test_where_a_phone_is_in_use_already_it_is_only_looked_at(make: Callable[..., Desk], pbx: PbxOnUdp) -> None:
    desk = make(Settings(sources=(SipSettings("phone", pbx.server),)))
    told = tried(desk, pbx, CANARY, lambda one: one.tone in (Tone.GOOD, Tone.WARNING))
    assert "lets Omote in" in told.text
    assert pbx.registrar.bindings == {}


def test_a_second_try_silences_the_first(make: Callable[..., Desk], pbx: PbxOnUdp) -> None:
    desk = make()
    tried(desk, pbx, CANARY, lambda one: one.tone in (Tone.GOOD, Tone.WARNING))
    desk.first.turn_skip(Part.PHONE)
    for thread in threading.enumerate():
        if thread.name == "phone-trial-end":
            thread.join(5)
    assert pbx.registrar.bindings == {}


def test_the_pbx_that_posts_is_given_an_address_to_post_to(make: Callable[..., Desk]) -> None:
    desk = make()
    desk.first.phone = PhoneAnswer(PhoneKind.PUSH)
    desk.first.try_phone(desk.told.append)
    assert "http://127.0.0.1:8765/api/v1/cti/" in desk.told[0].text
    token = desk.first.phone.secret
    desk.first.trial.stop_and_wait()
    desk.save()
    assert desk.keyring.held == {("omote", phone_name()): token}


@pytest.mark.parametrize(
    ("answer", "tone", "part"),
    [
        (RecordsAnswer(), Tone.GOOD, "do not exist yet"),
        (RecordsAnswer(is_server=True), Tone.BAD, "Still empty"),
        (RecordsAnswer(is_server=True, url="postgresql://omote@127.0.0.1:1/omote"), Tone.BAD, "cannot be reached"),
        (RecordsAnswer(is_server=True, url=f"postgresql://o:{CANARY}@h/d"), Tone.BAD, "password"),
    ],
)
def test_records_are_looked_at_and_nothing_is_made(
    make: Callable[..., Desk], answer: RecordsAnswer, tone: Tone, part: str
) -> None:
    desk = make()
    desk.first.records = answer
    desk.first.try_records(desk.told.append)
    desk.until(lambda: desk.told[-1].tone is not Tone.BUSY)
    assert (desk.told[-1].tone, part in desk.told[-1].text) == (tone, True), desk.told
    assert CANARY not in desk.told[-1].text
    assert list(desk.profile.data.iterdir()) == []
