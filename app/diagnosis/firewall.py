"""Whether this PC's own firewall lets in what comes to Omote unasked, and by which line it would.

A telephone that registers keeps its way open by itself. What comes unasked: calls of a trunk, and what a PBX pushes.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.diagnosis.finding import Finding, attention, ok
from app.policy import RegistryKey
from app.words import _
from cti.address import is_loopback, split_host_port
from cti.push.settings import DEFAULT_PORT, PushSettings
from cti.sip.settings import SipSettings
from cti.source import SourceSettings

WITHIN = 3.0  # seconds for each program that is asked
_POLICY = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
_PROFILES = ("DomainProfile", "StandardProfile", "PublicProfile")
_MAC = "/usr/libexec/ApplicationFirewall/socketfilterfw"


@dataclass(frozen=True, slots=True)
class Door:
    """What must be let in: "udp" or "tcp", and the port."""

    protocol: str
    port: int

    def __str__(self) -> str:
        return f"{self.port}/{self.protocol}"


@dataclass(frozen=True, slots=True)
class Firewall:
    """One that is on. `lets_in` None: it shows that to administrators alone. `line`: what would let it in."""

    name: str
    doors: tuple[Door, ...]
    lets_in: bool | None
    line: str


def _run(words: Sequence[str]) -> tuple[int, str] | None:
    program = shutil.which(words[0])
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 -- the system's own, found where it lies
            [program, *words[1:]], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode, done.stdout


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace")
    except OSError:
        return ""


def _registry(path: str) -> RegistryKey | None:
    if sys.platform == "win32":
        from app.windows_registry import policy_key  # noqa: PLC0415 -- there is no registry elsewhere

        return policy_key(path)[0]
    return None


@dataclass(frozen=True, slots=True)
class System:
    """How this PC is asked. `run` gives a program's exit status and words, None where there is none or no answer."""

    platform: str = sys.platform
    program: str = sys.executable
    run: Callable[[Sequence[str]], tuple[int, str] | None] = _run
    read: Callable[[str], str] = _read
    registry: Callable[[str], RegistryKey | None] = _registry


def doors_of(sources: Sequence[SourceSettings]) -> tuple[Door, ...]:
    """Those that the settings open to other PCs."""
    return tuple(dict.fromkeys(_doors(sources)))


def _doors(sources: Sequence[SourceSettings]) -> Iterator[Door]:
    for one in sources:
        if isinstance(one, SipSettings) and not one.register:
            host, port = split_host_port(one.bind, 5060)
            protocol = "udp" if one.transport == "udp" else "tcp"
        elif isinstance(one, PushSettings):
            (host, port), protocol = split_host_port(one.listen, DEFAULT_PORT), "tcp"
        else:
            continue
        if port and not is_loopback(host):
            yield Door(protocol, port)


def look(doors: tuple[Door, ...], system: System | None = None) -> Firewall | None:
    """The first that is on; None where none is, or nobody comes unasked."""
    asked = system or System()
    kinds = {"win32": (_windows,), "darwin": (_mac,)}.get(asked.platform, (_firewalld, _ufw, _nftables))
    found = (kind(doors, asked) for kind in kinds) if doors else iter(())
    return next((one for one in found if one is not None), None)


def judge(doors: tuple[Door, ...], found: Firewall | None) -> Finding | None:
    """Nothing to say where nobody comes unasked."""
    if not doors:
        return None
    ports = ", ".join(map(str, doors))
    if found is None:
        return ok(_("no firewall of this PC is seen that would keep {ports} out.").format(ports=ports))
    if found.lets_in:
        return ok(_("the firewall ({name}) lets {ports} in.").format(name=found.name, ports=ports))
    if found.lets_in is None:
        words = _(
            "the firewall ({name}) is on, and only an administrator sees its rules. If no call comes, type: {line}"
        )
        return ok(words.format(name=found.name, line=found.line))
    return attention(
        _("the firewall ({name}) keeps out what the PBX sends to {ports}.").format(name=found.name, ports=ports),
        _("As an administrator: {line}").format(line=found.line),
    )


