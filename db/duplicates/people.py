"""What is known of some customers, for comparing them pair by pair: five keyed questions for all of them together."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from db.duplicates.likeness import Named
from db.duplicates.score import Known, NumberUse
from db.kinds import Confidence, HouseholdRole
from db.living import DESKS
from db.models import company_link, customer, customer_phone, external_ref, household_member, phone_number


def people(connection: Connection, ids: Sequence[int]) -> dict[int, Known]:
    """Those of them who are customers still."""
    among = {"ids": list(ids)}
    numbers, refs, homes, staff = (_of(connection, among, read) for read in (_numbers, _refs, _homes, _staff))
    return {
        row.id: Known(
            row.id, row.customer_no, Named(row.kind, row.name, row.reading), row.company, row.birth_date,
            row.birth_precision, row.postal_code, row.address, row.email, numbers[row.id],
            {system: frozenset(keys) for system, keys in refs[row.id].items()}, homes[row.id], frozenset(staff[row.id]),
        )
        for row in connection.execute(_PEOPLE, among)
    }  # fmt: skip


def _of(connection: Connection, among: dict[str, Any], read: Any) -> Any:
    found: defaultdict[int, dict[Any, Any]] = defaultdict(dict)
    read(connection, among, found)
    return found


def _numbers(connection: Connection, among: dict[str, Any], found: dict[int, dict[tuple[int, str], NumberUse]]) -> None:
    for row in connection.execute(_NUMBERS, among):
        is_old = row.confidence == Confidence.STALE or row.valid_to is not None
        use = NumberUse.OLD if is_old else NumberUse.SHARED if row.is_shared else NumberUse.OWN
        found[row.customer_id][row.phone_number_id, row.extension] = use


def _refs(connection: Connection, among: dict[str, Any], found: dict[int, dict[str, set[str]]]) -> None:
    for row in connection.execute(_REFS, among):
        found[row.customer_id].setdefault(row.system, set()).add(row.external_id)


def _homes(connection: Connection, among: dict[str, Any], found: dict[int, dict[int, HouseholdRole]]) -> None:
    for row in connection.execute(_HOMES, among):
        found[row.customer_id][row.household_id] = row.role


def _staff(connection: Connection, among: dict[str, Any], found: dict[int, dict[int, None]]) -> None:
    """Both ways: only links within those that are asked about matter."""
    for row in connection.execute(_LINKS, among):
        found[row.company_id][row.person_id] = None


def _among(statement: Select[Any], *columns: Any) -> Select[Any]:
    return statement.where(*(column.in_(bindparam("ids", expanding=True)) for column in columns))


def _text(column: Any) -> Any:
    return func.coalesce(column, "").label(column.name)


_PEOPLE = _among(
    select(
        customer.c.id,
        customer.c.customer_no,
        customer.c.kind,
        customer.c.name,
        _text(customer.c.reading),
        _text(customer.c.company),
        customer.c.birth_date,
        customer.c.birth_precision,
        _text(customer.c.postal_code),
        _text(customer.c.address),
        _text(customer.c.email),
    ).where(customer.c.merged_into_id.is_(None), customer.c.erased_at.is_(None)),
    customer.c.id,
)
_NUMBERS = _among(
    select(
        customer_phone.c.customer_id,
        customer_phone.c.phone_number_id,
        customer_phone.c.extension,
        customer_phone.c.confidence,
        customer_phone.c.valid_to,
        phone_number.c.is_shared,
    ).join_from(customer_phone, phone_number, phone_number.c.id == customer_phone.c.phone_number_id),
    customer_phone.c.customer_id,
)
_REFS = _among(
    select(external_ref.c.customer_id, external_ref.c.system, external_ref.c.external_id).where(
        external_ref.c.system != DESKS  # two desks have entered the same caller: no sign that they are two people
    ),
    external_ref.c.customer_id,
)
_HOMES = _among(
    select(household_member.c.customer_id, household_member.c.household_id, household_member.c.role),
    household_member.c.customer_id,
)
_LINKS = _among(
    select(company_link.c.company_id, company_link.c.person_id), company_link.c.company_id, company_link.c.person_id
)
