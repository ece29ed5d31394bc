"""The page of the settings: every value that a file can say is there, is checked as in the file, and is saved alone."""

import tomllib
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.roles import Role
from app.setting_words.groups import OF_AN_OPERATOR, keys_of
from app.settings import Settings
from app.settings_tables import REPEATED, SINGLE, hints_of
from app.start_again import START_AGAIN
from app.words import use_language
from cti.events import SourceChanged, SourceState
from cti.sources import SOURCES
from db.demo import CUSTOMER_NUMBER
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar
from tests.ui import seen
from tests.ui.at_settings import Around, AtSettings, row, rows_of
from tests.ui.running import NOW, RunningDesk
from ui.choice_field import ChoiceField, FreeField
from ui.settings.list_view import ListView
from ui.settings.page import SettingsPage
from ui.settings.records_try import RecordsTry
from ui.settings.setting_row import SettingRow
from ui.settings.source_tries import SourceTries
from ui.theme import DARK

LEFT, CANARY = Qt.MouseButton.LeftButton, "c4n4ry-pässwörd"
KINDS = [one.kind for one in SOURCES]
BASE = {  # what a table must say at least
    "sip": {"name": "a", "server": "pbx.example"},
    "sip-dialog": {"name": "a", "kind": "sip-dialog", "server": "pbx.example", "watch": "201"},
    "ami": {"name": "a", "kind": "ami", "server": "pbx.example", "watch": "201", "username": "omote"},
    "push": {"name": "a", "kind": "push"},
    "ncid": {"name": "a", "kind": "ncid", "server": "box.example"},
    "line": {"dialled": "0312345678", "name": "Main shop"},
    "disposition": {"code": "a", "ja": "ア", "en": "A"},
    "template": {"name": "a", "text": "b"},
    "action": {"name": "a", "url": "https://crm.example/"},
}
SAMPLES: dict[str, Any] = {
    "hotkey_call": "Ctrl+Alt+O", "hotkey_note": "Ctrl+Alt+N", "hotkey_dial": "F9", "report_zone": "Asia/Tokyo",
    "recording_url": "https://rec.example/{source_id}", "url": "https://crm.example/?n={number}",
    "extensions": ("2xx", "3000-3999"), "server": "192.0.2.7:5062", "bind": "0.0.0.0:5060", "allow": ("192.0.2.0/24",),
    "identity": ("from", "pai"), "dialled_from": ("to", "header:X-Dialled"), "watch": "305", "desk_phone": "307",
    "channels": ("PJSIP/201-home",), "dial_context": "from-internal", "listen": "127.0.0.1:9000", "lines": ("A=0312",),
    "program": ("/usr/bin/crm", "{number}"),
    "users": ("佐藤 花子", "201"), "region": "US",
    "text": "One line.\nTwo {cursor}", "dialled": "+81398765432",
}  # fmt: skip
BESIDE = {  # what else has to stand in the file so that a key may be said
    ("disposition", "parent"): '[[disposition]]\ncode = "something"\nja = ""\nen = "B"\n',
    ("template", "line"): '[[line]]\ndialled = "0312345678"\nname = "something"\n',
}
TABLES = [*((table, "") for table in SINGLE), *(("source", kind) for kind in KINDS)]
TABLES += [(table, "") for table in REPEATED if table != "source"]
KEYS = [(table, kind, key) for table, kind in TABLES for key in hints_of(table, kind or "sip") if table != "updates"]


def written(table: str, kind: str, more: dict[str, Any] | None = None) -> str:
    """A file with the least of one table."""
    lines = [f"{key} = {_toml(value)}" for key, value in (BASE[kind or table] | (more or {})).items()]
    return f"[[{table}]]\n" + "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def edited(one: SettingRow, value: Any) -> None:
    """As somebody at the keyboard would change it."""
    field = one.control.field
    field.setFocus()
    match field:
        case QCheckBox():
            QTest.keyClick(field, Qt.Key.Key_Space)
        case FreeField():
            field.selectAll()
            QTest.keyClicks(field, str(value))
        case ChoiceField():
            field.open_list()
            field.setText(one.words.choices[value])
            field.textEdited.emit(field.text())
            QTest.keyClick(field, Qt.Key.Key_Return)
        case QPlainTextEdit():
            field.selectAll()
            field.insertPlainText("\n".join(value) if isinstance(value, tuple) else value)
        case QLineEdit():
            field.selectAll()
            QTest.keyClicks(field, str(value))


