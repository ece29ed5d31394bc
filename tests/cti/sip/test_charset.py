"""Names in Shift_JIS and Latin-1 where UTF-8 was due: right on the screen, untouched in the answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.charset import readable
from cti.events import CallOffered
from cti.plain_text import plain_text
from cti.sip.dialog import Answered, Offered
from cti.sip.headers import parse_name_addr
from cti.wire_text import decode
from tests.cti.sip.running import RunningSource
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import SipPeer, invite, new_call

# 表 ソ 能 予 十 貼 噂 暴 欺 申 end in the byte of a backslash; of 二佐 some bytes are sound UTF-8
SHIFT_JIS = [
    "表", "表田", "田表", "中表田", "ソニー", "能登", "予定表", "十", "貼噂暴", "欺 申", "ガソリン", "Web表",
    "表ABC", "田中", "山田太郎", "㈱髙﨑", "渡邉 隆", "齋藤", "澤", "濱", "鐵", "鄭", "AB鐵", "A濱", "K.澤",
    "№①～", "東", "ﾀﾅｶ", "ﾔﾏﾀﾞ ﾀﾛｳ", "(ｶ)ﾀﾅｶ", "NTTﾄﾞｺﾓ", "ABC商事", "ABC商事 表参道店", "(株)山田",
    "株式会社 表", "二佐二藤三", "二佐二藤ソ",
]  # fmt: skip
LATIN_1 = [
    "François", "Müller", "José", "JOSÉ", "Renée", "Éric", "Özgür", "Åke", "Zoë", "Núñez", "Søren", "Strauß",
    "Björn Åström", "L'école", "José de álava", "García", "Béla", "MÜLLER GmbH", "GARÇON", "McDönald", "Ýmir",
]  # fmt: skip
UTF_8 = ["山田太郎", "㈱髙﨑 😀", "José", "Łódź", "Иван", "Ŷ", "ﾀﾅｶ", "表", "😀", "محمد", "홍길동"]


def shown(name: bytes, before: bytes = b"", after: bytes = b"") -> str:
    """What a display name of these bytes, in quotes, comes to."""
    return plain_text(parse_name_addr(decode(b'"' + before + name + after + b'" <sip:0312345678@x>;tag=1')).display)


@pytest.mark.parametrize("name", SHIFT_JIS)
def test_shift_jis_comes_out_right_quoted_escaped_or_bare(name: str) -> None:
    data = name.encode("cp932")
    assert shown(data) == name
    assert shown(data.replace(b"\\", b"\\\\")) == name, "escaped by a sender that knows bytes alone"
    assert plain_text(parse_name_addr(decode(data + b" <sip:1@x>")).display) == name
    assert shown(data, before=b'\\"', after=b'\\" & \\\\') == f'"{name}" & \\'


@pytest.mark.parametrize("name", LATIN_1)
def test_latin_1_comes_out_right(name: str) -> None:
    assert shown(name.encode("latin-1")) == name
    assert shown(name.encode("latin-1"), before=b'\\"', after=b'\\"') == f'"{name}"'


@pytest.mark.parametrize("name", UTF_8)
def test_sound_utf_8_is_never_taken_for_anything_else(name: str) -> None:
    assert shown(name.encode()) == name


@pytest.mark.parametrize("name", ["山田太郎", "㈱髙﨑様", "株式会社山田商店 表参道", "田中😀"])
def test_utf_8_cut_in_the_middle_of_a_character_is_not_taken_for_shift_jis(name: str) -> None:
    data = name.encode()
    for length in range(5, len(data)):
        whole = data[:length].decode("utf-8", "ignore")
        assert shown(data[:length]).rstrip("\ufffd ") == whole.rstrip(), length


@pytest.mark.parametrize(
    "name", [b"\xff\xfe\xc0\xaf", b"Jos\xc3", b"\xe9", b"\x80", b"\xa0\xa0", b"Tan\xffaka", b"\x81"]
)
def test_bytes_of_no_charset_stay_replaced(name: bytes) -> None:
    assert "\ufffd" in shown(name)
    assert readable(decode(name)) == decode(name)


@given(st.binary(max_size=80))
def test_whatever_the_bytes_are_they_are_shown_once_and_for_all(data: bytes) -> None:
    shown_text = plain_text(decode(data))
    assert plain_text(shown_text) == shown_text
    assert readable(readable(decode(data))) == readable(decode(data))


@given(st.text(max_size=40))
def test_whatever_is_sound_utf_8_stays_as_it_is(text: str) -> None:
    sound = text.encode("utf-8", "ignore")
    assert readable(decode(sound)) == decode(sound)


@given(st.text(alphabet="表ソ能予十貼噂暴欺申山田中佐藤鈴木 一二三", min_size=1, max_size=12))
def test_where_a_quoted_name_ends_does_not_depend_on_its_kanji(name: str) -> None:
    data = name.encode("cp932")
    assert shown(data) == shown(data.replace(b"\\", b"\\\\")) == plain_text(name)


def test_name_of_characters_that_a_pbx_made_itself_keeps_the_others() -> None:
    assert shown(b"\xf0\x40" + "橋".encode("cp932")) == "\ue000橋"


def test_every_name_of_a_header_is_read_by_itself() -> None:
    kanji, utf8, latin = "表".encode("cp932"), "佐藤".encode(), "Renée".encode("latin-1")
    assert caller_name(pai(kanji, b"sip:a@x") + pai(utf8, b"tel:+81312345678")) == "佐藤"
    assert caller_name(pai(latin, b"tel:+81312345678") + pai(kanji, b"sip:a@x")) == "Renée"
    one_line = b"P-Asserted-Identity: " + b'"' + kanji + b'" <sip:a@x>, "' + utf8 + b'" <sip:b@x>\r\n'
    assert caller_name(one_line) == "表"
    assert caller_name(one_line.replace(kanji, kanji + b"\\")) == "表"


def test_asterisk_that_escapes_the_bytes_of_a_kanji_twice_is_read() -> None:
    name = "表田予".encode("cp932").replace(b"\\", b"\\\\\\\\")
    assert caller_name(b"User-Agent: Asterisk PBX 22\r\n" + pai(name, b"sip:0312345678@x")) == "表田予"


def pai(name: bytes, uri: bytes) -> bytes:
    return b'P-Asserted-Identity: "' + name + b'" <' + uri + b">\r\n"


def caller_name(headers: bytes) -> str:
    wire = Wire()
    wire.say(invite("a", extra=decode(headers)))
    (offered,) = wire.events
    assert isinstance(offered, Offered)
    return offered.caller.name


def test_answers_carry_the_senders_bytes_unchanged() -> None:
    wire = Wire()
    for name in (b"\x95\\", b"Fran\xe7ois", b"\xff\xfe", "\u5c71".encode()):
        sender = b'"' + name + b'" <sip:0312345678@x>'
        for heard in wire.say(invite(new_call(), caller=decode(sender))):
            assert b"From: " + sender + b";tag=ft\r\n" in heard.data


def test_reason_in_shift_jis_still_says_that_somebody_answered() -> None:
    wire = Wire()
    wire.say(invite("a"))
    reason = 'Reason: SIP;text="' + decode("代表".encode("cp932")) + '";cause=200\r\n'
    wire.say(invite("a", method="CANCEL", extra=reason))
    assert [type(event) for event in wire.events] == [Offered, Answered]


def test_names_arrive_over_a_real_socket() -> None:
    sent = [(name, name.encode("cp932")) for name in SHIFT_JIS]
    sent += [(name, name.encode("latin-1")) for name in LATIN_1] + [(name, name.encode()) for name in UTF_8]
    with RunningSource(calls_per_second=1_000) as running, SipPeer(running.address) as peer:
        for name, data in sent:
            caller = decode(b'"' + data + b'" <sip:0312345678@x>')
            peer.send(invite(new_call(), caller=caller, via_host=peer.address))
            event = running.next_call_event()
            assert isinstance(event, CallOffered)
            assert event.caller.name == name
            assert b'From: "' + data + b'"' in peer.hear().data
