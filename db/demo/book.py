"""Collects the demo's rows, gives out their keys, and writes them in one go."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, select

from db.demo.words import OPERATORS, PRODUCTS
from db.keys import count_on
from db.kinds import (
    Channel,
    ComplaintState,
    Confidence,
    ConsentStatus,
    CustomerKind,
    Direction,
    FollowUpKind,
    HouseholdRole,
    InteractionKind,
    LifecycleStage,
    NumberKind,
    NumberLabel,
    PurchaseState,
)
from db.models import (
    caution,
    company_link,
    complaint,
    complaint_event,
    consent,
    customer,
    customer_handler,
    customer_phone,
    disposition,
    follow_up,
    household,
    household_member,
    interaction,
    metadata,
    operator,
    phone_number,
    product,
    purchase,
    purchase_item,
)
from db.search_index import index_everything
from db.uuid7 import uuid7

Line = tuple[str, int, int]
"""An item of an order: product's name, quantity, amount of the line in yen."""


@dataclass(slots=True)
class Book:
    """Everything is dated by `now` (in the zone whose day is meant) and drawn from `chance`."""

    now: datetime
    chance: Random
    outcomes: dict[str, int]
    rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    keys: dict[Table, Any] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """So long before now."""
        return self.now - timedelta(days=days)

    def person(self, name: str, reading: str, **more: Any) -> int:
        """A customer's key; `more` are columns of customer."""
        key = self._key(customer)
        row = {"kind": CustomerKind.PERSON, "lifecycle_stage": LifecycleStage.ACTIVE, "language": "ja", **_NOTHING}
        row |= {"id": key, "customer_no": f"C-{key:06}", "name": name, "reading": reading or None}
        self.add(customer, row | {"created_at": self.ago(900), "last_contact_at": None} | more)
        return key

    def number(self, raw: str, kind: NumberKind, *, is_shared: bool = False) -> int:
        """A Japanese number's key; `raw` as it is written at home, 03-1234-5678."""
        digits = "81" + raw.replace("-", "").removeprefix("0")
        key = self._key(phone_number)
        backwards = int(digits[::-1].ljust(15, "0"))
        row = {"id": key, "e164": int(digits), "raw": raw, "digits_rev": backwards, "kind": kind}
        self.add(phone_number, row | {"is_shared": is_shared})
        return key

    def answers(self, who: int, number: int, label: NumberLabel, extension: str = "", **more: Any) -> None:
        """The customer answers at this number; the first one is the primary."""
        is_first = not any(row["customer_id"] == who for row in self.rows.get(customer_phone, ())[-4:])
        row = {"customer_id": who, "phone_number_id": number, "label": label, "extension": extension}
        row |= {"is_primary": is_first, "confidence": Confidence.KNOWN, "valid_to": None}
        self.add(customer_phone, row | {"last_used_at": self.ago(self.chance.randint(2, 300))} | more)

    def home(self, name: str, members: dict[int, HouseholdRole]) -> None:
        """People who live together."""
        key = self._key(household)
        self.add(household, {"id": key, "name": name})
        for who, role in members.items():
            self.add(household_member, {"household_id": key, "customer_id": who, "role": role})

    def works_for(self, person: int, company: int, role: str) -> None:
        """A person of a company."""
        self.add(company_link, {"company_id": company, "person_id": person, "role": role})

    def order(self, who: int, days_ago: float, lines: list[Line], state: PurchaseState, order_no: str = "") -> None:
        """A purchase; a return has negative amounts."""
        key = self._key(purchase)
        row = {"id": key, "customer_id": who, "order_no": order_no or f"A-{40000 + key}"}
        row |= {"ordered_at": self.ago(days_ago), "state": state, "currency": "JPY"}
        amount = sum(line[2] for line in lines)
        self.add(purchase, row | {"amount": amount, "returned_purchase_id": None})
        for position, (name, quantity, price) in enumerate(lines, start=1):
            item = {"purchase_id": key, "position": position, "product_id": _PRODUCT_KEYS.get(name)}
            self.add(purchase_item, item | {"name": name, "quantity": quantity, "amount": price})

    def complains(self, who: int, number: str, days_ago: float, state: ComplaintState, **more: Any) -> None:
        """A complaint with the steps that brought it to its state, one each `pace`; `more` are columns of complaint."""
        pace: timedelta = more.pop("pace", timedelta(hours=7))
        key = self._key(complaint)
        received = self.ago(days_ago)
        row = {"id": key, "complaint_no": number, "customer_id": who, "state": state, "received_at": received}
        row |= {"cause": None, "product_id": None, "due_at": received + timedelta(days=7), "resolved_at": None}
        self.add(complaint, row | {"resolution": None, "severity": 2, "handler_id": 1} | more)
        handler, before = more.get("handler_id", 1), None
        for place, step in enumerate(_steps_to(state)):
            at = received + place * pace
            by = handler if step is not ComplaintState.VERIFIED else 1 + handler % 4
            words = more.get("resolution") if step is ComplaintState.RESOLVED else None
            made = self.made(at) if before is None else uuid7(at, _drawn_apart(8 * key + place))
            event = {"id": made, "complaint_id": key, "at": at, "operator_id": by, "text": words}
            self.add(complaint_event, event | {"from_state": before, "to_state": step})
            before = step

    def contact(self, who: int, days_ago: float, handler: int | None, **more: Any) -> None:
        """An interaction; `more` are columns of interaction, `outcome` a disposition's code."""
        at = self.ago(days_ago)
        row = {"id": self.made(at), "customer_id": who, "call_id": None, "handler_id": handler, "started_at": at}
        row |= {"channel": Channel.PHONE, "direction": Direction.IN, "kind": InteractionKind.INQUIRY, "excerpt": None}
        row |= {"disposition_id": self.outcomes.get(more.pop("outcome", "")), "after_call_ms": None}
        self.add(interaction, row | more)

    def promise(self, who: int, kind: FollowUpKind, due_at: datetime, assignee: int, text: str) -> None:
        """A follow-up that is still open."""
        row = {"id": self.made(self.now), "customer_id": who, "call_id": None, "kind": kind, "due_at": due_at}
        row |= {"done_at": None, "done_by_id": None}
        self.add(follow_up, row | {"assignee_id": assignee, "text": text, "created_at": self.ago(2)})

    def beware(self, who: int, days_ago: float, reason: str, by: int, expires_at: datetime | None = None) -> None:
        """A caution."""
        row = {"customer_id": who, "reason": reason, "created_by_id": by, "approved_by_id": by}
        self.add(caution, row | {"created_at": self.ago(days_ago), "expires_at": expires_at})

    def refuses(self, who: int, days_ago: float, channel: Channel, purpose: str, operator: int) -> None:
        """The customer wants no contact this way."""
        at = self.ago(days_ago)
        row = {"id": self.made(at), "customer_id": who, "channel": channel, "purpose": purpose, "at": at}
        status = {"contact_point": None, "status": ConsentStatus.REFUSED, "source": "phone"}
        self.add(consent, row | status | {"operator_id": operator})

    def write(self, connection: Connection) -> None:
        """Write every row, parents before children."""
        self.rows[operator] = [
            {"id": key, "login": login, "name": name, "extension": extension}
            for key, (login, name, extension) in enumerate(OPERATORS, start=1)
        ]
        self.rows[product] = [
            {"id": _PRODUCT_KEYS[name], "code": code, "name": name} for code, name, _price in PRODUCTS
        ]
        self._sum_up()
        for table in metadata.sorted_tables:
            if self.rows.get(table):
                connection.execute(table.insert(), self.rows[table])
                count_on(connection, table)
        index_everything(connection)

    def _sum_up(self) -> None:
        """What is kept on write: who dealt with whom, and the last contact."""
        summary: dict[tuple[int, int], dict[str, Any]] = {}
        people = {row["id"]: row for row in self.rows[customer]}
        for row in sorted(self.rows[interaction], key=lambda row: row["started_at"]):
            if row["customer_id"] is None:
                continue
            people[row["customer_id"]]["last_contact_at"] = row["started_at"]
            if row["handler_id"] is None:
                continue
            pair = row["customer_id"], row["handler_id"]
            known = summary.setdefault(pair, {"customer_id": pair[0], "operator_id": pair[1], "count": 0})
            known |= {"count": known["count"] + 1, "last_at": row["started_at"], "last_subject": row["subject"]}
        self.rows[customer_handler] = list(summary.values())

    def _key(self, table: Table) -> int:
        key: int = next(self.keys.setdefault(table, count(1)))
        return key

    def made(self, at: datetime) -> Any:
        """A key for what happened then."""
        return uuid7(at, self.chance.getrandbits)

    def add(self, table: Table, row: dict[str, Any]) -> None:
        """All rows of a table have the same columns."""
        self.rows.setdefault(table, []).append(row)


def _drawn_apart(seed: int) -> Any:
    """Not from the book's own chance: all that is drawn behind stays as it is."""
    return Random(seed).getrandbits  # noqa: S311 -- a demo's


def _steps_to(state: ComplaintState) -> list[ComplaintState]:
    """The usual way."""
    way = list(ComplaintState)
    return way[: way.index(state) + 1]


def outcome_keys(connection: Connection) -> dict[str, int]:
    """The dispositions' keys by their codes."""
    return {code: key for key, code in connection.execute(select(disposition.c.id, disposition.c.code)).all()}


_PRODUCT_KEYS = {name: key for key, (_code, name, _price) in enumerate(PRODUCTS, start=1)}
_NOTHING: dict[str, Any] = dict.fromkeys(
    ("company", "rank", "memo", "birth_date", "birth_precision", "postal_code", "address", "email")
)
