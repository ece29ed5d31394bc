"""Whatever people merge, undo and write in whatever order: every row belongs to exactly one living customer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from db.call_log.kept import wrong_lines
from db.engine import writing
from db.handlers import count_again
from db.kinds import NoteKind, PairDecision
from db.living import living_id
from db.merging.comparison import compare
from db.merging.fields import WITH_BOTH, Choice, Field
from db.merging.links import LINKS
from db.merging.merge import MergeOrder, merge_customers
from db.merging.pairs import Said, decide
from db.merging.refused import MergeRefused, Why
from db.merging.undo import undo_merge
from db.models import (
    company_link,
    customer,
    customer_handler,
    customer_phone,
    customer_search,
    duplicate_pair,
    household,
    household_member,
    interaction,
    metadata,
    operator,
    phone_number,
    purchase,
)
from db.notes import NoteText, save_note
from db.search_index import refresh_tokens
from tests.db.two_customers import NOW, person

PEOPLE = range(1, 5)
NUMBERS = range(1, 4)
SATO = Said("sato", NOW)
one = st.sampled_from(PEOPLE)
number = st.sampled_from(NUMBERS)


class Merging(RuleBasedStateMachine):
    """Four customers, three numbers, two homes."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.alone: dict[int, Any] = {}  # all that the records said before a merge, if undoing leads back to it
        self.done: list[tuple[int, int, int]] = []  # merges that are not undone, oldest first
        self.counted = count(1)

    @initialize()
    def begin(self) -> None:
        """Empty records but for the four."""
        with writing(self.engine) as connection:
            connection.execute(update(customer).values(merged_into_id=None))
            if connection.dialect.name == "sqlite":
                for fts in ("customer_fts", "note_fts"):
                    connection.execute(text(f"INSERT INTO {fts} ({fts}) VALUES ('delete-all')"))
            for table in reversed(metadata.sorted_tables):
                if table.name != "disposition":
                    connection.execute(delete(table))
            connection.execute(customer.insert(), [person(key, f"客{key}", memo=f"覚え{key}") for key in PEOPLE])
            numbers = [{"id": key, "e164": 8130000 + key, "raw": str(key), "kind": "fixed"} for key in NUMBERS]
            connection.execute(phone_number.insert(), numbers)
            connection.execute(household.insert(), [{"id": 1, "name": "甲"}, {"id": 2, "name": "乙"}])
            connection.execute(operator.insert(), [{"id": 1, "login": "sato", "name": "佐藤"}])
            refresh_tokens(connection, PEOPLE)
        for key in PEOPLE:
            self.give_number(key, key % 3 + 1, "", primary=True, dead=False)
            self.give_number(key, (key + 1) % 3 + 1, "", primary=False, dead=key % 2 == 0)
            self.move_in(key, key % 2 + 1)
            self.hire(key, key % 4 + 1)
            self.talk(key)
        self.say_not_the_same(1, 4)

    @rule(kept=one, merged=one, choices=st.dictionaries(st.sampled_from(Field), st.sampled_from(Choice)))
    def merge(self, kept: int, merged: int, choices: dict[Field, Choice]) -> None:
        """Two living ones, whoever they are by now."""
        with self.as_it_was() as connection:
            kept, merged = living_id(connection, kept), living_id(connection, merged)
            found = compare(connection, kept, merged)
            if found is None:
                assert kept == merged
                return
            allowed = {name: what for name, what in choices.items() if what is not Choice.BOTH or name in WITH_BOTH}
            before = told(connection)
            versions = found.left.version_id, found.right.version_id
            key = merge_customers(connection, MergeOrder(kept, merged, *versions, "sato", NOW, allowed))
            self.done.append((key, kept, merged))
            self.alone[key] = before

    @rule(kept=one, merged=one, choices=st.dictionaries(st.sampled_from(Field), st.sampled_from(Choice)))
    def merge_and_think_again(self, kept: int, merged: int, choices: dict[Field, Choice]) -> None:
        """At once: all is as it was."""
        merges = len(self.done)
        self.merge(kept, merged, choices)
        if len(self.done) > merges:
            self.undo(0)

    @rule(place=st.integers(0, 3))
    def undo(self, place: int) -> None:
        """Any merge: the newest of a customer works, an older one is refused."""
        if not self.done:
            return
        key, kept, merged = self.done[-1 - place % len(self.done)]
        is_newest = not any(kept in later[1:] for later in self.done if later[0] > key)
        with self.as_it_was() as connection:
            if not is_newest:
                with pytest.raises(MergeRefused, match=Why.LATER):
                    undo_merge(connection, key, "sato", NOW)
                return
            undo_merge(connection, key, "sato", NOW)
            if self.done[-1][0] != key:
                self.alone.clear()
            elif key in self.alone:
                assert told(connection) == self.alone.pop(key), "nothing but merges had happened since"
            self.done.remove((key, kept, merged))

    @rule(who=one, which=number, extension=st.sampled_from(["", "12"]), primary=st.booleans(), dead=st.booleans())
    def give_number(self, who: int, which: int, extension: str, primary: bool, dead: bool) -> None:
        """A number, in use or given up, perhaps as the first one."""
        with self.at_work() as connection:
            who = living_id(connection, who)
            mine = customer_phone.c.customer_id == who
            if primary and not dead:
                connection.execute(update(customer_phone).where(mine).values(is_primary=False))
            same = customer_phone.c.phone_number_id == which, customer_phone.c.extension == extension
            connection.execute(
                update(customer_phone).where(mine, *same).values(is_primary=primary, valid_to=NOW if dead else None)
            )
            if not connection.execute(select(1).where(mine, *same)).first():
                row = {"customer_id": who, "phone_number_id": which, "extension": extension, "label": "home"}
                row |= {"is_primary": primary, "confidence": "known", "valid_to": NOW if dead else None}
                connection.execute(insert(customer_phone).values(row))

    @rule(who=one, home=st.integers(1, 2))
    def move_in(self, who: int, home: int) -> None:
        """Into a household."""
        with self.at_work() as connection:
            row = {"household_id": home, "customer_id": living_id(connection, who)}
            if not connection.execute(select(1).select_from(household_member).filter_by(**row)).first():
                connection.execute(insert(household_member).values(**row, role="other"))

    @rule(company=one, who=one)
    def hire(self, company: int, who: int) -> None:
        """Somebody works for somebody."""
        with self.at_work() as connection:
            row = {"company_id": living_id(connection, company), "person_id": living_id(connection, who)}
            itself = row["company_id"] == row["person_id"]
            if not itself and not connection.execute(select(1).select_from(company_link).filter_by(**row)).first():
                connection.execute(insert(company_link).values(row))

    @rule(who=one)
    def buy(self, who: int) -> None:
        """An order."""
        with self.at_work() as connection:
            row = {"customer_id": living_id(connection, who), "order_no": f"O-{next(self.counted)}", "ordered_at": NOW}
            connection.execute(insert(purchase).values(**row, state="ordered", amount=1, currency="JPY"))

    @rule(who=one)
    def talk(self, who: int) -> None:
        """A contact, with its note."""
        with self.at_work() as connection:
            key, who = UUID(int=next(self.counted)), living_id(connection, who)
            at = NOW + timedelta(minutes=key.int)
            row = {"channel": "phone", "direction": "in", "kind": "inquiry", "started_at": at, "handler_id": 1}
            connection.execute(insert(interaction).values(id=key, customer_id=who, subject=f"{key.int}", **row))
            save_note(connection, NoteText(key, None, who, NoteKind.BODY, "話", "sato", at))
            connection.execute(update(customer).where(customer.c.id == who).values(last_contact_at=at))
            count_again(connection, who, 1)

    @rule(who=one, name=st.sampled_from(["太郎", "花子"]), memo=st.sampled_from([None, "短く"]))
    def change(self, who: int, name: str, memo: str | None) -> None:
        """Somebody puts a record right."""
        with self.at_work() as connection:
            values = {"name": name, "memo": memo, "version_id": customer.c.version_id + 1}
            who = living_id(connection, who)
            connection.execute(update(customer).where(customer.c.id == who).values(values))
            refresh_tokens(connection, [who])

    @rule(who=one, other=one)
    def say_not_the_same(self, who: int, other: int) -> None:
        """And mean it."""
        with self.at_work() as connection:
            who, other = living_id(connection, who), living_id(connection, other)
            if who != other:
                decide(connection, (who, other), PairDecision.NOT_SAME, SATO)

    @contextmanager
    def at_work(self) -> Iterator[Connection]:
        """A transaction after which no merge leads back to what was before it."""
        self.alone.clear()
        with self.as_it_was() as connection:
            yield connection

    @contextmanager
    def as_it_was(self) -> Iterator[Connection]:
        """A transaction in which no row may go but the copy of an address."""
        with writing(self.engine) as connection:
            before = existing(connection)
            yield connection
            after = existing(connection)
            gone = {name: keys - after[name] for name, keys in before.items() if name != "address"}
            assert not any(gone.values()), gone

    @invariant()
    def every_row_has_one_living_owner(self) -> None:
        """And the summaries are those of the rows."""
        with writing(self.engine) as connection:
            dead = {row.id: row.merged_into_id for row in connection.execute(_MERGED)}
            assert not set(dead.values()) & set(dead), "one step finds the living"
            assert dead == {merged: living_id(connection, kept) for _, kept, merged in self.done}
            for link in LINKS:
                left = connection.execute(
                    select(*link.keys, *link.once, link.column).where(link.column.in_(dead))
                ).all()
                for row in left:
                    assert link.once, f"{link.name} {row} is nobody's"
            searched = dict(map(tuple, connection.execute(_SEARCHED)))
            assert set(searched) == set(PEOPLE) - set(dead)
            for merged, kept in dead.items():
                assert f"c{merged}" in searched[kept].split("\n"), "found by the number of who was merged"
            counted = {tuple(row) for row in connection.execute(_COUNTED)}
            assert counted == {tuple(row) for row in connection.execute(_SUMMARY)}
            twice = select(duplicate_pair).where(duplicate_pair.c.first_id >= duplicate_pair.c.second_id)
            assert not connection.execute(twice).first()
            assert wrong_lines(connection, 9) == ()