def another(table: str, key: str, hint: Any, now: Any) -> Any:
    """A value that this key may have and has not."""
    if hint is bool:
        return not now
    if hint is int:
        return now + 1
    if get_origin(hint) is not tuple and get_args(hint):
        return next(one for one in get_args(hint) if one != now)
    if key == "kind":
        return "push" if now != "push" else "ncid"
    if (table, key) == ("database", "url"):
        return "postgresql://omote@db.example/omote"
    return SAMPLES.get(key, "0" if key == "outside_prefix" else "something")


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return Around(tmp_path)


def shown(around: Around, qtbot: QtBot) -> SettingsPage:
    """The page, without a desk."""
    page = SettingsPage(around.place, is_whole=True)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    return page


@pytest.mark.parametrize("told_in", ["en", "ja"])
@pytest.mark.parametrize(("table", "kind"), TABLES)
def test_every_key_of_every_table_stands_on_the_page(
    around: Around, qtbot: QtBot, table: str, kind: str, told_in: str
) -> None:
    use_language(told_in)
    around.write(written(table, kind) if table in REPEATED else "")
    page = shown(around, qtbot)
    view = page.open(table)
    if isinstance(view, ListView):
        view.form.open()
    rows = {one.key: one for one in rows_of(view)}
    assert rows.keys() == hints_of(table, kind or "sip").keys()
    for key, one in rows.items():
        assert one.isVisible(), key
        label = one.words.label
        texts = [*one.findChildren(QLabel), *one.findChildren(QCheckBox)]
        assert label in {seen.drawn(found.text()) for found in texts if found.isVisible()}, key
        assert one.control.field.accessibleName() == label
        assert told_in == "en" or any(ord(char) > 0x3000 for char in label), label


@pytest.mark.parametrize("told_in", ["en", "ja"])
def test_no_two_settings_of_a_table_are_called_the_same(told_in: str) -> None:
    use_language(told_in)
    for table, kind in TABLES:
        labels = [words.label for words in keys_of(table, kind or "sip").values()]
        assert len(set(labels)) == len(labels), table


@pytest.mark.parametrize(("table", "kind", "key"), KEYS, ids=["-".join(one) for one in KEYS])
def test_what_is_changed_and_saved_is_what_the_next_start_reads(
    around: Around, qtbot: QtBot, table: str, kind: str, key: str
) -> None:
    lists = written(table, kind) + BESIDE.get((table, key), "") if table in REPEATED else ""
    around.write(lists, "[desk]\nprograms = true\n")
    page = shown(around, qtbot)
    view = page.open(table)
    before = held(around.saved(), table, key)
    value = another(table, key, hints_of(table, kind or "sip")[key], before)
    if isinstance(view, ListView):
        view.form.open()
    if key == "program":
        QTest.keyClick(cleared(row(view, "url")), Qt.Key.Key_Backspace)
    edited(row(view, key), value)
    if (kind, key) == ("push", "kind"):
        edited(row(view, "server"), "box.example")
    assert page.save(), [str(fault.error) for fault in page.draft.faults()]
    assert held(around.saved(), table, key) == value
    assert row(page.open(table), key).control.value == value


def cleared(one: SettingRow) -> QWidget:
    """Its field, all of it selected."""
    field = one.control.field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    return field


def held(settings: Settings, table: str, key: str) -> Any:
    """Of several tables the first one's."""
    if table in SINGLE:
        return getattr(getattr(settings, table), key)
    first = getattr(settings, REPEATED[table])[0]
    return next(one.kind for one in SOURCES if one.settings is type(first)) if key == "kind" else getattr(first, key)


# --- what is wrong, and what nobody here may change


