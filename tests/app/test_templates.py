"""Templates: filled in from the call, offered by line, and wrong ones said once at the start."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.clock import Clock
from app.errors import UserError
from app.seat import Seat
from app.settings_layers import load_settings
from app.templates import TemplateBook, TemplateSettings
from cti.events import Withheld
from tests.app.desk_at_work import DeskAtWork, offered

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=9)))
ALL = "{name}/{number}/{customer_no}/{operator}/{date}/{time}/{line}"


def book(*templates: TemplateSettings) -> TemplateBook:
    return TemplateBook(templates, Seat("sato"), Clock(now=lambda: NOW))


def on_line(desk: DeskAtWork, name: str) -> None:
    call = desk.call()
    call.ring = replace(call.ring, line_name=name)


def load(folder: Path, text: str) -> TemplateBook:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return TemplateBook(load_settings(file, folder / "none.toml", {}).templates, Seat("sato"))


def test_every_place_is_filled_from_the_call(desk: DeskAtWork) -> None:
    desk.hear(offered())
    desk.settle()
    on_line(desk, "Main shop")
    (words,) = book(TemplateSettings("all", ALL)).for_call(desk.call())
    at = NOW.astimezone()
    assert words.text == f"髙橋 一郎/03-3581-4111/C-000001/sato/{at:%Y-%m-%d}/{at:%H:%M}/Main shop"
    assert words.cursor_at == len(words.text)


def test_what_is_not_known_stays_empty(desk: DeskAtWork) -> None:
    desk.hear(offered("", withheld=Withheld.ANONYMOUS))
    desk.settle()
    (words,) = book(TemplateSettings("who", "[{name}{customer_no}]")).for_call(desk.call())
    assert words.text == "[]"


def test_a_callers_own_braces_are_not_filled_in(desk: DeskAtWork) -> None:
    desk.hear(offered("", name="{operator}{cursor}"))
    desk.settle()
    (words,) = book(TemplateSettings("who", "<{name}>{cursor}")).for_call(desk.call())
    assert (words.text, words.cursor_at) == ("<{operator}{cursor}>", 20)


def test_a_template_of_a_line_is_offered_on_that_line_alone(desk: DeskAtWork) -> None:
    desk.hear(offered())
    made = book(
        TemplateSettings("all", "a"), TemplateSettings("shop", "b", "Main shop"), TemplateSettings("jobs", "c", "Jobs")
    )
    assert [one.name for one in made.for_call(desk.call())] == ["all"]
    on_line(desk, "Main shop")
    assert [one.name for one in made.for_call(desk.call())] == ["all", "shop"]


def test_the_longest_key_word_before_the_cursor_counts(desk: DeskAtWork) -> None:
    desk.hear(offered())
    made = book(TemplateSettings("one", "1", key=";th"), TemplateSettings("two", "2", key=";;th"))
    found = {text: made.by_key(desk.call(), text) for text in ("x;th", "x;;th", ";t", "th", "")}
    assert [words and words.name for words in found.values()] == ["one", "two", None, None, None]


def test_templates_of_the_file_are_read(tmp_path: Path, desk: DeskAtWork) -> None:
    text = """[[line]]\ndialled = "03"\nname = "Shop"
        [[template]]\nname = "One"\ntext = '''first\nsecond'''\nkey = ";1"\nline = "Shop"
        [[template]]\nname = "Two"\ntext = "x"\nkey = ";2" """
    desk.hear(offered())
    assert [one.name for one in load(tmp_path, text).for_call(desk.call())] == ["Two"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('text = "{nmae} called"', "{nmae}"),
        ('text = "{}"', "{}"),
        ('text = "x"\nline = "Nowhere"', '"Nowhere"'),
        ('text = "x"\nkey = ";a"\n[[template]]\nname = "B"\ntext = "y"\nkey = ";a"', '";a"'),
        ('txt = "x"', '"txt"'),
        ("", '"text"'),
    ],
)
def test_a_wrong_template_is_one_clear_error_at_the_start(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        load(tmp_path, f'[[template]]\nname = "A"\n{more}\n')
    assert said in str(error.value)
