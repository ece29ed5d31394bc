"""Money, quantities and rates as people type them: ￥1,200, 1200円, △500, 12.50 USD. Raises nothing but ValueError."""

import re
import unicodedata

_WHOLE = frozenset(
    {"JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF", "RWF", "BIF", "DJF", "GNF", "KMF"}
)
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_SIGNS = {"¥": "JPY", "円": "JPY", "$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW"}
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.(?P<part>[0-9]{0,6}))?")
_MINUS = re.compile(r"[-−–△▲]")
_LARGEST = 10**15  # in minor units: sums still fit a BIGINT
_LARGEST_QUANTITY = 2**31 - 1


def digits_of(currency: str) -> int:
    """How many decimals the currency has (ISO 4217)."""
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def currency_code(text: str) -> str:
    """Three letters; also a sign or 円."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if (known := _SIGNS.get(plain)) is not None:
        return known
    if not _CURRENCY.fullmatch(plain):
        raise ValueError(text)
    return plain


def money(text: str, currency: str) -> int:
    """Minor units. A currency's sign that contradicts `currency` is an error, more decimals than it has are, too."""
    sign, plain = _signed(text)
    for mark, of in (*_SIGNS.items(), (currency, currency)):
        if mark in plain:
            _require(of == currency, text)
            plain = plain.replace(mark, "", 1).strip()
    found = _AMOUNT.fullmatch(plain)
    _require(found is not None, text)
    assert found is not None
    digits, part = digits_of(currency), (found["part"] or "").rstrip("0")
    _require(len(part) <= digits, text)
    amount = int(found["whole"].replace(",", "") + part.ljust(digits, "0"))
    _require(amount <= _LARGEST, text)
    return sign * amount


def quantity(text: str) -> int:
    """A whole number, also 1.0 and 3個."""
    sign, plain = _signed(text)
    found = _AMOUNT.fullmatch(plain.rstrip("個本点台枚箱式冊袋セット").strip())
    _require(found is not None and not (found["part"] or "").strip("0"), text)
    assert found is not None
    number = int(found["whole"].replace(",", ""))
    _require(number <= _LARGEST_QUANTITY, text)
    return sign * number


def rate(text: str) -> int:
    """Hundredths of a percent: 10 and 10% are 1000, 0.1 is 1000 too (Excel keeps 10 % as 0.1)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,6})?)\s*(?P<percent>%)?", plain)
    _require(found is not None, text)
    assert found is not None
    number = float(found["number"])
    if not found["percent"] and 0 < number < 1:
        number *= 100
    hundredths = round(number * 100)
    _require(hundredths <= 10_000, text)
    return hundredths


def _signed(text: str) -> tuple[int, str]:
    plain = unicodedata.normalize("NFKC", text[:64]).strip()
    if plain.startswith("(") and plain.endswith(")"):
        return -1, plain[1:-1].strip()
    for lead in ("", "¥", "$", "€", "£"):
        rest = plain.removeprefix(lead)
        if lead in plain[:1] and _MINUS.match(rest):
            return -1, (lead + rest[1:]).strip()
    return 1, plain.removeprefix("+").strip()


def _require(is_so: bool, text: str) -> None:
    if not is_so:
        raise ValueError(text)
