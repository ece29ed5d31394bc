"""db, cti and app are strangers that tell the same words: here they are compared."""

from enum import StrEnum

import pytest

import app.phone_number
import cti.events
import db.kinds


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (db.kinds.EndCause, cti.events.EndCause),
        (db.kinds.Withheld, cti.events.Withheld),
        (db.kinds.Direction, cti.events.Direction),
        (db.kinds.NumberKind, app.phone_number.NumberKind),
    ],
)
def test_the_records_know_every_word_that_the_other_layers_say(ours: type[StrEnum], theirs: type[StrEnum]) -> None:
    assert {str(word) for word in ours} == {str(word) for word in theirs}
