"""A link that is clicked in another program: macOS tells of it by an event, everything else by `omote dial`."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from app.requests import ask_to_dial
from tests.ui.running import RunningDesk
from tests.ui.test_dialling import asked, dialled
from ui.application import Application


@pytest.fixture
def app(qapp: Application) -> Iterator[Application]:
    yield qapp
    qapp._open = None


def opens(desk: RunningDesk) -> Callable[[str], None]:
    """As the program does it."""

    def open_link(link: str) -> None:
        ask_to_dial(desk.dialling, {"do": "dial", "number": link})
        desk.desktop.be_asked()

    return open_link


def click(app: Application, link: str) -> None:
    QCoreApplication.postEvent(app, QFileOpenEvent(QUrl(link)))
    QCoreApplication.sendPostedEvents(app)


@pytest.mark.parametrize("link", ["tel:+81-3-3581-4111", "callto:0335814111", "sip:0335814111@pbx.example.jp"])
def test_a_link_is_dialled(desk: RunningDesk, app: Application, link: str) -> None:
    app.open_links(opens(desk))
    click(app, link)
    dialled(desk, b"dial - 0335814111\r\n")


def test_what_may_cost_is_asked_first_and_what_is_no_number_is_said(desk: RunningDesk, app: Application) -> None:
    app.open_links(opens(desk))
    click(app, "tel:0990504000")
    asked(desk, desk.desktop.main.dial, "costs more")
    click(app, "tel:%E9%88%B4%E6%9C%A8")
    asked(desk, desk.desktop.main.dial, "no number that can be dialled")
    click(app, "file:///etc/passwd")
    asked(desk, desk.desktop.main.dial, "no number that can be dialled")
    desk.loop.run()
    assert desk.control.wire == b""


def test_of_links_that_came_before_the_windows_the_last_one_is_opened(app: Application) -> None:
    opened: list[str] = []
    click(app, "tel:0335814111")
    click(app, "tel:0312345678")
    app.open_links(opened.append)
    click(app, "tel:0399998888")
    assert opened == ["tel:0312345678", "tel:0399998888"]
