"""What a source may do to the operator's phone stands in both windows, in words, for as long as it lasts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from app.screen import SourceDanger, Status
from cti.events import Danger, SourceChanged, SourceState, SourceWarned
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk

PICTURES = Path(__file__).parents[2] / "artefacts"
WHO = "201-0x5590de7644f0@192.0.2.7"
BESIDE = ((Danger.SHARED_EXTENSION, WHO), (Danger.KEEPS_RINGING, WHO))
SENTENCE = {
    "en": f"△ desk phone: another phone ({WHO}) is registered as the same extension. A PBX that rings only one of them"
    ' may leave that phone silent. Give Omote an extension of its own, or use kind = "sip-dialog".',
    "ja": f"△ desk phone: 同じ内線に他の電話機 ({WHO}) も登録されています。片方しか鳴らさない PBX では、"
    'その電話機が鳴らないことがあります。Omote 専用の内線を作るか、kind = "sip-dialog" を使ってください。',
}
CROWDED = {"en": "has room for", "ja": "登録数の上限"}
HALF_OF_FULL_HD = QSize(960, 500)  # what a screen of 1920 × 1080 gives at 200 %, without its title bar


def warn(running: RunningDesk, *dangers: tuple[Danger, str]) -> None:
    running.desk.hear(SourceChanged("desk phone", SourceState.REGISTERED, "192.0.2.10:5060", NOW))
    running.desk.hear(SourceWarned("desk phone", dangers, NOW))


def warnings(window: QWidget) -> list[str]:
    return [line for text in seen.labels(window, "warning") for line in text.split("\n")]


def test_phone_beside_us_is_told_in_the_window_with_the_way_out(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    running.desktop.show_main()
    warn(running, *BESIDE)
    first, second = warnings(running.desktop.main)
    assert first == SENTENCE[language]
    assert second.startswith("△ ")
    assert 'answer = "silent"' in second
    warn(running)
    assert warnings(running.desktop.main) == []


def test_gravest_is_told_in_a_few_words_beside_the_card_and_the_rest_when_pointed_at(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    warn(desk, *BESIDE)
    assert warnings(desk.pop.status) == ["△ the phone may not ring: tell IT"]
    assert "answer = &quot;silent&quot;" in desk.pop.status.toolTip()
    warn(desk)
    assert warnings(desk.pop.status) == []
    assert desk.pop.status.toolTip() == ""


@pytest.mark.parametrize("danger", list(Danger))
def test_no_danger_is_without_words_in_either_language(
    danger: Danger, language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    running.desktop.show_main()
    running.ring(CUSTOMER_NUMBER)
    warn(running, (danger, WHO))
    (line,) = warnings(running.desktop.main)
    (short,) = warnings(running.pop.status)
    assert line.startswith("△ desk phone: ")
    assert ("ください" in line) == (language == "ja")
    assert any(ord(letter) > 0x3000 for letter in short) == (language == "ja")


def test_extension_without_room_says_who_has_it_and_what_to_do(language: str, start: Callable[[], RunningDesk]) -> None:
    running = start()
    running.desktop.show_main()
    running.desk.hear(SourceChanged("desk phone", SourceState.NO_ROOM, WHO, NOW))
    (line,) = warnings(running.desktop.main)
    assert CROWDED[language] in line
    assert WHO in line
    warn_evicted = SourceWarned("desk phone", ((Danger.EVICTED_PHONE, WHO),), NOW)
    running.desk.hear(warn_evicted)
    assert len(warnings(running.desktop.main)) == 1, "one sentence is enough"


@pytest.mark.parametrize("danger", list(Danger))
def test_no_word_is_cut_at_200_percent(danger: Danger, language: str, start: Callable[[], RunningDesk]) -> None:
    running = start()
    running.ring(CUSTOMER_NUMBER)
    running.pop.status.show_time(12_345)
    running.desktop.show_main()
    running.desktop.main.resize(640, 440)
    running.pop.setMinimumSize(QSize(10, 10))
    running.pop.resize(HALF_OF_FULL_HD)
    state = SourceState.NO_ROOM if danger is Danger.EVICTED_PHONE else SourceState.REGISTERED
    running.desk.hear(SourceChanged("desk phone", state, WHO, NOW))
    running.desk.hear(SourceWarned("desk phone", ((danger, WHO),), NOW))
    running.qtbot.wait(50)
    (short,) = warnings(running.pop.status)
    assert "…" not in short
    (full,) = [one for one in running.desktop.main.findChildren(QLabel) if one.property("role") == "warning"]
    assert full.height() >= full.heightForWidth(full.width())
    PICTURES.mkdir(exist_ok=True)
    running.desktop.main.grab().save(str(PICTURES / f"warning-{danger}-{language}.png"))
    running.pop.grab().save(str(PICTURES / f"warning-{danger}-{language}-pop.png"))


def test_markup_in_a_contact_is_shown_as_it_is(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.desktop.show_status(Status(dangers=(SourceDanger("desk", Danger.SHARED_EXTENSION, "<b>x</b>@y"),)))
    assert "<b>x</b>@y" in warnings(desk.desktop.main)[0]
    assert "<b>" not in desk.pop.status.toolTip()