def test_a_wrong_value_is_told_at_its_field_in_the_words_of_the_file_and_is_not_saved(
    around: Around, qtbot: QtBot
) -> None:
    around.write(written("source", "sip"))
    page = shown(around, qtbot)
    view = page.open("source")
    edited(row(view, "server"), "pbx.example")
    edited(row(view, "transport"), "tls")
    row(view, "register").control.field.click()
    qtbot.waitUntil(row(view, "certificate").fault.isVisible, timeout=2000)
    assert "has no certificate" in row(view, "certificate").fault.text()
    assert not page.save()
    assert around.path.read_text("utf-8") == written("source", "sip")
    assert page.bar.told.text() == "▲ 1 value has to be corrected first."
    assert page.list.item(1).text().startswith("▲")
    row(view, "register").control.field.click()
    assert page.save()


def test_saving_leads_to_the_field_that_is_wrong(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    edited(row(page.open("site"), "repeat_days"), "99")
    page.open("trace")
    QTest.mouseClick(page.bar.save, LEFT)
    assert row(page.views["site"], "repeat_days").control.field.hasFocus() or not page.isActiveWindow()
    assert "1 … 30" in row(page.views["site"], "repeat_days").fault.text()


@pytest.mark.parametrize("wrong", ["many", "", "-1"])
def test_a_number_that_is_none_is_refused_and_stays_to_be_corrected(around: Around, qtbot: QtBot, wrong: str) -> None:
    page = shown(around, qtbot)
    one = row(page.open("site"), "answered_within")
    QTest.keyClick(cleared(one), Qt.Key.Key_Backspace)
    QTest.keyClicks(one.control.field, wrong)
    assert not page.save()
    assert one.fault.isVisible()
    assert one.control.field.text() == wrong


def test_two_sources_of_one_name_are_told_at_the_newer_one(around: Around, qtbot: QtBot) -> None:
    around.write(written("source", "sip") + written("source", "ncid").replace('"a"', '"b"'))
    page = shown(around, qtbot)
    view = page.open("source")
    view.list.setCurrentRow(1)
    edited(row(view, "name"), "a")
    assert not page.save()
    assert view.list.item(1).text().startswith("▲")
    assert 'named "a"' in row(view, "name").fault.text()


@pytest.mark.parametrize("told_in", ["en", "ja"])
def test_each_fault_is_told_where_it_is_and_nowhere_else(around: Around, qtbot: QtBot, told_in: str) -> None:
    use_language(told_in)
    around.write(written("source", "sip") + written("line", "") + written("template", ""))
    page = shown(around, qtbot)
    edited(row(page.open("source"), "username"), "201")
    edited(row(page.open("desk"), "hotkey_note"), "Q")
    assert [(one.table, one.key) for one in page.draft.faults()] == [("desk", "hotkey_note")]
    page.draft.undo()
    edited(row(page.open("source"), "username"), "202")
    edited(row(page.open("template"), "line"), "nowhere")
    assert [(one.table, one.place, one.key) for one in page.draft.faults()] == [("template", 0, "line")]
    page.draft.undo()
    view = page.open("action")
    QTest.mouseClick(view.add, LEFT)
    edited(row(view, "program"), ("/usr/bin/crm",))
    (fault,) = page.draft.faults()
    assert (fault.table, fault.place) == ("action", 0)


def test_what_it_has_set_is_shown_locked_with_who_says_so(around: Around, qtbot: QtBot) -> None:
    around.policy = {"desk": {"theme": "dark"}, "line": [{"dialled": "0312345678", "name": "Main shop"}]}
    page = shown(around, qtbot)
    theme = row(page.open("desk"), "theme")
    assert theme.control.value == "dark"
    assert not theme.control.field.isEnabled()
    assert "set by IT, locked" in seen.labels(theme, "locked")
    view = page.open("line")
    assert not view.add.isEnabled()
    assert not view.remove.isEnabled()
    assert not row(view, "name").control.field.isEnabled()
    assert "set by IT, locked" in seen.labels(view, "locked")


def test_what_only_the_machine_may_say_is_locked_too(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    programs = row(page.open("desk"), "programs")
    assert not programs.control.field.isEnabled()
    assert "only IT can allow it" in seen.labels(programs, "locked")
    assert all(not one.control.field.isEnabled() for one in rows_of(page.open("updates")))


def test_what_this_start_was_told_is_not_to_be_changed_from_the_page(around: Around, qtbot: QtBot) -> None:
    around.said = ("desk.theme=dark",)
    page = shown(around, qtbot)
    theme = row(page.open("desk"), "theme")
    assert not theme.control.field.isEnabled()
    assert "set for this start" in seen.labels(theme, "locked")


def test_a_role_that_is_more_than_it_gives_is_no_choice(around: Around, qtbot: QtBot) -> None:
    around.write(machine='[desk]\nrole = "supervisor"\n')
    page = shown(around, qtbot)
    role = row(page.open("desk"), "role")
    assert list(role.words.choices) == ["", "operator", "supervisor"]


# --- lists


def test_sources_are_added_copied_put_in_order_and_taken_out(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    view = page.open("source")
    QTest.mouseClick(view.add, LEFT)
    edited(row(view, "server"), "pbx.example")
    QTest.mouseClick(view.copy, LEFT)
    edited(row(view, "name"), "other")
    QTest.mouseClick(view.up, LEFT)
    assert page.save()
    assert [one.name for one in around.saved().sources] == ["other", "telephone"]
    QTest.mouseClick(view.down, LEFT)
    QTest.mouseClick(view.remove, LEFT)
    assert page.save()
    assert [one.name for one in around.saved().sources] == ["telephone"]
    assert tomllib.loads(around.path.read_text("utf-8")) == {
        "source": [{"kind": "sip", "name": "telephone", "server": "pbx.example"}]
    }


def test_an_own_list_takes_the_place_of_the_machines_and_gives_it_back(around: Around, qtbot: QtBot) -> None:
    around.write(machine=written("line", ""))
    page = shown(around, qtbot)
    view = page.open("line")
    assert "set by IT for this PC" in "".join(seen.labels(view, "small"))
    edited(row(view, "name"), "Shop")
    assert page.save()
    assert around.saved().lines[0].name == "Shop"
    QTest.mouseClick(view.back, LEFT)
    assert page.save()
    assert around.saved().lines[0].name == "Main shop"
    assert tomllib.loads(around.path.read_text("utf-8")) == {}


def test_a_source_of_another_kind_keeps_what_both_know(around: Around, qtbot: QtBot) -> None:
    around.write(written("source", "sip") + 'username = "1201"\nlinked_header = "X-Id"\n')
    page = shown(around, qtbot)
    view = page.open("source")
    edited(row(view, "kind"), "ami")
    assert {one.key for one in view.form.rows} == hints_of("source", "ami").keys()
    edited(row(view, "watch"), "201")
    assert page.save(), [str(one.error) for one in page.draft.faults()]
    assert tomllib.loads(around.path.read_text("utf-8"))["source"] == [
        {"name": "a", "kind": "ami", "server": "pbx.example", "username": "1201", "watch": "201"}
    ]


# --- the file


def test_saving_writes_what_changed_and_leaves_comments(around: Around, qtbot: QtBot) -> None:
    around.write('# mine\n[desk]\noperator = "sato"  # me\n')
    page = shown(around, qtbot)
    edited(row(page.open("desk"), "operator"), "suzuki")
    assert page.save()
    assert around.path.read_text("utf-8") == '# mine\n[desk]\noperator = "suzuki"  # me\n'


def test_back_to_the_default_takes_the_line_out(around: Around, qtbot: QtBot) -> None:
    around.write('[site]\noutside_prefix = "0"\nshort_call = 3\n', '[site]\noutside_prefix = "9"\n')
    page = shown(around, qtbot)
    prefix = row(page.open("site"), "outside_prefix")
    QTest.mouseClick(seen.button(prefix, "Back to the default"), LEFT)
    assert prefix.control.value == "9"
    assert page.save()
    assert around.path.read_text("utf-8") == "[site]\nshort_call = 3\n"


def test_a_file_that_changed_meanwhile_is_not_overwritten(around: Around, qtbot: QtBot) -> None:
    around.write('[desk]\noperator = "sato"\n')
    page = shown(around, qtbot)
    edited(row(page.open("desk"), "operator"), "suzuki")
    around.write('[desk]\noperator = "kato"\n')
    assert not page.save()
    assert "was changed meanwhile" in page.bar.told.text()
    assert around.saved().desk.operator == "kato"
    assert row(page.open("desk"), "operator").control.value == "suzuki"


def test_undoing_shows_what_is_saved(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    one = row(page.open("desk"), "operator")
    edited(one, "suzuki")
    qtbot.waitUntil(lambda: page.bar.told.text() == "1 change is not saved.", timeout=2000)
    QTest.mouseClick(page.bar.undo, LEFT)
    assert one.control.value == ""
    assert not page.is_at_work
    assert not page.bar.save.isEnabled()


# --- search, keyboard


@pytest.mark.parametrize("asked", [
    ("en", "service level", "site", "service_level"), ("ja", "配色", "desk", "theme"), ("ja", "ﾊﾟｽﾜｰﾄﾞ", "source", ""),
    ("en", "linked_header", "source", "linked_header"),
])  # fmt: skip
def test_a_search_narrows_to_what_is_meant(around: Around, qtbot: QtBot, asked: tuple[str, str, str, str]) -> None:
    told_in, typed, table, key = asked
    use_language(told_in)
    around.write(written("source", "sip"))
    page = shown(around, qtbot)
    page.search.setText(typed)
    groups = [one.table for n, one in enumerate(page._groups) if not page.list.item(n).isHidden()]
    assert table in groups
    assert len(groups) < len(page._groups)
    if key:
        page.list.setCurrentRow([one.table for one in page._groups].index(table))
        assert key in [one.key for one in rows_of(page.views[table]) if one.isVisible()]
        assert len([one for one in rows_of(page.views[table]) if one.isVisible()]) < 4
    page.search.setText("zzzz")
    assert all(page.list.item(n).isHidden() for n in range(page.list.count()))
    page.search.clear()
    assert not any(page.list.item(n).isHidden() for n in range(page.list.count()))


def test_tab_leads_from_the_form_of_a_source_to_its_password_and_its_tries(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    view = page.open("source")
    QTest.mouseClick(view.add, LEFT)
    (tries,) = view.findChildren(SourceTries)
    first = [one.control.field for one in rows_of(view)]
    wanted = [view.list, view.add, first[0], tries.password.field, tries.try_it, view.form.more, page.bar.save]
    chain, at = [page.search], page.search.nextInFocusChain()
    while at is not page.search:
        chain.append(at)
        at = at.nextInFocusChain()
    assert [one for one in chain if one in wanted] == wanted
    assert [one for one in chain if one in first] == first


def test_tab_goes_down_the_form(around: Around, qtbot: QtBot) -> None:
    page = shown(around, qtbot)
    fields = [one.control.field for one in rows_of(page.open("trace"))]
    assert fields[0].nextInFocusChain() is not None
    chain, at = [], fields[0]
    while at is not page.bar.save and len(chain) < 200:
        chain.append(at)
        at = at.nextInFocusChain()
    assert [one for one in chain if one in fields] == fields


# --- secrets and tries


def test_a_password_goes_into_the_keyring_and_nowhere_else(desk: RunningDesk, caplog: pytest.LogCaptureFixture) -> None:
    at = AtSettings(desk, written("source", "sip"))
    tries = at.page().open("source").findChildren(SourceTries)[0]
    desk.qtbot.waitUntil(lambda: tries.password.said.text() == "The keyring holds none yet.", timeout=5000)
    assert tries.password.field.echoMode() is QLineEdit.EchoMode.Password
    tries.password.field.setText(CANARY)
    QTest.mouseClick(tries.password.keep, LEFT)
    desk.qtbot.waitUntil(lambda: tries.password.said.text() == "The keyring holds it.", timeout=5000)
    assert at.around.keyring.held == {("omote", "a"): CANARY}
    assert tries.password.typed == ""
    assert at.around.registered == ["a"]
    at.page().save()
    for file in desk.folder.rglob("*"):
        assert not file.is_file() or CANARY.encode() not in file.read_bytes(), file
    assert CANARY not in caplog.text
    assert CANARY not in seen.everything(desk.desktop.main)


def test_a_locked_keyring_is_told_in_words(desk: RunningDesk) -> None:
    at = AtSettings(desk, written("source", "sip"))
    at.around.keyring.is_locked = True
    tries = at.page().open("source").findChildren(SourceTries)[0]
    desk.qtbot.waitUntil(lambda: "the keyring is locked" in tries.password.said.text(), timeout=5000)


def test_a_source_is_tried_as_it_stands_in_the_form_with_the_password_that_is_typed(desk: RunningDesk) -> None:
    pbx = PbxOnUdp(FakeRegistrar(CANARY))
    at = AtSettings(desk)
    view = at.page().open("source")
    QTest.mouseClick(view.add, LEFT)
    for key, value in (("server", pbx.server), ("username", "201"), ("bind", "127.0.0.1:0")):
        view.form.open()
        edited(row(view, key), value)
    (tries,) = view.findChildren(SourceTries)
    tries.password.field.setText(CANARY)
    QTest.mouseClick(tries.try_it, LEFT)
    assert [one.text() for one in tries.box.found] == ["Looking at the server, which may take some seconds…"]
    desk.qtbot.waitUntil(lambda: len(tries.box.found) > 3, timeout=20_000)
    told = [one.text() for one in tries.box.found]
    pbx.close()
    assert "✓ the PBX accepts user name and password of 201." in told
    assert not any(one.startswith("✗") for one in told)
    assert pbx.registrar.bindings == {}
    assert not at.around.path.exists()


def test_a_server_that_is_not_there_is_told_with_what_to_do(desk: RunningDesk) -> None:
    at = AtSettings(desk, written("source", "ncid").replace("box.example", "127.0.0.1:9"))
    (tries,) = at.page().open("source").findChildren(SourceTries)
    QTest.mouseClick(tries.try_it, LEFT)
    desk.qtbot.waitUntil(lambda: any(one.text().startswith("✗") for one in tries.box.found), timeout=20_000)


def test_what_is_wrong_is_told_before_anybody_is_asked(desk: RunningDesk) -> None:
    at = AtSettings(desk)
    view = at.page().open("source")
    QTest.mouseClick(view.add, LEFT)
    (tries,) = view.findChildren(SourceTries)
    QTest.mouseClick(tries.try_it, LEFT)
    assert "has no server" in tries.box.found[0].text()


def test_a_running_source_logs_in_anew_and_rings(desk: RunningDesk) -> None:
    at = AtSettings(desk, written("source", "sip"))
    desk.desk.hear(SourceChanged("a", SourceState.REGISTERED, "192.0.2.10:5060", NOW))
    (tries,) = at.page().open("source").findChildren(SourceTries)
    QTest.mouseClick(tries.register, LEFT)
    assert at.around.registered == ["a"]
    desk.qtbot.waitUntil(lambda: tries.box.found[0].text().startswith("✓ in the running program: "), timeout=3000)
    QTest.mouseClick(tries.ring, LEFT)
    ((reply, name),) = at.around.rung
    assert name == "a"
    reply({"stamps_us": {"painted": 12_300}})
    assert "12.3 ms" in tries.box.found[0].text()


def test_the_records_are_tried_as_they_stand(desk: RunningDesk) -> None:
    at = AtSettings(desk)
    view = at.page().open("database")
    (tries,) = view.findChildren(RecordsTry)
    QTest.mouseClick(tries.try_it, LEFT)
    desk.qtbot.waitUntil(lambda: "✓ the records in" in tries.box.found[0].text(), timeout=9000)
    edited(row(view, "url"), "postgresql://omote@127.0.0.1:9/none")
    assert tries.password.isVisible()
    QTest.mouseClick(tries.try_it, LEFT)
    desk.qtbot.waitUntil(lambda: any(one.text().startswith("✗") for one in tries.box.found), timeout=20_000)


# --- in the windows


def test_colours_change_at_once_and_the_page_stays(desk: RunningDesk) -> None:
    at = AtSettings(desk)
    page = at.page()
    edited(row(page.open("desk"), "theme"), "dark")
    assert page.save()
    desk.qtbot.waitUntil(lambda: desk.desktop.tokens is DARK, timeout=3000)
    assert at.around.settled == [True]
    assert at.page().isVisible()
    assert at.page() is not page
    assert at.page().bar.told.text() == "✓ Saved."


def test_on_top_counts_at_once(desk: RunningDesk) -> None:
    at = AtSettings(desk)
    page = at.page()
    edited(row(page.open("desk"), "on_top_while_ringing"), False)
    assert page.save()
    assert not desk.desktop.on_top
    assert page.bar.told.text() == "✓ Saved."
    assert not page.bar.restart.isVisible()


def test_what_needs_a_new_start_says_so_and_waits_for_the_call(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr("ui.settings_view.QApplication.exit", lambda status=0: ended.append(status))
    at = AtSettings(desk)
    page = at.page()
    edited(row(page.open("desk"), "operator"), "suzuki")
    assert page.save()
    assert page.bar.told.text() == "✓ Saved. It counts after the next start."
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.mouseClick(page.bar.restart, LEFT)
    assert page.bar.told.text() == "As soon as no call is in work."
    assert ended == []
    desk.give_up(call)
    desk.qtbot.waitUntil(lambda: ended == [START_AGAIN], timeout=5000)
    at.view._waits.stop()


def test_a_call_pops_over_it_and_what_is_being_typed_stays(desk: RunningDesk) -> None:
    at = AtSettings(desk)
    page = at.page()
    one = row(page.open("desk"), "operator")
    edited(one, "suz")
    desk.ring(CUSTOMER_NUMBER)
    assert desk.pop.isVisible()
    assert one.control.field.hasFocus() or not page.window().isActiveWindow()
    desk.desktop.main.go_to(0)
    at.view.open()
    assert one.control.value == "suz"
    assert page.is_at_work


def test_quitting_asks_about_what_is_not_saved(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr("ui.settings_view.QApplication.exit", lambda status=0: ended.append(status))
    at = AtSettings(desk)
    page = at.page()
    edited(row(page.open("desk"), "operator"), "suzuki")
    desk.desktop.main.go_to(0)
    desk.desktop.main.wants_quit.emit()
    assert ended == []
    assert page.isVisible()
    assert page.bar.question.isVisible()
    QTest.mouseClick(seen.button(page.bar, "Stay here"), LEFT)
    page.draft.undo()
    desk.desktop.tray.wants_quit.emit()
    assert ended == [0]


def test_an_operator_sees_what_is_a_matter_of_taste(desk: RunningDesk) -> None:
    desk.desk.roles.role = Role.OPERATOR
    page = AtSettings(desk, written("source", "sip")).page()
    assert [page.list.item(n).text() for n in range(page.list.count())] == ["This desk", "Templates"]
    assert {one.key for one in rows_of(page.open("desk"))} == OF_AN_OPERATOR["desk"]


def test_a_role_that_the_server_gives_later_brings_the_other_settings(desk: RunningDesk) -> None:
    desk.desk.roles.role = Role.OPERATOR
    at = AtSettings(desk)
    assert at.page().list.count() == 2
    desk.desk.roles.role = Role.ADMINISTRATOR
    desk.desktop.main.go_to(0)
    at.view.open()
    desk.qtbot.waitUntil(lambda: at.page().list.count() == 10, timeout=3000)


def test_a_restart_does_not_let_go_what_waits(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr("ui.settings_view.QApplication.exit", lambda status=0: ended.append(status))
    at = AtSettings(desk)
    page = at.page()
    edited(row(page.open("desk"), "operator"), "suzuki")
    assert page.save()
    edited(row(page.open("desk"), "operator"), "kato")
    QTest.mouseClick(page.bar.restart, LEFT)
    assert page.bar.told.text() == "Save these changes first, or undo them."
    assert ended == []


def test_settings_that_cannot_be_read_are_said_in_place_of_the_page(desk: RunningDesk) -> None:
    at = AtSettings(desk, "[desk\n")
    at.view.open()
    assert "cannot be read" in seen.everything(desk.desktop.main)
    at.around.write("[desk]\n")
    desk.desktop.main.go_to(0)
    assert at.page().isVisible()
