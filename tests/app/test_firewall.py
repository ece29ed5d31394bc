"""What `omote diagnose` says of this PC's firewall: each kind, on, off, open, shut, and where it shows nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from app.diagnosis.finding import Finding, Level
from app.diagnosis.firewall import Door, System, doors_of, judge, look
from cti.push.settings import PushSettings
from cti.sip.settings import SipSettings

DOORS = (Door("udp", 5060),)
PROGRAM = r"C:\Program Files\Omote\omote.exe"
UFW_ON = {"/etc/ufw/ufw.conf": "# comment\nENABLED=yes\n"}
UFW_OPEN = "-A ufw-user-input -p udp --dport 5060 -s 192.0.2.1 -j ACCEPT\n"
UFW_SHUT = "-A ufw-user-input -p udp --dport 5060 -j DROP\n-A ufw-user-input -p tcp --dport 22 -j ACCEPT\n"
NFT_SHUT = "chain input {\n type filter hook input priority filter; policy drop;\n tcp dport 22 accept\n}"


class Key:
    """A key of the registry, from dicts."""

    def __init__(self, made: Mapping[str, Any]) -> None:
        self._made = made

    def values(self) -> Mapping[str, object]:
        return {name: value for name, value in self._made.items() if not isinstance(value, dict)}

    def below(self) -> Sequence[str]:
        return [name for name, value in self._made.items() if isinstance(value, dict)]

    def key(self, name: str) -> "Key":
        return Key(self._made[name])


def runs(answers: Mapping[str, tuple[int, str]]) -> Callable[[Sequence[str]], tuple[int, str] | None]:
    """Answers by the line that is typed."""
    return lambda words: answers.get(" ".join(words))


def linux(files: Mapping[str, str] | None = None, **answers: tuple[int, str]) -> System:
    typed = {name.replace("_", " ").replace("firewall ", "firewall-"): told for name, told in answers.items()}
    typed = {name.replace("is active", "is-active --quiet"): told for name, told in typed.items()}
    return System("linux", "/usr/bin/omote", runs(typed), lambda path: (files or {}).get(path, ""), lambda _path: None)


def told(system: System, doors: tuple[Door, ...] = DOORS) -> Finding:
    found = judge(doors, look(doors, system))
    assert found is not None
    return found


def test_only_what_comes_unasked_needs_a_door() -> None:
    sources = (
        SipSettings("desk phone", "pbx.example.jp"),
        SipSettings("trunk", register=False, bind="0.0.0.0:5062"),
        SipSettings("here", register=False, bind="127.0.0.1:5064"),
        PushSettings("crm", listen="0.0.0.0:8765"),
        PushSettings("local"),
    )
    assert doors_of(sources) == (Door("udp", 5062), Door("tcp", 8765))
    assert judge((), None) is None


def test_no_firewall_is_said_as_what_was_seen() -> None:
    assert told(linux()).level is Level.OK
    assert "5060/udp" in told(linux()).text


@pytest.mark.parametrize(
    ("rules", "level", "part"),
    [(UFW_OPEN, Level.OK, "lets 5060/udp in"), (UFW_SHUT, Level.ATTENTION, "keeps out"), ("", Level.OK, "ufw allow")],
)
def test_ufw(rules: str, level: Level, part: str) -> None:
    found = told(linux(UFW_ON | {"/etc/ufw/user.rules": rules}))
    assert (found.level, part in found.text) == (level, True)
    assert ("ufw allow 5060/udp" in found.todo) is (level is Level.ATTENTION)


@pytest.mark.parametrize(("status", "level"), [(0, Level.OK), (1, Level.ATTENTION), (253, Level.OK)])
def test_firewalld_is_asked_for_the_port(status: int, level: Level) -> None:
    answers = {"firewall-cmd --state": (0, "running"), "firewall-cmd --query-port=5060/udp": (status, "")}
    found = told(System("linux", "", runs(answers), lambda _path: "", lambda _path: None))
    assert found.level is level
    assert ("--add-port=5060/udp" in found.text + found.todo) is (status != 0)


def test_nftables_shows_its_rules_to_root_alone() -> None:
    shut = told(linux(nft_list_ruleset=(0, NFT_SHUT)))
    assert (shut.level, "udp dport 5060 accept" in shut.todo) == (Level.ATTENTION, True)
    opened = told(linux(nft_list_ruleset=(0, NFT_SHUT.replace("tcp dport 22", "udp dport 5060"))))
    assert opened.level is Level.OK
    hidden = told(linux(nft_list_ruleset=(1, ""), systemctl_is_active_nftables=(0, "")))
    assert (hidden.level, "nft add rule" in hidden.text) == (Level.OK, True)


@pytest.mark.parametrize(
    ("rule", "is_on", "level"),
    [
        (f"v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|App={PROGRAM}|Name=Omote|", 1, Level.OK),
        (f"v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=17|App={PROGRAM}|Name=Omote|", 1, Level.ATTENTION),
        (f"v2.31|Action=Allow|Active=FALSE|Dir=In|App={PROGRAM}|Name=Omote|", 1, Level.ATTENTION),
        (r"v2.31|Action=Allow|Active=TRUE|Dir=In|App=C:\other.exe|", 1, Level.ATTENTION),
        ("", 0, Level.OK),
    ],
)
def test_windows_is_read_from_its_registry(rule: str, is_on: int, level: Level) -> None:
    profiles = {name: {"EnableFirewall": is_on} for name in ("DomainProfile", "StandardProfile", "PublicProfile")}
    key = Key(profiles | {"FirewallRules": {"{1}": rule}})
    found = told(System("win32", PROGRAM, runs({}), lambda _path: "", lambda _path: key))
    assert found.level is level
    assert (f'program="{PROGRAM}"' in found.todo) is (level is Level.ATTENTION)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Incoming connection to the application is permitted", Level.OK),
        ("Incoming connection to the application is blocked", Level.ATTENTION),
        ("The application is not part of the firewall", Level.OK),
    ],
)
def test_macos_is_asked_for_the_program(words: str, level: Level) -> None:
    tool = "/usr/libexec/ApplicationFirewall/socketfilterfw"
    answers = {
        f"{tool} --getglobalstate": (0, "Firewall is enabled. (State = 1)"),
        f"{tool} --getappblocked p": (0, words),
    }
    assert told(System("darwin", "p", runs(answers), lambda _path: "", lambda _path: None)).level is level


def test_this_very_pc_is_asked_without_harm() -> None:
    assert judge(DOORS, look(DOORS)) is not None
