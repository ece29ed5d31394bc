"""How a text file is written: as its mark says, else UTF-8 if all of it is sound, else CP932.

Never shift_jis, which lacks ～ 髙 ① ㈱.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.errors import UserError
from app.words import _

BLOCK = 1 << 20
ENCODING_OPTION = "--encoding"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SHIFT_JIS = frozenset({"shift_jis", "shift_jis_2004", "shift_jisx0213"})
# in these no byte of a longer character looks like a comma, a quotation mark or a line end
_ASCII_INSIDE = frozenset({"utf-8", "cp932", "euc_jp", "euc_jis_2004", "ascii", "iso8859-1", "cp1252"})
_NO_CP932 = re.compile("[\x80\xa0\uf8f1-\uf8f3]")  # Python's codec lets five bytes pass that no Windows writes


def encoding_of(path: Path, asked: str = "") -> tuple[str, int]:
    """The name of the codec, and how many bytes of the file are its mark. Raises UserError."""
    with path.open("rb") as file:
        head = file.read(4)
    for mark, name in _MARKS:
        if head.startswith(mark) and asked.lower() in ("", "utf-8-sig", "utf-16", name):
            return name, len(mark)
    return (_known(asked), 0) if asked else (_guessed(path), 0)


def has_ascii_inside(encoding: str) -> bool:
    """Whether commas, quotation marks and line ends can be looked for in the bytes."""
    return encoding in _ASCII_INSIDE


def decoded(data: bytes, encoding: str, first_line: int) -> str:
    """The text of whole lines; raises UserError naming line and byte."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise wrong_byte(data, error.start, encoding, first_line) from error
    if encoding == "cp932" and (strange := _NO_CP932.search(text)) is not None:
        at = len(text[: strange.start()].encode("cp932"))
        raise wrong_byte(data, at, encoding, first_line)
    return text


def wrong_byte(data: bytes, at: int, encoding: str, first_line: int) -> UserError:
    """`data[at]` is no text in this encoding."""
    line = first_line + data.count(b"\n", 0, at)
    return UserError(
        _("Line {line} holds a byte (0x{byte:02X}) that is no text in {encoding}.").format(
            line=line, byte=data[at], encoding=encoding.upper()
        ),
        _("Save the file as CSV UTF-8 and try again, or choose its encoding. Nothing was imported."),
        ENCODING_OPTION,
    )


def _known(asked: str) -> str:
    try:
        name = codecs.lookup(asked).name
    except LookupError as error:
        raise UserError(
            _("There is no encoding named {name}.").format(name=asked), _("Known: utf-8, cp932, utf-16, euc-jp.")
        ) from error
    if name in _SHIFT_JIS:
        return "cp932"
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(name, name)


def _guessed(path: Path) -> str:
    """UTF-8 has to be sound to the end, which is quick to see; CP932 is looked at as far as UTF-8 was sound."""
    at = _first_byte_against_utf8(path)
    if at is None:
        return "utf-8"
    with path.open("rb") as file:
        head = file.read(min(at, BLOCK) + 4096)
    whole_lines = head[: head.rfind(b"\n") + 1] or head[:at]
    decoded(whole_lines, "cp932", 1)
    return "cp932"


def _first_byte_against_utf8(path: Path) -> int | None:
    decoder, at = codecs.getincrementaldecoder("utf-8")(), 0
    for block in blocks_of(path):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return at - waiting + error.start
        at += len(block)
    return at if decoder.getstate()[0] else None


def blocks_of(path: Path) -> Iterator[bytes]:
    """The file as it is."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def text_blocks(path: Path, encoding: str, mark: int) -> Iterator[bytes]:
    """What stands behind the mark; as UTF-8 where commas could not be looked for in the file's own bytes."""
    blocks = blocks_of(path)
    first = next(blocks, b"")[mark:]
    whole = chain((first,), blocks)
    return whole if has_ascii_inside(encoding) else _in_utf8(whole, encoding)


def _in_utf8(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    for block, is_last in _with_last(blocks):
        try:
            text = decoder.decode(block, is_last)
        except UnicodeDecodeError as error:
            raise wrong_byte(error.object, error.start, encoding, line) from error
        line += text.count("\n")
        yield text.encode("utf-8", "replace")  # half of a surrogate pair is no character


def _with_last(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    yield from ((block, False) for block in blocks)
    yield b"", True
