"""Whom a search finds, as the cards' candidates."""

from collections.abc import Sequence
from typing import Any

from app.pop import Candidate
from db.search import search_customers


def found_by(connection: Any, text: str) -> Sequence[Candidate]:
    """By name, reading, part of a number, customer or order number, or a note; the first fifty."""
    return [
        Candidate(one.customer_id, one.customer_no, one.name, one.reading, None, one.group, sentence=one.said)
        for one in search_customers(connection, text)
    ]
