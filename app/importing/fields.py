"""What a column of a file can be, per kind of file: the names that a mapping uses and a heading line may hold."""

from typing import NamedTuple

from db.kinds import ImportKind, NumberLabel


class Field(NamedTuple):
    """`may_repeat`: several columns of the file can be this one."""

    name: str
    is_needed: bool = False
    may_repeat: bool = False


PHONE_FIELDS = {"phones": "", **{f"phone_{label}": label.value for label in NumberLabel}}
"""Field -> label of its numbers; "phones" holds numbers of all kinds."""
ADDRESS_PARTS = ("address_prefecture", "address_city", "address_street", "address_building")

_CUSTOMERS = (
    *(Field(name) for name in ("customer_no", "kind", "name", "family_name", "given_name", "reading")),
    *(Field(name) for name in ("family_reading", "given_reading", "company", "household", "email", "postal_code")),
    *(Field(name, may_repeat=True) for name in PHONE_FIELDS),
    Field("address", may_repeat=True),
    *(Field(name, may_repeat=True) for name in ADDRESS_PARTS),
    Field("birth_date"),
    Field("rank"),
    Field("memo", may_repeat=True),
)
_PURCHASES = (
    *(Field(name, is_needed=True) for name in ("customer_no", "order_no", "ordered_at", "product", "unit_price")),
    *(Field(name) for name in ("product_code", "quantity", "currency", "tax_rate", "state", "channel")),
)
_COMPLAINTS = (
    *(Field(name, is_needed=True) for name in ("customer_no", "complaint_no", "received_at", "category")),
    *(Field(name) for name in ("severity", "product", "status", "handler", "resolved_at")),
    *(Field(name, may_repeat=True) for name in ("text", "resolution")),
)
_INTERACTIONS = (
    *(Field(name, is_needed=True) for name in ("customer_no", "at")),
    *(Field(name) for name in ("channel", "direction", "kind", "subject", "handler", "disposition")),
    Field("text", may_repeat=True),
)
FIELDS: dict[ImportKind, dict[str, Field]] = {
    kind: {field.name: field for field in fields}
    for kind, fields in (
        (ImportKind.CUSTOMERS, _CUSTOMERS),
        (ImportKind.PURCHASES, _PURCHASES),
        (ImportKind.COMPLAINTS, _COMPLAINTS),
        (ImportKind.INTERACTIONS, _INTERACTIONS),
    )
}
