"""Settings: who wins over whom, and every mistake as one line that names the key, the table and the file."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.compose import own_numbers_of, own_phones_of
from app.errors import UserError
from app.settings import LineSettings, Settings
from app.settings_layers import load_settings
from cti.ami.settings import AmiSettings
from cti.sip.settings import SipDialogSettings, SipSettings

PHONE = '[[source]]\nname = "desk phone"\nserver = "pbx.example.jp"\n'
AMI, ACCOUNT = '[[source]]\nname = "events"\nkind = "ami"\n', "server = 'pbx'\nusername = 'omote'\n"
WATCHER = '[[source]]\nname = "watcher"\nkind = "sip-dialog"\nserver = "pbx"\n'
TRUNK = '[[source]]\nname = "trunk"\nregister = false\nallow = ["192.0.2.1"]\n'


def loaded(tmp_path: Path, user: str = "", machine: str = "", **environ: str) -> Settings:
    for name, text in (("user.toml", user), ("machine.toml", machine)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_settings(tmp_path / "user.toml", tmp_path / "machine.toml", environ)


def fault(tmp_path: Path, user: str, **environ: str) -> str:
    """The one line that a person reads."""
    with pytest.raises(UserError) as caught:
        loaded(tmp_path, user, **environ)
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.what
    assert caught.value.todo
    return line


def test_without_any_file_the_built_in_settings_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "no.toml", tmp_path / "none.toml", {})
    assert settings == Settings()
    assert (settings.desk.theme, settings.database.url, settings.trace.mask_numbers) == ("system", "sqlite", False)
    assert (settings.sources, settings.lines) == ((), ())


def test_the_user_wins_over_the_machine_and_the_environment_over_both(tmp_path: Path) -> None:
    machine = '[desk]\ntheme = "dark"\nlanguage = "ja"\noperator = "machine"\n[trace]\nmask_numbers = true\n'
    user = '[desk]\ntheme = "light"\nlanguage = "en"\n'
    settings = loaded(tmp_path, user, machine, OMOTE_DESK_LANGUAGE="ja", OTHER_DESK_THEME="dark")
    assert (settings.desk.theme, settings.desk.language, settings.desk.operator) == ("light", "ja", "machine")
    assert settings.trace.mask_numbers is True


def test_the_users_sources_stand_in_place_of_the_machines(tmp_path: Path) -> None:
    assert [one.name for one in loaded(tmp_path, PHONE, TRUNK).sources] == ["desk phone"]
    assert [one.name for one in loaded(tmp_path, "", TRUNK).sources] == ["trunk"]


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_the_environment_switches_on_and_off(tmp_path: Path, text: str, value: bool) -> None:
    assert loaded(tmp_path, OMOTE_TRACE_MASK_NUMBERS=text).trace.mask_numbers is value


def test_a_file_from_a_windows_editor_with_a_mark_at_its_start_is_read(tmp_path: Path) -> None:
    assert loaded(tmp_path, '\ufeff[desk]\r\noperator = "佐藤"\r\n').desk.operator == "佐藤"


def test_a_whole_source_and_a_whole_line_are_read(tmp_path: Path) -> None:
    text = """
        [[source]]
        name = "desk phone"
        kind = "sip"
        server = "pbx.example.jp:5062"
        transport = "udp"
        username = "201"
        bind = "0.0.0.0:5060"
        allow = ["192.0.2.7", "trunk.example.jp:5080", "198.51.100.0/24", "2001:db8::/32"
            , "[2001:db9::1]:5060", "電話.example"]
        register = true
        answer = "ring"
        check_contact = false
        identity = ["rpid", "from"]
        dialled_from = ["to", "header:X-Dnid"]
        linked_header = "X-Linkedid"
        region = "US"
        password_file = "/run/secrets/pbx"
        [[line]]
        dialled = "0312345678"
        name = "本店"
        outside_prefix = "0"
        pop = "answer"
    """
    settings = loaded(tmp_path, text)
    (source,), (line,) = settings.sources, settings.lines
    assert (source.server, source.username, source.answer, source.check_contact) == (
        "pbx.example.jp:5062", "201", "ring", False,
    )  # fmt: skip
    assert source.allow[:3] == ("192.0.2.7", "trunk.example.jp:5080", "198.51.100.0/24")
    assert source.identity == ("rpid", "from")
    assert (source.dialled_from, source.region) == (("to", "header:X-Dnid"), "US")
    assert line == LineSettings("0312345678", "本店", "JP", "0", "answer")


def test_the_site_tells_its_extensions_and_its_outside_prefix(tmp_path: Path) -> None:
    site = loaded(tmp_path, "[site]\nextensions = ['2xx', '3000-3999']\n", OMOTE_SITE_OUTSIDE_PREFIX="0").site
    assert (site.extensions, site.outside_prefix) == (("2xx", "3000-3999"), "0")


def test_watched_phones_are_the_operators_own(tmp_path: Path) -> None:
    settings = loaded(tmp_path, f"{PHONE}{WATCHER}watch = '201'\nusername = '1202'\n")
    assert settings.sources[1] == SipDialogSettings("watcher", "201", "pbx", username="1202")
    assert settings.sources[1].account == SipSettings("watcher", "pbx", username="1202")
    assert own_phones_of(settings) == {"watcher": "201"}


def test_who_rings_the_desk_phone_to_dial_is_known_as_its_caller(tmp_path: Path) -> None:
    dials = "username = '1202'\ndesk_phone = '201'\n"
    settings = loaded(tmp_path, f"{PHONE}{WATCHER}watch = '201@tenant.example'\n{dials}")
    assert own_numbers_of(settings) == ("201", "", "1202")


def test_ami_source_is_read_and_watches_the_operators_own_phones(tmp_path: Path) -> None:
    more = "channels = ['PJSIP/0004f2', 'SIP/201']\ntls = true\n"
    settings = loaded(tmp_path, f"{AMI}{ACCOUNT}watch = '201'\n{more}")
    channels = ("PJSIP/0004f2", "SIP/201")
    assert settings.sources == (AmiSettings("events", "201", "pbx", "omote", channels=channels, tls=True),)
    assert own_phones_of(settings) == {"events": "201"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("[dsek]\n", ["dsek", "the file"], id="unknown table"),
        pytest.param("operator = 'x'\n", ["operator", "the file"], id="key outside any table"),
        pytest.param("[desk]\ncolour = 'red'\n", ["colour", "[desk]"], id="unknown key"),
        pytest.param(f"{PHONE}pasword = 'x'\n", ["pasword", "[source]"], id="unknown key of a source"),
        pytest.param("[desk]\ntheme = 'blue'\n", ["desk.theme", "'blue'", "'dark'"], id="unknown word"),
        pytest.param("[desk]\noperator = 7\n", ["desk.operator", "7", '"quotes"'], id="number for text"),
        pytest.param("[trace]\nmask_numbers = 'no'\n", ["trace.mask_numbers", "'no'", "true | false"], id="text"),
        pytest.param("[trace]\nmask_numbers = 1\n", ["trace.mask_numbers", "1"], id="number for flag"),
        pytest.param(f"{PHONE}allow = '192.0.2.1'\n", ["source.allow", "[brackets]"], id="text for list"),
        pytest.param(f"{PHONE}allow = [1]\n", ["source.allow", "1"], id="number in a list of texts"),
        pytest.param(f"{PHONE}allow = ['192.0.2.1/24']\n", ["allow", "'192.0.2.1/24'"], id="host bits set"),
        pytest.param(f"{PHONE}allow = ['192.0.2.0/33']\n", ["allow", "'192.0.2.0/33'"], id="no such prefix"),
        pytest.param(f"{PHONE}allow = ['2001:db8::/x']\n", ["allow", "'2001:db8::/x'"], id="prefix without figures"),
        pytest.param(f"{PHONE}allow = ['a', '192.0.2.300']\n", ["allow", "'192.0.2.300'"], id="no such address"),
        pytest.param(f"{PHONE}allow = ['pbx one']\n", ["allow", "'pbx one'"], id="blank in a name"),
        pytest.param(f"{PHONE}identity = ['pia']\n", ["source.identity", "'pia'", "'rpid'"], id="bad word in list"),
        pytest.param("[site]\nextensions = '2xx'\n", ["site.extensions", "[brackets]"], id="plan is no list"),
        pytest.param("[site]\nextensions = ['2xx', '2yy']\n", ["extensions", "[site]", '"2yy"'], id="bad pattern"),
        pytest.param("[site]\nextensions = ['300-29']\n", ["extensions", '"300-29"'], id="range of two lengths"),
        pytest.param("[site]\nextensions = ['399-300']\n", ["extensions", '"399-300"'], id="range backwards"),
        pytest.param("[site]\nextensions = ['']\n", ["extensions", '""'], id="empty pattern"),
        pytest.param("desk = 3\n", ["[desk]", "not a table"], id="value for table"),
        pytest.param("[source]\nname = 'x'\n", ["[source]", "[[source]]"], id="single brackets"),
        pytest.param("source = 3\n", ["source", "[[source]]"], id="number for sources"),
        pytest.param("source = [3]\n", ["source"], id="number in sources"),
        pytest.param("[line]\ndialled = '1'\n", ["[line]", "[[line]]"], id="single brackets of a line"),
        pytest.param("[[source]]\nserver = 'x'\n", ["[[source]]", '"name"'], id="source without a name"),
        pytest.param("[[line]]\nname = 'x'\n", ["[[line]]", '"dialled"'], id="line without a number"),
        pytest.param(f"{PHONE}{PHONE}", ["[[source]]", '"desk phone"'], id="two of one name"),
        pytest.param("[[source]]\nname = 'p'\n", ["[[source]]", '"p"', "server"], id="register without a server"),
        pytest.param("[[source]]\nname = 'p'\nregister = false\n", ['"p"', "allow"], id="nobody may call"),
        pytest.param("[[source]]\nname = 'p'\nkind = 'pigeon'\n", ["[[source]]", "pigeon", "sip"], id="unknown kind"),
        pytest.param(f"{PHONE}bind = 'localhost:port'\n", ["bind", "'localhost:port'"], id="bind is no address"),
        pytest.param(f"{PHONE}bind = '0.0.0.0:99999'\n", ["bind", "99999"], id="no such port"),
        pytest.param(f"{PHONE}dialled_from = ['too']\n", ["dialled_from", "'too'"], id="unknown header"),
        pytest.param(f"{WATCHER}watch = ''\n", ["watch", "''"], id="nobody to watch"),
        pytest.param(f"{WATCHER}watch = 'sip:201'\n", ["watch", "'sip:201'"], id="no extension"),
        pytest.param(WATCHER, ["[[source]]", '"watch"'], id="watcher without a phone"),
        pytest.param(f"{WATCHER}watch = '201'\nallow = ['x']\n", ["allow"], id="key of the other kind"),
        pytest.param(f"{AMI}server = 'pbx'\nusername = 'omote'\n", ["[[source]]", '"watch"'], id="AMI without a phone"),
        pytest.param(f"{AMI}watch = '201'\n", ["no server"], id="AMI without a PBX"),
        pytest.param(f"{AMI}watch = '201'\nserver = 'a b'\n", ["server", "'a b'"], id="no host"),
        pytest.param(f"{AMI}watch = '201'\nserver = 'pbx'\n", ["username", "''"], id="AMI without an account"),
        pytest.param(f"{AMI}watch = 'a b'\n{ACCOUNT}", ["watch", "'a b'"], id="AMI with no extension"),
        pytest.param(f"{AMI}watch = '201'\n{ACCOUNT}channels = ['201']\n", ["channels", "'201'"], id="no channel"),
        pytest.param(f"{AMI}watch = '201'\nserver = 'x'\nusername = \"a\\nb\"\n", ["username"], id="line break"),
        pytest.param("[[source]]\nname = 'w'\nkind = 'sip-dialog'\nwatch = '201'\n", ["w", "server"], id="no PBX"),
        pytest.param(f"{WATCHER}watch = '201'\nbind = 'x'\n", ["bind", "'x'"], id="watcher's bind is no address"),
        pytest.param(f"{WATCHER}watch = '201'\ndesk_phone = '201'\n", ["desk_phone", "'201'"], id="its own account"),
        pytest.param(f"{WATCHER}watch = '1'\nusername = 'x'\ndesk_phone = 'a b'\n", ["desk_phone"], id="no phone"),
        pytest.param(
            f"{PHONE}username = '1'\nanswer = 'softphone'\ndesk_phone = '201'\n", ["desk phone"],
            id="two telephones",
        ),
        pytest.param("[desk\n", ["line 1"], id="broken TOML"),
        pytest.param("[desk]\noperator = 'a'\noperator = 'b'\n", ["line 3"], id="the same key twice"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_that_names_it_and_the_file(tmp_path: Path, text: str, named: list[str]) -> None:
    line = fault(tmp_path, text)
    for word in [*named, str(tmp_path / "user.toml")]:
        assert word in line


def test_a_mistake_in_the_machines_file_names_that_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"machine\.toml"):
        loaded(tmp_path, "", "[desk]\ntheme = 'blue'\n")


@pytest.mark.parametrize(
    ("name", "value"), [("OMOTE_DESK_COLOUR", "red"), ("OMOTE_DESK_THEME", "blue"), ("OMOTE_TRACE_MASK_NUMBERS", "yes")]
)
def test_a_mistake_in_the_environment_is_named_as_such(tmp_path: Path, name: str, value: str) -> None:
    line = fault(tmp_path, "", **{name: value})
    assert "the environment" in line
    assert name.split("_", 2)[2].lower() in line


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "user.toml").write_bytes("[desk]\noperator = '佐藤'\n".encode("cp932"))
    with pytest.raises(UserError, match=r"user\.toml cannot be read"):
        load_settings(tmp_path / "user.toml", tmp_path / "none.toml", {})


def test_a_folder_in_the_files_place_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "user.toml").mkdir()
    with pytest.raises(UserError, match=r"user\.toml cannot be read"):
        load_settings(tmp_path / "user.toml", tmp_path / "none.toml", {})


VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(st.characters(codec="utf-8", exclude_characters="\x7f")),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def told(folder: Path, text: str) -> str:
    """The error's line, "" if the settings are well formed."""
    try:
        loaded(folder, text)
    except UserError as error:
        return str(error)
    return ""


