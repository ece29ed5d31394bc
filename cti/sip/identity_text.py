"""Headers that name people, written anew with less in them: without the person, or with number and name masked.

A value that can't be read becomes one that can't be read either.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote as escaped

from cti.errors import PeerError
from cti.sip.caller import _BY_NAME, _BY_USER, _NOBODY
from cti.sip.cut_secrets import CUT
from cti.sip.grammar import Params, encode, quote, split_list
from cti.sip.headers import NameAddr, parse_name_addr
from cti.sip.plain_text import plain_text
from cti.sip.uri import Uri

Mask = Callable[[str], str]
HIDDEN_NAME = "***"
_FIELD_PARAMS = {
    "tag",
    "expires",
    "party",
    "privacy",
    "screen",
    "reason",
    "counter",
    "index",
    "cause",
    "rc",
    "mp",
    "np",
}
_URI_PARAMS = {"transport", "lr", "ob", "cause"}
_NUMBER = re.compile(r"\+?[0-9][0-9\-.()]*")
_FEWEST_DIGITS = 6  # an extension of five is nobody's secret, and its digits stand in many an address
_SAFE_VALUE = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]*")


def anonymous(value: str) -> str:
    """The header without the person; words that say why there is no number stay."""
    return _each(value, lambda one: _written(_reason(one), _without_person(one.uri), one))


def masked(value: str, mask: Mask) -> str:
    """The header with number and name hidden; words that say why there is no number stay."""
    hidden = HIDDEN_NAME
    return _each(
        value, lambda one: _written(_reason(one) or (one.display and hidden), _masked(one.uri, mask, hidden), one)
    )


def with_masked_numbers(value: str, mask: Mask) -> str:
    """The header without its names, its numbers hidden: a Contact's user that is no number says nothing of anybody."""
    return _each(value, lambda one: _written("", _masked(one.uri, mask, _user(one.uri)), one))


def without_names(value: str) -> str:
    """The header with its numbers, and without the names beside them."""
    return _each(value, lambda one: _written("", _user(one.uri), one))


def numbers_in(value: str) -> set[str]:
    """The digits of every telephone number that the header names."""
    texts = {text for one in _read(value) for text in (one.uri.number, one.display) if _NUMBER.fullmatch(text)}
    digits = {re.sub(r"[^0-9]", "", text) for text in texts}
    return {one for one in digits if len(one) >= _FEWEST_DIGITS}


def _read(value: str) -> Iterator[NameAddr]:
    try:
        for item in split_list(value, ","):
            yield parse_name_addr(item)
    except PeerError:
        return


def _each(value: str, write: Callable[[NameAddr], str]) -> str:
    """Written up to the first address that can't be read: its readers stop there too."""
    try:
        items = [item for item in split_list(value, ",") if item]
        written = [write(one) for one in _read(value)]
    except PeerError:
        return CUT
    return ", ".join(written if len(written) == len(items) else [*written, CUT])


def _reason(one: NameAddr) -> str:
    """The display name that is none, but says why there is no number."""
    return one.display if plain_text(one.display).lower() in _BY_NAME else ""


def _without_person(uri: Uri) -> str:
    return _user(uri) if _is_nobody(uri) else CUT + _verstat(uri)


def _masked(uri: Uri, mask: Mask, other: str) -> str:
    if _is_nobody(uri):
        return _user(uri)
    return mask(uri.number) + _verstat(uri) if _NUMBER.fullmatch(uri.number) else other


def _is_nobody(uri: Uri) -> bool:
    user = uri.user.lower()
    return not user or user in _BY_USER or user in _NOBODY


def _user(uri: Uri) -> str:
    return escaped(encode(uri.user), safe="!~*'()&=+$,;?/")


def _verstat(uri: Uri) -> str:
    """Whether the network vouches for the number: a word of the standard, part of the decision."""
    found = re.search(r";verstat=([A-Za-z\-]+)", f"{uri.user}{_params(uri.params, {'verstat'})}", re.IGNORECASE)
    return found[0] if found else ""


def _written(display: str, user: str, one: NameAddr) -> str:
    uri = one.uri
    if uri.scheme in {"sip", "sips"}:
        at, port = f"{user}@" if user else "", f":{uri.port}" if uri.port is not None else ""
        text = f"{uri.scheme}:{at}{uri.host}{port}{_params(uri.params, _URI_PARAMS)}"
    else:
        text = f"{uri.scheme}:{user or CUT}"
    name = f"{quote(display)} " if display else ""
    return f"{name}<{text}>{_params(one.params, _FIELD_PARAMS)}"


def _params(params: Params, kept: set[str]) -> str:
    pairs = [(name, value) for name, value in params if name in kept and _SAFE_VALUE.fullmatch(value)]
    return "".join(f";{name}={value}" if value else f";{name}" for name, value in pairs)
