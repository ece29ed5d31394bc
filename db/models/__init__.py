"""The tables, one file per subject. Core tables, not mapped classes: the pop needs rows fast, and the import is 90 ms
shorter without the ORM."""

from db.columns import metadata
from db.models.calls import call, call_candidate, call_leg
from db.models.commerce import product, purchase, purchase_item
from db.models.complaints import complaint, complaint_event
from db.models.contacts import customer_handler, disposition, follow_up, interaction
from db.models.notes import note, note_revision
from db.models.numbers import customer_phone, phone_number
from db.models.who import company_link, customer, household, household_member, operator

__all__ = [
    "call",
    "call_candidate",
    "call_leg",
    "company_link",
    "complaint",
    "complaint_event",
    "customer",
    "customer_handler",
    "customer_phone",
    "disposition",
    "follow_up",
    "household",
    "household_member",
    "interaction",
    "metadata",
    "note",
    "note_revision",
    "operator",
    "phone_number",
    "product",
    "purchase",
    "purchase_item",
]
