"""The fields of an import file in people's words, and what is still wrong with the way its columns are set."""

from app.errors import UserError
from app.importing.fields import FIELDS
from app.importing.mapping import IGNORED, Mapping, checked, missing_fields, repeated_fields
from app.words import _
from db.kinds import ImportKind


def kind_words(kind: ImportKind) -> str:
    """What a file holds."""
    return {
        ImportKind.CUSTOMERS: _("Customers"),
        ImportKind.PURCHASES: _("Purchases"),
        ImportKind.COMPLAINTS: _("Complaints"),
        ImportKind.INTERACTIONS: _("Past contacts"),
    }[kind]


def field_choices(kind: ImportKind) -> list[tuple[str, str]]:
    """All that a column of such a file can be, each with its words; first that it is not taken."""
    return [(IGNORED, _("– not taken –")), *((name, field_words(name)) for name in FIELDS[kind])]


def whats_wrong(mapping: Mapping) -> str:
    """Why a file can't be imported with its columns like this, in one line; "" if it can."""
    if missing := missing_fields(mapping):
        names = _(", ").join(map(field_words, missing))
        return _("Still needed: {fields}. Choose which column it is.").format(fields=names)
    for field, headings in repeated_fields(mapping).items():
        return _("Only one column can be “{field}”, not {columns}.").format(
            field=field_words(field), columns=_(", ").join(f"“{one}”" for one in headings)
        )
    try:
        checked(mapping)
    except UserError as error:
        return str(error)
    return ""


def field_words(field: str) -> str:
    """A field's name for people; a newer one as it is."""
    return {**_who(), **_numbers(), **_where(), **_what_happened(), **_what_was_bought()}.get(field, field)


def _who() -> dict[str, str]:
    return {
        "customer_no": _("Customer number"), "kind": _("Kind"), "name": _("Name"),
        "family_name": _("Family name"), "given_name": _("Given name"), "reading": _("Reading"),
        "family_reading": _("Family name (reading)"), "given_reading": _("Given name (reading)"),
        "company": _("Company"), "household": _("Household"), "birth_date": _("Birth date"),
        "rank": _("Rank"), "memo": _("Memo"),
    }  # fmt: skip


def _numbers() -> dict[str, str]:
    return {
        "phones": _("Phone numbers"), "phone_home": _("Phone: home"), "phone_mobile": _("Phone: mobile"),
        "phone_work": _("Phone: work"), "phone_main": _("Phone: switchboard"), "phone_direct": _("Phone: direct line"),
        "phone_fax": _("Fax"), "phone_other": _("Phone: other"),
    }  # fmt: skip


def _where() -> dict[str, str]:
    return {
        "email": _("E-mail"), "postal_code": _("Postal code"), "address": _("Address"),
        "address_prefecture": _("Address: prefecture"), "address_city": _("Address: city"),
        "address_street": _("Address: street"), "address_building": _("Address: building"),
    }  # fmt: skip


def _what_happened() -> dict[str, str]:
    return {
        "complaint_no": _("Complaint number"), "received_at": _("Received on"), "category": _("Category"),
        "severity": _("Severity"), "status": _("Status"), "handler": _("Handler"),
        "text": _("Text"), "resolution": _("Resolution"), "resolved_at": _("Resolved on"),
        "at": _("Date and time"), "channel": _("Channel"), "direction": _("Direction"),
        "subject": _("Subject"), "disposition": _("Outcome"),
    }  # fmt: skip


def _what_was_bought() -> dict[str, str]:
    return {
        "order_no": _("Order number"), "ordered_at": _("Ordered on"), "product_code": _("Product code"),
        "product": _("Product"), "quantity": _("Quantity"), "unit_price": _("Unit price"),
        "currency": _("Currency"), "tax_rate": _("Tax rate"), "state": _("State"),
    }  # fmt: skip