@example("[[source]]", "name", "a\nb")
@example("[[source]]", "kind", "a\u2028b")
@given(
    st.sampled_from(["[desk]", "[trace]", "[database]", "[[source]]", "[[line]]", "[source]", ""]),
    st.sampled_from(["operator", "theme", "name", "allow", "bind", "identity", "kind", "pop", "desk", "source", "x"]),
    VALUES,
)
def test_any_value_anywhere_is_taken_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, table: str, key: str, value: object
) -> None:
    text = f"{table}\n{key} = {json.dumps(value, ensure_ascii=False)}\n"  # JSON's simple values are TOML's too
    assert len(told(tmp_path_factory.getbasetemp(), text).splitlines()) <= 1


def test_a_context_that_no_dial_plan_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="dial_context"):
        loaded(tmp_path, AMI + ACCOUNT + 'watch = "201"\ndial_context = "omote\\nAction: Command"')


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("answered_within = 0", "answered_within"),
        ("short_call = -1", "short_call"),
        ("repeat_days = 31", "repeat_days"),
        ('report_zone = "Tokio"', '"Tokio"'),
        ('report_zone = "../etc/passwd"', "report_zone"),
        ('report_zone = "Asia"', "report_zone"),
    ],
)
def test_rules_that_nobody_can_count_by_are_refused(tmp_path: Path, line: str, said: str) -> None:
    told = fault(tmp_path, f"[site]\n{line}")
    assert said in told
    assert "user.toml" in told


def test_the_environment_sets_whole_numbers(tmp_path: Path) -> None:
    assert loaded(tmp_path, OMOTE_SITE_ANSWERED_WITHIN="30").site.answered_within == 30
    assert "'soon'" in fault(tmp_path, "", OMOTE_SITE_ANSWERED_WITHIN="soon")
    assert "Tokio" in fault(tmp_path, "", OMOTE_SITE_REPORT_ZONE="Tokio")
