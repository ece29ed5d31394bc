"""Headers that name people, written anew with less in them: without the person, or with number and name masked.

Words that say why there is no number stay, and what the network says of it. A value that can't be read becomes one
that can't be read either.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote as escaped

from cti.caller_words import is_no_name
from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.cut_secrets import CUT
from cti.sip.grammar import Params, quote, split_list
from cti.sip.headers import NameAddr, parse_name_addr
from cti.sip.uri import Uri
from cti.sip.withheld import is_private, number_of
from cti.wire_text import encode

Mask = Callable[[str], str]
HIDDEN_NAME = "***"
_FIELD_PARAMS = {
    "tag", "expires", "party", "privacy", "screen", "reason", "counter", "index", "cause", "rc", "mp", "np", "verstat",
}  # fmt: skip
_URI_PARAMS = {"transport", "lr", "ob", "cause", "verstat"}
_URI_HEADERS = {"privacy", "reason"}
_NUMBER = re.compile(r"\+?[0-9][0-9\-.()]*")
FEWEST_DIGITS = 6  # an extension of five is nobody's secret, and its digits stand in many an address
_SAFE_VALUE = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]*")


def anonymous(value: str) -> str:
    """Without the person."""
    return _each(value, lambda one: _written(one, _word(one), _user(one.uri) if _is_nobody(one) else CUT))


def masked(value: str, mask: Mask) -> str:
    """With number and name hidden."""
    return _each(value, lambda one: _written(one, _word(one) or (one.display and HIDDEN_NAME), _masked_user(one, mask)))


def with_masked_numbers(value: str, mask: Mask) -> str:
    """Without names, its numbers hidden: a Contact's user that is no number says nothing of anybody."""
    return _each(value, lambda one: _written(one, "", _masked_user(one, mask, _user(one.uri))))


def without_names(value: str) -> str:
    """With its numbers, and without the names beside them."""
    return _each(value, lambda one: _written(one, "", _user(one.uri)))


def without_private(value: str) -> str:
    """Diversion or History-Info without the forwarders that are not to be shown."""
    return _each(value, lambda one: _written(one, "", CUT if is_private(one) else _user(one.uri)))


def has_private(value: str) -> bool:
    return any(is_private(one) for one in _read(value))


def numbers_in(value: str) -> set[str]:
    """The digits of every telephone number that the header names."""
    return {digits for one in _read(value) for digits in digits_of(one)}


def digits_of(one: NameAddr) -> set[str]:
    """Those of the number and of a name that is one."""
    texts = [text for text in (one.uri.number, one.display) if _NUMBER.fullmatch(text)]
    return {digits for text in texts if len(digits := re.sub(r"[^0-9]", "", text)) >= FEWEST_DIGITS}


def _read(value: str) -> Iterator[NameAddr]:
    """Up to the first address that can't be read, as all its readers do."""
    try:
        for item in split_list(value, ","):
            yield parse_name_addr(item)
    except PeerError:
        return


def _each(value: str, write: Callable[[NameAddr], str]) -> str:
    written = [write(one) for one in _read(value)]
    try:
        is_whole = len(written) == len(split_list(value, ","))
    except PeerError:
        is_whole = False
    return ", ".join(written if is_whole else [*written, CUT])


def _word(one: NameAddr) -> str:
    """The display name where it only says that there is none, or why."""
    return one.display if is_no_name(plain_text(one.display)) else ""


def _is_nobody(one: NameAddr) -> bool:
    """The user part says so itself; a host that says so may stand beside a real number."""
    return not number_of(replace(one, uri=replace(one.uri, host="h")))


def _masked_user(one: NameAddr, mask: Mask, other: str = HIDDEN_NAME) -> str:
    if _is_nobody(one):
        return _user(one.uri)
    return mask(one.uri.number) if _NUMBER.fullmatch(one.uri.number) else other


def _user(uri: Uri) -> str:
    user = escaped(encode(uri.user.partition(";")[0]), safe="!~*'()&=+$,?/")
    return user + _number_param(uri, "phone-context")


def _number_param(uri: Uri, name: str) -> str:
    value = uri.number_param(name) or ""
    return f";{name}={value}" if re.fullmatch(r"\+?[A-Za-z0-9.\-]+", value) else ""


def _written(one: NameAddr, display: str, user: str) -> str:
    uri, name = one.uri, f"{quote(display)} " if display else ""
    user += _number_param(uri, "verstat") if user else ""
    if uri.scheme in {"sip", "sips"}:
        at, port = f"{user}@" if user else "", f":{uri.port}" if uri.port is not None else ""
        address = f"{at}{uri.host}{port}{_params(uri.params, _URI_PARAMS)}"
    else:
        address = user or CUT
    return f"{name}<{uri.scheme}:{address}{_uri_headers(uri)}>{_params(one.params, _FIELD_PARAMS)}"


def _params(params: Params, kept: set[str]) -> str:
    pairs = [(name, value) for name, value in params if name in kept and _SAFE_VALUE.fullmatch(value)]
    return "".join(f";{name}={value}" if value else f";{name}" for name, value in pairs)


def _uri_headers(uri: Uri) -> str:
    fields = "&".join(f"{name}={escaped(encode(value))}" for name, value in uri.headers if name in _URI_HEADERS)
    return f"?{fields}" if fields else ""
