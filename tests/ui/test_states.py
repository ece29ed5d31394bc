"""The states that stand on the screen without asking: status line, main window and tray say the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QSystemTrayIcon

from app.pop import Copied, Trouble
from app.screen import Silence, SourceStatus, Status
from cti.events import SourceState
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.plain_text import CutLabel
from ui.status_line import states
from ui.theme import LIGHT
from ui.tray import Tray, omote_icon

SENTENCES = {
    "ja": {
        SourceState.STARTING: "▲ desk phone 接続中",
        SourceState.LISTENING: "● desk phone 待ち受け中 14:12 から",
        SourceState.UNREACHABLE: "▲ desk phone 14:12 から応答なし: 着信を検知できません",
        SourceState.REFUSED: "▲ desk phone 14:12 にパスワードが拒否されました: 着信を検知できません",
        SourceState.NO_SECRET: "▲ desk phone パスワードなし: メインウィンドウで入力してください",
    },
    "en": {
        SourceState.STARTING: "▲ desk phone connecting",
        SourceState.LISTENING: "● desk phone listening since 14:12",
        SourceState.REGISTERED: "● desk phone registered since 14:12",
        SourceState.UNREACHABLE: "▲ desk phone no answer since 14:12: calls are not seen",
        SourceState.REFUSED: "▲ desk phone password refused since 14:12: calls are not seen",
        SourceState.NO_SECRET: "▲ desk phone no password: enter it in the main window",
        SourceState.STOPPED: "▲ desk phone stopped since 14:12",
    },
}
CASES = [(language, state) for language, states in SENTENCES.items() for state in states]


def one_source(state: SourceState, at: datetime = NOW, detail: str = "127.0.0.1:5060") -> Status:
    return Status(sources=(SourceStatus("desk phone", state, detail, at),))


def said(running: RunningDesk) -> str:
    """The status line from left to right."""
    return seen.line(running.pop.status)


@pytest.mark.parametrize(("language", "state"), CASES, indirect=["language"])
def test_every_state_of_a_source_is_a_sign_and_a_sentence(
    language: str, state: SourceState, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    running.pop.show()
    running.desktop.show_status(one_source(state))
    assert said(running).startswith(SENTENCES[language][state])
    running.desktop.show_main()
    assert SENTENCES[language][state] in "\n".join(seen.labels(running.desktop.main, "line")).split("\n")
    assert SENTENCES[language][state].replace("&", "&&") in running.desktop.tray.icon.toolTip()


@pytest.mark.parametrize("state", list(SourceState))
def test_no_state_of_a_source_is_without_words(desk: RunningDesk, state: SourceState) -> None:
    desk.pop.show()
    desk.desktop.show_status(one_source(state))
    assert said(desk)[0] in "●▲"
    assert len(said(desk)) > len("● desk phone ")


def test_a_source_that_gives_no_sign_of_life_and_a_long_silence_are_said(desk: RunningDesk) -> None:
    since = f"{NOW.astimezone():%H:%M}"
    source = replace(one_source(SourceState.REGISTERED).sources[0], since=NOW - timedelta(hours=1), blind_since=NOW)
    desk.pop.show()
    desk.desktop.show_status(Status(sources=(source,), silence=Silence(NOW, 9)))
    everything = said(desk) + desk.pop.status.toolTip()
    assert f"▲ desk phone no sign of life: a call since {since} would not have been seen" in everything
    assert f"○ no call since {since}; usually about 9 come in this time" in everything


def test_port_that_another_program_has_is_named(desk: RunningDesk) -> None:
    desk.pop.show()
    desk.desktop.show_status(one_source(SourceState.PORT_IN_USE))
    assert "127.0.0.1:5060" in said(desk)
    assert said(desk).startswith("▲")


@pytest.mark.parametrize("trouble", list(Trouble))
def test_trouble_with_the_records_is_said_in_line_window_and_note(desk: RunningDesk, trouble: Trouble) -> None:
    desk.pop.show()
    desk.desktop.show_status(Status(database=trouble))
    assert "▲" in said(desk)
    assert "records reachable" not in said(desk)
    (alarm,) = seen.labels(desk.pop.note, "alarm")
    assert alarm in said(desk)
    desk.desktop.show_status(Status())
    assert "● records reachable" in said(desk)
    assert seen.labels(desk.pop.note, "alarm") == []


def test_keystrokes_that_are_not_kept_and_notes_that_wait_are_said(desk: RunningDesk) -> None:
    desk.pop.show()
    desk.desktop.show_status(Status(drafts=Trouble.DISK_FULL, waiting=2, waiting_since=NOW, set_aside=1))
    assert "▲ Keystrokes are not being kept: The disk is full." in said(desk)
    assert "▲ 2 entries wait to be sent, since 14:12" in said(desk)
    assert "▲ 1 entry could not be stored. It is kept on this PC: call IT." in said(desk)


def test_a_server_that_is_away_is_said_with_its_time(desk: RunningDesk) -> None:
    desk.pop.show()
    desk.desktop.show_status(Status(database=Trouble.UNREACHABLE, database_since=NOW))
    assert "▲ The database server cannot be reached. Trying again; your text is kept. (since 14:12)" in said(desk)


def test_a_card_from_this_desks_copy_says_of_when_it_is(desk: RunningDesk) -> None:
    call = desk.ring("0335814111")
    desk.opened(call, "髙橋 一郎")
    yesterday = NOW - timedelta(days=1)
    call.pop = replace(call.pop, trouble=Trouble.UNREACHABLE, copied=Copied(yesterday, NOW))
    desk.desktop.show_card(call)
    (told,) = [text for text in seen.labels(desk.pop.header, "warning") if text]
    assert told.startswith("△ Database not reachable since 14:12: as of ")
    assert told.endswith("14:12")


def test_desk_without_a_phone_says_how_to_set_one_up(desk: RunningDesk) -> None:
    desk.desktop.show_status(Status())
    desk.desktop.show_main()
    assert "docs/settings.md" in seen.labels(desk.desktop.main, "line")[0]


def test_fewer_sources_leave_no_old_sentence_behind(desk: RunningDesk) -> None:
    desk.pop.show()
    two = tuple(SourceStatus(name, SourceState.LISTENING, "", NOW) for name in ("desk phone", "trunk"))
    desk.desktop.show_status(Status(sources=two, drafts=Trouble.DISK_FULL))
    desk.desktop.show_status(Status(sources=two[:1]))
    assert said(desk) == "● desk phone listening since 14:12 ● records reachable 0 entries waiting ?"


@pytest.mark.parametrize(
    ("status", "colour"),
    [
        (one_source(SourceState.LISTENING), LIGHT.good),
        (one_source(SourceState.REGISTERED), LIGHT.good),
        (one_source(SourceState.UNREACHABLE), LIGHT.bad),
        (Status(one_source(SourceState.LISTENING).sources, database=Trouble.LOCKED), LIGHT.bad),
        (Status(), LIGHT.bad),
    ],
)
def test_tray_icon_is_green_only_when_a_call_would_be_seen(desk: RunningDesk, status: Status, colour: str) -> None:
    desk.desktop.show_status(status)
    shown, wanted = (icon.pixmap(64).toImage() for icon in (desk.desktop.tray.icon.icon(), omote_icon(LIGHT, colour)))
    assert shown == wanted
    assert shown.pixelColor(52, 14).name() == colour


def test_tray_menu_and_click_ask_for_what_they_say(dressed: object) -> None:
    tray, asked = Tray(LIGHT), list[str]()
    for name in ("wants_pop", "wants_main", "wants_quit"):
        getattr(tray, name).connect(lambda name=name: asked.append(name))
    for action in tray.icon.contextMenu().actions():
        action.trigger()
    assert asked == ["wants_pop", "wants_main", "wants_quit"]
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert asked[3:] == ["wants_pop"]


def test_in_a_narrow_window_what_is_wrong_has_the_room_and_what_finds_none_is_counted(desk: RunningDesk) -> None:
    names = ("desk phone", "front desk", "back office", "warehouse", "shop")
    down = [SourceStatus(name, SourceState.UNREACHABLE, "127.0.0.1:5060", NOW) for name in names]
    desk.pop.show()
    desk.pop.resize(720, 560)
    desk.desktop.show_status(Status(sources=(SourceStatus("well", SourceState.REGISTERED, "", NOW), *down)))
    line = desk.pop.status
    cut = [one for one in line.findChildren(CutLabel) if one.isVisible() and one.whole]
    assert cut
    assert all(one.text() == one.whole or one.text().endswith("…") for one in cut)
    assert all(one.width() > 60 for one in cut), "nothing is left of a sentence but …"
    assert "well" not in said(desk)
    assert f"+{len(names) - len(cut)}" in said(desk)
    assert all(one.geometry().right() <= line.width() for one in line.findChildren(QLabel) if one.isVisible())
    assert all(name in line.toolTip() for name in (*names, "well"))
    desk.pop.resize(3000, 560)
    assert all(name in said(desk) for name in (*names, "well"))


def test_a_fault_of_an_earlier_run_is_the_last_and_quietest_of_the_states() -> None:
    at = datetime(2026, 11, 22, 10, 42).astimezone()
    assert states(Status(fell_at=at))[-1] == (
        "○ Omote met a fault of its own on 2026-11-22 10:42. IT hands it on by: omote diagnose --bundle FILE"
    )


def test_a_fault_of_an_earlier_run_is_told_in_the_main_window_and_not_beside_a_call(desk: RunningDesk) -> None:
    desk.desk.board.set(fell_at=NOW)
    main, pop = (
        [one for one in window.findChildren(QLabel) if "fault of its own" in one.text()]
        for window in (desk.desktop.main, desk.desktop.pop)
    )
    assert main
    assert not pop
