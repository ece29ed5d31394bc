"""Purchases, complaints and interactions from a chunk's columns."""

from collections.abc import Iterable

from app.importing import cell_words
from app.importing.amounts import currency_code, money, quantity, rate
from app.importing.because import Because
from app.importing.cell_words import known_words, plain_word
from app.importing.columns import Columns, Surroundings, Texts
from app.importing.dates import moment
from db.importing.staged import StagedComplaint, StagedInteraction, StagedPurchase
from db.kinds import Channel, ComplaintState, Direction, InteractionKind, PurchaseState

_LONGEST_KEY = 64
_LONGEST_LINE = 500
_LONGEST_NAME = 200
_LONGEST_TEXT = 20_000
_PURCHASE_STATES = known_words(cell_words.PURCHASE_STATES)
_COMPLAINT_STATES = known_words(cell_words.COMPLAINT_STATES)
_CHANNELS = known_words(cell_words.CHANNELS)
_DIRECTIONS = known_words(cell_words.DIRECTIONS)
_KINDS = known_words(cell_words.INTERACTION_KINDS)
_SEVERITIES = known_words(cell_words.SEVERITIES)
_USUAL_SEVERITY = "3"


def purchases(columns: Columns, around: Surroundings) -> Iterable[StagedPurchase]:
    """One item per line."""
    currencies = columns.read("currency", currency_code, Because.NO_CURRENCY, around.currency)
    return map(
        StagedPurchase,
        columns.lines,
        columns.needed("customer_no", _LONGEST_KEY),
        columns.needed("order_no", _LONGEST_KEY),
        _needed_moments(columns, "ordered_at", around),
        columns.texts("product_code", _LONGEST_KEY),
        columns.needed("product", _LONGEST_LINE),
        columns.read("quantity", quantity, Because.NO_QUANTITY, 1),
        _prices(columns, currencies),
        currencies,
        columns.read("tax_rate", rate, Because.NO_RATE, None),
        columns.words("state", _PURCHASE_STATES, PurchaseState.COMPLETED.value),
        [_CHANNELS.get(plain_word(text), text) if text else None for text in columns.texts("channel", _LONGEST_KEY)],
    )


def complaints(columns: Columns, around: Surroundings) -> Iterable[StagedComplaint]:
    """One complaint per line; one that has a day of its resolution and no state is resolved."""
    resolved = _moments(columns, "resolved_at", around)
    states = columns.words("status", _COMPLAINT_STATES, None)
    return map(
        StagedComplaint,
        columns.lines,
        columns.needed("customer_no", _LONGEST_KEY),
        columns.needed("complaint_no", _LONGEST_KEY),
        _needed_moments(columns, "received_at", around),
        columns.needed("category", _LONGEST_LINE),
        [int(word or 0) for word in columns.words("severity", _SEVERITIES, _USUAL_SEVERITY)],
        columns.texts("product", _LONGEST_LINE),
        [state or _state_by(at) for state, at in zip(states, resolved, strict=True)],
        columns.texts("handler", _LONGEST_NAME),
        columns.long_texts("text", _LONGEST_TEXT, "\n"),
        columns.long_texts("resolution", _LONGEST_TEXT, "\n"),
        resolved,
    )


def interactions(columns: Columns, around: Surroundings) -> Iterable[StagedInteraction]:
    """One contact per line."""
    return map(
        StagedInteraction,
        columns.lines,
        columns.needed("customer_no", _LONGEST_KEY),
        _needed_moments(columns, "at", around),
        columns.words("channel", _CHANNELS, Channel.PHONE.value),
        columns.words("direction", _DIRECTIONS, Direction.IN.value),
        columns.words("kind", _KINDS, InteractionKind.OTHER.value),
        columns.texts("subject", _LONGEST_LINE),
        columns.texts("handler", _LONGEST_NAME),
        columns.texts("disposition", _LONGEST_KEY),
        columns.long_texts("text", _LONGEST_TEXT, "\n"),
    )


def _state_by(resolved_at: str | None) -> str:
    return (ComplaintState.RESOLVED if resolved_at else ComplaintState.RECEIVED).value


def _moments(columns: Columns, field: str, around: Surroundings) -> Texts:
    return columns.read(field, lambda text: moment(text, around.zone), Because.NO_DATE, None)


def _needed_moments(columns: Columns, field: str, around: Surroundings) -> list[str]:
    return [text or "" for text in columns.present(field, _moments(columns, field, around))]


def _prices(columns: Columns, currencies: list[str]) -> list[int]:
    texts = columns.needed("unit_price", _LONGEST_KEY)
    return [_price(columns, at, text, currencies[at]) for at, text in enumerate(texts)]


def _price(columns: Columns, at: int, text: str, currency: str) -> int:
    try:
        return money(text, currency)
    except ValueError:
        columns.refuse(at, "unit_price", Because.NO_AMOUNT, text)
        return 0
