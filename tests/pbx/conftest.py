"""One Asterisk and three desk phones for the whole run; nothing here is collected but by `./run test-pbx`."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo_records import make_demo_records
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.network import Loopback, Namespaces
from tests.pbx.talking import HUM

FIGURES = pytest.StashKey[Figures]()
VERSION = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pbx", "a real Asterisk")
    group.addoption("--full", action="store_true", help="as many calls and restarts as can be trusted, not a few")
    group.addoption("--count", type=int, default=0, help="so many calls, restarts and cuts, whatever else is asked")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = Figures()
    config.addinivalue_line("markers", "looks_like_an_attack: the PBX logs what ban lists count")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures, version = config.stash[FIGURES], config.stash.get(VERSION, "")
    if figures.rows:
        figures.write(version)
        terminalreporter.section(f"figures, {version}")
        for line in figures.table():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Figures:
    return pytestconfig.stash[FIGURES]


@pytest.fixture(scope="session")
def how_many(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """`--count`, or the first number, or with `--full` the second."""

    def choose(few: int, many: int) -> int:
        return int(pytestconfig.getoption("--count")) or (many if pytestconfig.getoption("--full") else few)

    return choose


@pytest.fixture(scope="session")
def network() -> Iterator[Loopback]:
    kind = os.environ.get("OMOTE_PBX_NETWORK")
    if kind is None:
        pytest.skip("no Asterisk was started: type ./run test-pbx")
    with Namespaces() if kind == "namespaces" else Loopback() as made:
        yield made


@pytest.fixture
def cable(network: Loopback) -> Iterator[Namespaces]:
    if not isinstance(network, Namespaces):
        pytest.skip("no network namespaces here (root may make them): NOTHING was cut or moved")
    yield network
    if not network.is_as_made:
        network.plug_cable()
        network.move_desk(network.desk)


@pytest.fixture(scope="session")
def asterisk(
    network: Loopback, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Asterisk]:
    with Asterisk(Path(os.environ["OMOTE_PBX_ROOT"]), tmp_path_factory.mktemp("asterisk"), network) as started:
        pytestconfig.stash[VERSION] = started.cli("core show version").split(" built")[0]
        yield started


@pytest.fixture(autouse=True)
def _no_ban(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever Omote does, nothing in the PBX's log may let a ban list count it as an attacker."""
    asterisk = request.getfixturevalue("asterisk")
    said = len(asterisk.log)
    yield
    if request.node.get_closest_marker("looks_like_an_attack") is None:
        assert asterisk.attacks(said) == []


@pytest.fixture(scope="session")
def _phones(asterisk: Asterisk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DeskPhone]]:
    folder = tmp_path_factory.mktemp("phones")
    with (
        DeskPhone("201", folder / "201", asterisk) as one,
        DeskPhone("202", folder / "202", asterisk) as two,
        DeskPhone("203", folder / "203", asterisk) as three,
    ):
        yield {"201": one, "202": two, "203": three}


@pytest.fixture
def phones(_phones: dict[str, DeskPhone], asterisk: Asterisk) -> Iterator[dict[str, DeskPhone]]:
    """All three registered, without a call before and after."""
    for phone in _phones.values():
        phone.wait_until_registered()
        phone.forget()
    yield _phones
    asterisk.hang_up_all()


@pytest.fixture
def desk_phone(phones: dict[str, DeskPhone]) -> DeskPhone:
    """The operator's own: 201, beside Omote's 1201."""
    return phones["201"]


@pytest.fixture
def colleague(phones: dict[str, DeskPhone]) -> DeskPhone:
    return phones["202"]


@pytest.fixture
def carrier(asterisk: Asterisk, tmp_path: Path) -> Iterator[Carrier]:
    with Carrier(asterisk.network, tmp_path) as placing:
        yield placing


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo_records(tmp_path_factory.mktemp("records"), datetime.now(UTC).astimezone())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the humming telephone writes what it hears."""
    made = tmp_path / "heard"
    made.mkdir()
    return made


@pytest.fixture
def humming(asterisk: Asterisk, tmp_path: Path, folder: Path) -> Iterator[DeskPhone]:
    """A telephone whose microphone hums, and that writes down what it hears."""
    with DeskPhone("207", tmp_path / "207", asterisk, HUM.format(folder=folder)) as phone:
        yield phone
        asterisk.hang_up_all()
        phone.switch_off()
