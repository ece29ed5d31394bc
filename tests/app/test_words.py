"""Two languages, switched while the program runs: a sentence is made when it is shown."""

import pytest

from app.cli import parser
from app.errors import UserError
from app.trouble_words import trouble_words, user_error
from app.words import _, language, ngettext, pgettext, use_language
from db.errors import DatabaseUnavailable, Trouble


def test_the_language_changes_between_two_sentences() -> None:
    assert use_language("ja") == language() == "ja"
    japanese = _("No password was given.")
    assert use_language("en") == language() == "en"
    assert (_("No password was given."), japanese.isascii()) == ("No password was given.", False)


@pytest.mark.parametrize(
    ("system", "wanted"), [("ja_JP", "ja"), ("Japanese_Japan", "ja"), ("en_US", "en"), ("de_DE", "en"), (None, "en")]
)
def test_without_a_wish_the_system_decides_and_english_stands_in(
    monkeypatch: pytest.MonkeyPatch, system: str | None, wanted: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (system, "UTF-8"))
    assert use_language("") == wanted
    assert use_language("fr") == wanted


def test_a_sentence_that_no_catalogue_has_is_shown_as_it_is_written() -> None:
    use_language("ja")
    assert _("not in any catalogue") == "not in any catalogue"


def test_numbers_and_contexts_have_their_words_in_both_languages() -> None:
    assert [ngettext("{n} piece", "{n} pieces", n).format(n=n) for n in (1, 2)] == ["1 piece", "2 pieces"]
    use_language("ja")
    assert ngettext("{n} piece", "{n} pieces", 2).format(n=2) == "2点"
    assert pgettext("purchase", "cancelled") == "取消"


@pytest.mark.parametrize("wanted", ["ja", "en"])
def test_every_trouble_of_the_records_has_a_sentence_that_says_what_to_do(wanted: str) -> None:
    use_language(wanted)
    sentences = [trouble_words(why) for why in Trouble]
    assert len(set(sentences)) == len(Trouble)
    assert all("\n" not in one and one.isascii() == (wanted == "en") for one in sentences)


def test_a_start_that_fails_tells_the_fact_behind_the_sentence() -> None:
    error = user_error(DatabaseUnavailable(Trouble.NO_FOLDER, "/mnt/gone"))
    assert isinstance(error, UserError)
    assert str(error).endswith("(/mnt/gone)")
    assert str(user_error(DatabaseUnavailable(Trouble.LOCKED))).count("(") == 0


def test_help_is_in_the_language_of_the_run() -> None:
    use_language("ja")
    assert not parser().format_help().isascii()
    use_language("en")
    assert parser().format_help().isascii()
