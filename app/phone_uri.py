"""The number inside a tel:, callto: or sip: URI (RFC 3966, RFC 3261 section 19.1.6)."""

import re
from urllib.parse import unquote

import phonenumbers

_SCHEME = re.compile(r"(?:tel|callto|sips?):(?://)?", re.IGNORECASE)
_CONTEXT = re.compile(r";phone-context=\+([0-9]{1,7})", re.IGNORECASE)
_PARAMETERS = re.compile(r";(?!ext=)[^;@]*", re.IGNORECASE)


def plain_number(text: str, region: str) -> tuple[str, str]:
    """The number without its URI, and the region it is written for; text that is no URI comes back as it is."""
    scheme = _SCHEME.match(text)
    if scheme is None:
        return text, region
    user = unquote(text[scheme.end() :].partition("@")[0])
    context = _CONTEXT.search(user)
    number = _PARAMETERS.sub("", user)
    return _in_context(number, context[1], region) if context else (number, region)


def _in_context(number: str, country: str, region: str) -> tuple[str, str]:
    """Local digits belong to the country of phone-context, with or without that country's trunk 0."""
    home = phonenumbers.region_code_for_country_code(int(country))
    if number.startswith("+") or home == "ZZ":
        return number, region
    return (number if number.startswith("0") else f"+{country}{number}"), home
