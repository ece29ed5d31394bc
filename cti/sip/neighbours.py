"""Who else is registered as our extension: what the contacts in a registrar's answers say (RFC 3261 section 10.3).

A desk phone is worth more than our pop: whatever may be a phone counts as one.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from cti.address import Address, normal_address
from cti.errors import PeerError
from cti.events import Danger
from cti.plain_text import plain_text
from cti.sip.grammar import param, parse_number
from cti.sip.headers import Headers, NameAddr, parse_name_addr
from cti.sip.settings import Answer

OMOTE = "omote-"  # every Omote's Contact user begins so, and is random after that
MOST_NAMED = 3  # contacts that one warning names
LAPSING = 2  # seconds: a contact that ends so soon may be gone at the next look without our doing

Dangers = tuple[tuple[Danger, str], ...]


def new_contact_user(random: Random) -> str:
    """A user part that nobody can guess (64 bits), and by which one Omote knows another."""
    return f"{OMOTE}{random.getrandbits(64):016x}"


@dataclass(frozen=True, slots=True)
class Phone:
    """A contact of somebody else; `name` is user@host, clean."""

    name: str
    port: int | None
    is_lapsing: bool = False


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One list of contacts, sorted by whose they are.

    `omotes` are the hosts of other Omotes, whose users are secrets; `stale` the URIs that we have left behind.
    """

    has_ours: bool = False
    phones: tuple[Phone, ...] = ()
    omotes: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    count: int = 0  # of all, ours too

    @property
    def named(self) -> str:
        """The others, for eyes."""
        return named([*(phone.name for phone in self.phones), *self.omotes])

    def missing_in(self, later: "Neighbours") -> list[str]:
        """The phones that went since; one that has only changed its port has not."""
        names = {phone.name for phone in later.phones}
        are_fewer = len(later.phones) < len(self.phones)
        gone = [phone for phone in self.phones if are_fewer or phone.name not in names]
        places = {(phone.name, phone.port) for phone in later.phones}
        return [one.name for one in gone if (one.name, one.port) not in places and not one.is_lapsing]


NOBODY = Neighbours()


@dataclass(slots=True)
class Neighbourhood:
    """What the lists say together: the one `before` our REGISTER, the one `after` it, and those of former refreshes."""

    before: Neighbours = NOBODY
    after: Neighbours = NOBODY
    _room: int = 0
    _full_at: int | None = None
    _is_listed: bool = False

    def begin(self) -> None:
        """A new REGISTER: nothing is known of the others yet."""
        self.before = self.after = NOBODY

    def note_before(self, listed: Neighbours) -> None:
        self.before = listed
        self._measure(listed)

    def note_after(self, listed: Neighbours) -> None:
        self.after = listed
        self._is_listed = listed.has_ours
        self._measure(listed)

    def forget_us(self) -> None:
        """The registrar may have lost our contact by itself: nobody has taken our place then."""
        self._is_listed = False

    @property
    def is_displaced(self) -> bool:
        """The registrar took a phone in for us: coming back would throw it off."""
        is_full = bool(self.before.phones) and self.before.count >= self._room
        return self._is_listed and not self.before.has_ours and is_full

    def forget_full(self) -> None:
        """Somebody may have made room."""
        self._full_at = None

    def note_full(self) -> None:
        """The registrar has just refused to add us to these."""
        self._full_at = self.before.count

    @property
    def is_full(self) -> bool:
        """It would refuse us again: PBXs write such a try down as an attack."""
        has_others = bool(self.before.phones or self.before.omotes) and not self.before.has_ours
        return self._full_at is not None and has_others and self.before.count >= self._full_at

    @property
    def evicted(self) -> str:
        """The phones that our REGISTER threw off, for eyes."""
        return named(self.before.missing_in(self.after))

    def dangers(self, answer: Answer) -> Dangers | None:
        """None while we can't tell which of the contacts is ours."""
        if self.after.has_ours or self.before.has_ours:
            return dangers_beside((self.before, self.after), answer)
        return None

    def _measure(self, listed: Neighbours) -> None:
        if listed.has_ours:
            self._room = max(self._room, listed.count)


@dataclass(frozen=True, slots=True)
class Ourselves:
    """By what we know our own contacts: our user, the address where we are, and the one where we were before it."""

    contact_user: str
    at: Address
    was_at: Address | None = None


def read_neighbours(headers: Headers, us: Ourselves) -> Neighbours:
    """Sort the contacts of a 200 to REGISTER."""
    contacts = listed_contacts(headers)
    ours = [(text, contact) for text, contact in contacts if contact.uri.user == us.contact_user]
    moved = [text for text, contact in ours if us.was_at not in {None, us.at} and _address(contact) == us.was_at]
    listed = [one for one in contacts if one not in ours]
    phones = [contact for _, contact in listed if not contact.uri.user.startswith(OMOTE)]
    omotes = [(text, contact) for text, contact in listed if contact.uri.user.startswith(OMOTE)]
    here = [text for text, contact in omotes if _host(contact) == normal_address(us.at[0])]
    return Neighbours(
        bool(ours),
        tuple(Phone(_shown(one), one.uri.port, _is_lapsing(one, headers)) for one in phones),
        tuple(plain_text(_host(one)) for text, one in omotes if text not in here),
        tuple((moved + here)[:MOST_NAMED]),
        len(contacts),
    )


def listed_contacts(headers: Headers) -> list[tuple[str, NameAddr]]:
    """Each contact with its URI as it was written, up to the first broken one: a registrar may compare bytes."""
    found = []
    with suppress(PeerError):
        for item in headers.items("contact"):
            contact = parse_name_addr(item)
            written = item[item.rfind("<") + 1 :] if "<" in item else item.partition(";")[0]
            found.append((written.partition(">")[0], contact))
    return found


def dangers_beside(lists: Iterable[Neighbours], answer: Answer) -> Dangers:
    """What registering beside everybody in these lists means."""
    lists = tuple(lists)
    beside = named(phone.name for one in lists for phone in one.phones)
    others = named(host for one in lists for host in one.omotes)
    found = [(Danger.SHARED_EXTENSION, beside)] if beside else []
    if beside and answer == "ring":
        found.append((Danger.KEEPS_RINGING, beside))
    return (*found, (Danger.ANOTHER_OMOTE, others)) if others else tuple(found)


def named(contacts: Iterable[str]) -> str:
    """Several contacts as one text, each once."""
    different = list(dict.fromkeys(contacts))
    more = ["…"] if len(different) > MOST_NAMED else []
    return ", ".join([*different[:MOST_NAMED], *more])


def _host(contact: NameAddr) -> str:
    return normal_address(contact.uri.host)


def _address(contact: NameAddr) -> Address:
    return _host(contact), contact.uri.port or 5060


def _shown(contact: NameAddr) -> str:
    return plain_text(f"{contact.uri.user}@{contact.uri.host}")


def _is_lapsing(contact: NameAddr, headers: Headers) -> bool:
    stated = param(contact.params, "expires") or headers.get("expires") or ""
    try:
        return parse_number(stated, 2**32) <= LAPSING
    except PeerError:
        return False