def existing(connection: Connection) -> dict[str, set[Any]]:
    """The keys of all rows that hang on customers, whoever they belong to."""
    tables = {link.table: [key for key in link.keys if key.name != "person_id"] for link in LINKS}
    found = {table.name: {tuple(row) for row in connection.execute(select(*keys))} for table, keys in tables.items()}
    for table in (household_member, company_link):
        found[table.name] = {
            (n,) for n in range(connection.execute(select(func.count()).select_from(table)).scalar_one())
        }
    return found


def told(connection: Connection) -> dict[str, list[Any]]:
    """All that the records say, but for versions and logs."""
    seen = {}
    for table in metadata.sorted_tables:
        if table.name not in {"merge_log", "operator", "customer_search", "note_search"}:
            columns = [column for column in table.columns if column.name != "version_id"]
            seen[table.name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return seen


_MERGED = select(customer.c.id, customer.c.merged_into_id).where(customer.c.merged_into_id.is_not(None))
_SEARCHED = select(customer_search.c.customer_id, customer_search.c.marks)
_COUNTED = (
    select(interaction.c.customer_id, interaction.c.handler_id, func.count(), func.max(interaction.c.started_at))
    .where(interaction.c.handler_id.is_not(None))
    .group_by(interaction.c.customer_id, interaction.c.handler_id)
)
_SUMMARY = select(
    customer_handler.c.customer_id, customer_handler.c.operator_id, customer_handler.c.count, customer_handler.c.last_at
)


@pytest.mark.parametrize(("engine", "examples"), [("sqlite", 15), ("postgres", 3)], indirect=["engine"])
def test_nothing_is_ever_lost(engine: Engine, examples: int) -> None:
    machine = type("Machine", (Merging,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
