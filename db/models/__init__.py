"""The tables, one file per subject. Core tables, not mapped classes: the pop needs rows fast, and the import is 90 ms
shorter without the ORM."""

from db.columns import metadata
from db.models.call_log import call_kind, caller_number, logged_call, saved_view
from db.models.calls import call, call_candidate, call_event, call_leg, call_ref, callback_mark
from db.models.commerce import product, purchase, purchase_item
from db.models.complaints import complaint, complaint_event
from db.models.contacts import customer_handler, disposition, follow_up, interaction
from db.models.control import audit_log, duplicate_pair, erasure_request, legal_hold, merge_log, retention_rule
from db.models.imports import import_batch, import_range, import_row
from db.models.live import operator_presence
from db.models.notes import note, note_revision
from db.models.numbers import customer_phone, number_choice, number_range, phone_number
from db.models.permissions import caution, consent
from db.models.reviews import review, review_event, review_sample, review_sample_call
from db.models.search import customer_fts, customer_search, note_fts, note_search
from db.models.totals import customer_total, purchase_total
from db.models.who import (
    address,
    company_link,
    customer,
    customer_attribute,
    customer_attribute_def,
    external_ref,
    household,
    household_member,
    operator,
)

__all__ = [
    "address",
    "audit_log",
    "call",
    "call_candidate",
    "call_event",
    "call_kind",
    "call_leg",
    "call_ref",
    "callback_mark",
    "caller_number",
    "caution",
    "company_link",
    "complaint",
    "complaint_event",
    "consent",
    "customer",
    "customer_attribute",
    "customer_attribute_def",
    "customer_fts",
    "customer_handler",
    "customer_phone",
    "customer_search",
    "customer_total",
    "disposition",
    "duplicate_pair",
    "erasure_request",
    "external_ref",
    "follow_up",
    "household",
    "household_member",
    "import_batch",
    "import_range",
    "import_row",
    "interaction",
    "legal_hold",
    "logged_call",
    "merge_log",
    "metadata",
    "note",
    "note_fts",
    "note_revision",
    "note_search",
    "number_choice",
    "number_range",
    "operator",
    "operator_presence",
    "phone_number",
    "product",
    "purchase",
    "purchase_item",
    "purchase_total",
    "retention_rule",
    "review",
    "review_event",
    "review_sample",
    "review_sample_call",
    "saved_view",
]