def _firewalld(doors: tuple[Door, ...], system: System) -> Firewall | None:
    state = system.run(["firewall-cmd", "--state"])
    if state is None or state[0] != 0:
        return None
    told = [system.run(["firewall-cmd", f"--query-port={one}"]) for one in doors]
    ports = " ".join(f"--add-port={one}" for one in doors)
    line = f"firewall-cmd --permanent {ports} && firewall-cmd --reload"
    lets_in = [None if one is None else {0: True, 1: False}.get(one[0]) for one in told]
    return Firewall("firewalld", doors, _all_in(lets_in), line)


def _ufw(doors: tuple[Door, ...], system: System) -> Firewall | None:
    if "enabled=yes" not in system.read("/etc/ufw/ufw.conf").lower().replace(" ", ""):
        return None
    rules = system.read("/etc/ufw/user.rules")
    allowed = [line for line in rules.splitlines() if line.endswith("-j ACCEPT")]
    said = [any(f"-p {one.protocol} --dport {one.port} " in line for line in allowed) for one in doors]
    line = " && ".join(f"ufw allow {one}" for one in doors)
    return Firewall("ufw", doors, all(said) if rules else None, line)


def _nftables(doors: tuple[Door, ...], system: System) -> Firewall | None:
    """Only root may list the rules; who may not sees whether they are loaded at start."""
    line = " && ".join(f"nft add rule inet filter input {one.protocol} dport {one.port} accept" for one in doors)
    told = system.run(["nft", "list", "ruleset"])
    if told is not None and told[0] == 0:
        keeps_out = any("hook input" in part and "policy drop" in part for part in told[1].split("chain "))
        named = all(f"{one.protocol} dport {one.port} accept" in told[1] for one in doors)
        return Firewall("nftables", doors, named, line) if keeps_out else None
    active = system.run(["systemctl", "is-active", "--quiet", "nftables"])
    return Firewall("nftables", doors, None, line) if active is not None and active[0] == 0 else None


def _windows(doors: tuple[Door, ...], system: System) -> Firewall | None:
    policy = system.registry(_POLICY)
    if policy is None:
        return None
    with suppress(OSError):
        if not any(policy.key(one).values().get("EnableFirewall") for one in _PROFILES):
            return None
        rules = [_fields(str(one)) for one in policy.key("FirewallRules").values().values()]
        ours = [one for one in rules if one.get("App", "").casefold() == system.program.casefold()]
        ours = [one for one in ours if (one.get("Dir"), one.get("Active")) == ("In", "TRUE")]
        blocked = any(one.get("Action") == "Block" for one in ours)
        line = f'netsh advfirewall firewall add rule name="Omote" dir=in action=allow program="{system.program}"'
        return Firewall("Windows", doors, bool(ours) and not blocked, line)
    return None


def _fields(rule: str) -> dict[str, str]:
    """Of `v2.31|Action=Allow|Active=TRUE|Dir=In|App=C:\\…|`."""
    return dict(part.split("=", 1) for part in rule.split("|") if "=" in part)


def _mac(doors: tuple[Door, ...], system: System) -> Firewall | None:
    state = system.run([_MAC, "--getglobalstate"])
    if state is None or "enabled" not in state[1].lower():
        return None
    told = system.run([_MAC, "--getappblocked", system.program])
    words = told[1].lower() if told is not None else ""
    lets_in = True if "permitted" in words else False if "blocked" in words else None
    line = f'{_MAC} --add "{system.program}" && {_MAC} --unblockapp "{system.program}"'
    return Firewall("macOS", doors, lets_in, line)


def _all_in(told: Sequence[bool | None]) -> bool | None:
    return False if False in told else None if None in told else True
