"""Finds what was left untranslated: English where Japanese should stand."""

import re

SENTENCE = re.compile(r"[A-Za-z][a-z']+,? [A-Za-z][a-z']*(?: [A-Za-z][a-z']*)*")

WORD = re.compile(r"[A-Za-z][a-z']{2,}")


def english_words_in(text: str) -> list[str]:
    """Even one word; what is cut with "…" is none."""
    return WORD.findall(_plain(text))


def english_in(text: str) -> list[str]:
    """Two English words or more in a row; what is cut with "…" is no word."""
    return SENTENCE.findall(_plain(text))


def _plain(text: str) -> str:
    return re.sub(r"<[^>]*>|&[a-z]+;|\S*…|\S+@\S+|\w+/\S+", " ", text)
