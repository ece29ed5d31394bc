"""What customers bought. A return is a purchase of its own with a negative amount."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from db.columns import CODE, UtcDateTime, grown_key, metadata, refers, where_known, words
from db.kinds import PurchaseState

product = Table(
    "product",
    metadata,
    grown_key(),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

purchase = Table(
    "purchase",
    metadata,
    grown_key(),
    refers("customer_id", "customer", required=True),
    Column("order_no", CODE, nullable=False, unique=True),
    Column("ordered_at", UtcDateTime, nullable=False),
    Column("state", words(PurchaseState, "state"), nullable=False),
    Column("amount", BigInteger, nullable=False),  # minor units of currency
    Column("currency", String(3), nullable=False),
    refers("returned_purchase_id", "purchase"),
    Column("channel", Text),
    where_known("ix_purchase_returned_purchase_id", "returned_purchase_id"),
    Index("ix_purchase_newest", "customer_id", "ordered_at", "id"),  # read backwards
)

purchase_item = Table(
    "purchase_item",
    metadata,
    grown_key(),
    refers("purchase_id", "purchase", required=True),
    Column("position", Integer, nullable=False),
    refers("product_id", "product"),
    Column("name", Text, nullable=False),  # as it was called when it was bought
    Column("quantity", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),  # the whole line
    Column("unit_price", BigInteger),
    Column("tax_rate", Integer),  # hundredths of a percent: 1000 is 10 %
    UniqueConstraint("purchase_id", "position"),
)
