"""The desk's own copy: bounded, private, erased when told, and never in the way."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import local_cards
from db.local_cards import FILE_NAME, LocalCards, Seen

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[LocalCards]:
    opened = LocalCards.open(tmp_path / "copy", NOW)
    yield opened
    opened.close()


def test_what_was_seen_last_stands(cards: LocalCards) -> None:
    cards.keep_number("+81335814111;", Seen(NOW, "older", 1))
    cards.keep_number("+81335814111;", Seen(NOW + timedelta(hours=1), "髙橋", 2))
    cards.keep_card(2, Seen(NOW, "card"))
    assert cards.number("+81335814111;") == Seen(NOW + timedelta(hours=1), "髙橋", 2)
    assert cards.card(2) == Seen(NOW, "card")
    assert (cards.number("+1;"), cards.card(3)) == (None, None)


def test_the_oldest_go_first(cards: LocalCards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_cards, "MOST", 3)
    for number in range(5):
        cards.keep_number(str(number), Seen(NOW + timedelta(seconds=number), "body"))
        cards.keep_card(number, Seen(NOW + timedelta(seconds=number), "body"))
    assert [cards.number(str(number)) is not None for number in range(5)] == [False, False, True, True, True]
    assert [cards.card(number) is not None for number in range(5)] == [False, False, True, True, True]


def test_nothing_is_left_of_what_was_erased(cards: LocalCards, tmp_path: Path) -> None:
    secret = "\u9ad9\u6a4b" * 3
    cards.keep_card(1, Seen(NOW, secret))
    kept = cards._connection.execute("SELECT body FROM card").fetchone()[0]
    cards._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert kept in (tmp_path / "copy" / FILE_NAME).read_bytes()
    cards.remove([key for key, _seen in cards.everything()])
    assert cards.card(1) is None
    for file in (tmp_path / "copy").iterdir():
        assert kept not in file.read_bytes(), file


def test_only_the_owner_can_read_it(cards: LocalCards, tmp_path: Path) -> None:
    cards.keep_card(1, Seen(NOW, "private"))
    for file in (tmp_path / "copy").glob(FILE_NAME + "*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_damaged_copy_is_begun_anew_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / FILE_NAME).write_bytes(b"not a database" * 400)
    cards = LocalCards.open(tmp_path / "copy", NOW)
    cards.close()
    assert [file.name for file in (tmp_path / "copy").iterdir()] == [FILE_NAME]
