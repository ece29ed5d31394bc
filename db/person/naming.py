"""Whether a text names a person: where the house's own words stay, those that name him must go with him."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.models import customer, saved_view
from db.name_folding import fold
from db.person.whole import Person, among
from db.search import words_of
from db.search_tokens import at_home, digits_of

_SHORTEST, _SHORTEST_LATIN = 2, 4  # shorter parts of names are in every other text
_FEWEST_DIGITS = 4  # three are a price


@dataclass(frozen=True, slots=True)
class Naming:
    """`names`: folded, whole and part by part; `numbers`: digits, as from abroad and as at home."""

    ids: frozenset[int]
    names: frozenset[str]
    numbers: frozenset[str]

    def is_in(self, text: str) -> bool:
        """Whether it has a name of his, or a number."""
        folded, digits = fold(text), digits_of(text)
        return any(one in folded for one in self.names) or any(one in digits for one in self.numbers)

    def is_found_by(self, text: str) -> bool:
        """Whether somebody who looks for this by name or number finds him."""
        words = words_of(text)
        return bool(words) and all(map(self._has, words))

    def is_meant_by(self, name: str, told: str) -> bool:
        """Whether a saved view is about him: by its name, its customer, or what it looks for."""
        try:
            found = json.loads(told)
        except ValueError:
            found = {}
        view: dict[str, Any] = found if isinstance(found, dict) else {}
        looks_for = str(view.get("text") or "")
        said = (name, looks_for, str(view.get("customer") or ""))
        return view.get("customer_id") in self.ids or any(map(self.is_in, said)) or self.is_found_by(looks_for)

    def _has(self, word: str) -> bool:
        if word.isdecimal():
            return len(word) >= _FEWEST_DIGITS and any(word in one for one in self.numbers)
        return any(word in one for one in self.names)


def naming_of(connection: Connection, person: Person) -> Naming:
    """As the records know him now; of an erased one there is nothing to know."""
    asked = select(customer.c.name, customer.c.reading, customer.c.email).where(among(customer.c.id, person.ids))
    texts = [text for row in connection.execute(asked) for text in row if text]
    names = {fold(part) for text in texts for part in (text, *filter(_is_telling, text.split()))}
    numbers = {spelt for digits in map(str, person.numbers) for spelt in (digits, at_home(digits))}
    return Naming(frozenset(person.ids), frozenset(names - {""}), frozenset(numbers))


def filters_about(connection: Connection, naming: Naming) -> list[Any]:
    """The saved views that look for him, whoever has saved them."""
    views = connection.execute(select(saved_view)).all()
    return [one for one in views if naming.is_meant_by(one.name, one.told)]


def _is_telling(part: str) -> bool:
    return len(part) >= (_SHORTEST_LATIN if part.isascii() else _SHORTEST)
