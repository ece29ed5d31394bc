"""The parser: one case of our own for every rule that RFC 4475 and RFC 5118 torture a listener with."""

import pytest

from cti.errors import PeerError
from cti.sip.dialog import Offered
from cti.sip.message import Request, Response, parse_message, split_message
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import invite

OK = (
    b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKb\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>;tag=2\r\n"
    b"Call-ID: c\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n"
)


def edited(*pairs: tuple[bytes, bytes], method: str = "INVITE") -> bytes:
    data = invite("a", method=method)
    for old, new in pairs:
        assert old in data, old
        data = data.replace(old, new, 1)
    return data


def status_of(data: bytes) -> int | None:
    with pytest.raises(PeerError) as raised:
        parse_message(data)
    return raised.value.status


def parsed(data: bytes) -> Request:
    message = parse_message(data)
    assert isinstance(message, Request)
    return message


LENGTH = b"Content-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(edited((b"INVITE sip", b"INVITE  sip")), id="two spaces in the request line"),
        pytest.param(edited((b"SIP/2.0\r\n", b"SIP/2.0 \r\n")), id="a space after the request line"),
        pytest.param(edited((b"sip:201@omote.example SIP", b"<sip:201@omote.example> SIP")), id="brackets"),
        pytest.param(edited((b"omote.example SIP", b"omote.example; lr SIP")), id="space in the Request-URI"),
        pytest.param(edited((b"omote.example SIP", b"omote.example?Route=%3Csip:x%3E SIP")), id="headers in the URI"),
        pytest.param(edited((b"sip:201@omote.example SIP", b"sip:2001:db8::10 SIP")), id="IPv6 without brackets"),
        pytest.param(edited((b"sip:201@omote.example SIP", b"nothing SIP")), id="no scheme"),
        pytest.param(edited((b"CSeq: 7", "CSeq: ١".encode())), id="digits of another script"),
        pytest.param(edited((b"CSeq: 7", b"CSeq: 36893488147419103232")), id="huge CSeq"),
        pytest.param(edited((b"CSeq: 7", b"CSeq: 2147483648")), id="CSeq of 2**31"),
        pytest.param(edited((b"CSeq: 7 ", b"CSeq: 7")), id="CSeq without a method"),
        pytest.param(edited((b"7 INVITE", b"7 OPTIONS")), id="CSeq of another method"),
        pytest.param(edited((b"Content-Length: 0", b"Content-Length: 1")), id="body too short"),
        pytest.param(edited((b"Content-Length: 0", b"Content-Length: -999")), id="negative length"),
        pytest.param(edited((b"Content-Length: 0", b"Content-Length: " + b"9" * 5000)), id="length of 5000 digits"),
        pytest.param(edited((LENGTH, b"Content-Length: 0\r\nl: 0\r\n\r\n")), id="two lengths"),
        pytest.param(
            edited((LENGTH, b"Date: Fri, 01 Jan 2010 16:00:00 JST\r\n" + LENGTH)), id="a Date of another zone"
        ),
        pytest.param(edited((LENGTH, b"f: <sip:evil@x>;tag=2\r\n" + LENGTH)), id="two From"),
        pytest.param(edited((LENGTH, b"Call-ID: b\r\n" + LENGTH)), id="two Call-IDs"),
        pytest.param(edited((b"Call-ID: a\r\n", b"")), id="no Call-ID"),
        pytest.param(edited((b"Call-ID: a\r\n", b"Call-ID:\r\n")), id="empty Call-ID"),
        pytest.param(edited((b"To: <sip:201@omote.example>\r\n", b"")), id="no To"),
        pytest.param(edited((b"To: <", b'To: "Mr. <')), id="open quote in To"),
        pytest.param(edited((b"To: <sip:201@omote.example>", b"To: < sip:201@omote.example >")), id="spaces in To"),
        pytest.param(edited((b"To: <sip:201@omote.example>", b"To: <sip:201@omote.example")), id="open bracket"),
        pytest.param(edited((b"To: <sip:201@omote.example>", b'To: "Mr. J"')), id="a name alone"),
        pytest.param(edited((b";rport", b";;,;,,")), id="empty parameters in Via"),
        pytest.param(edited((b"127.0.0.1:5060", b"127.0.0.1:99999")), id="port out of range"),
        pytest.param(edited((b"Max-Forwards: 70", b"Max-Forwards 70")), id="a line without a colon"),
        pytest.param(edited((b"Max-Forwards: 70", b"Max Forwards: 70")), id="a space in a name"),
        pytest.param(edited((b"\r\n\r\n", b"\r\n")), id="truncated head"),
    ],
)
def test_malformed_request_deserves_400_and_never_pops(data: bytes) -> None:
    assert status_of(data) == 400
    wire = Wire()
    assert [one.status for one in wire.say(data)] == [400]
    assert not any(isinstance(event, Offered) for event in wire.events)


def test_another_version_deserves_505_even_with_a_via_of_that_version() -> None:
    data = edited((b"SIP/2.0\r\n", b"SIP/7.0\r\n"), (b"Via: SIP/2.0", b"Via: SIP/7.0"))
    assert status_of(data) == 505
    assert [one.status for one in Wire().say(data)] == [505]


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\r\n\r\n", b"\0" * 100, b"\xff" * 100, b"INVITE sip:a@b\r\nTo: x\r\n\r\n", b"x" * 70_000],
)
def test_rubbish_is_dropped_in_silence(data: bytes) -> None:
    wire = Wire()
    assert wire.say(data) == []
    with pytest.raises(PeerError):
        parse_message(data)


@pytest.mark.parametrize("line", [b"Subject: a\nb", b"Subject: a\rb", b"Subject: a\n\nVia: x"])
def test_bare_cr_or_lf_is_dropped_and_never_echoed(line: bytes) -> None:
    assert Wire().say(edited((LENGTH, line + b"\r\n" + LENGTH))) == []


def test_response_of_a_wrong_length_is_none() -> None:
    for length in (b"Content-Length: 1", b"Content-Length: -1", b"Content-Length: 0x", b"l: 0\r\nl: 0"):
        with pytest.raises(PeerError):
            parse_message(OK.replace(b"Content-Length: 0", length))


def test_malformed_ack_is_never_answered() -> None:
    assert Wire().say(edited((b"CSeq: 7", b"CSeq: x"), method="ACK")) == []


@pytest.mark.parametrize(
    "line",
    [b"SIP/2.0 4294967301 x", b"SIP/2.0 099 x", b"SIP/2.0 2000 x", b"SIP/2.0 20 x", b"SIP/7.0 200 OK", b"SIP/2.0"],
)
def test_response_with_an_impossible_status_line_is_dropped(line: bytes) -> None:
    assert status_of(OK.replace(b"SIP/2.0 200 OK", line, 1)) is None


@pytest.mark.parametrize(
    ("line", "reason"), [("200 ", ""), ("200", ""), ("200 = 2**3 но сто девяносто", "= 2**3 но сто девяносто")]
)
def test_reason_phrase_may_be_empty_or_of_any_script(line: str, reason: str) -> None:
    message = parse_message(OK.replace(b"200 OK", line.encode(), 1))
    assert isinstance(message, Response)
    assert (message.status, message.reason) == (200, reason)


def test_white_space_folding_case_and_compact_names_are_all_legal() -> None:
    message = parsed(
        b"INVITE sip:vivek@x;unknownparam SIP/2.0\r\n"
        b"TO :\r\n sip:vivek@x ;   tag    = 1918181833n\r\n"
        b'f   : "J \\\\\\""       <sip:jd@x>\r\n  ;\r\n  tag = 98asjd8\r\n'
        b"I: wsinv\r\ncseq: 0009\r\n  INVITE\r\n"
        b"Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\ns :\r\n"
        b"NewFangled:   new\r\n continued\r\nOdd: ;;,,;;,;\r\n"
        b"v:  SIP  / 2.0  / TCP     s.example   ;\r\n  branch  =   z9hG4bK9 ,\r\n"
        b" SIP / 2.0 / UDP 1.2.3.4 ; branch=\r\n z9\r\n"
        b'm:"Quoted \\"\\"" <sip:jd@x> ; newparam =\r\n      newvalue ;\r\n  q = 0.33\r\n'
        b"l   : 0\r\n\r\n"
    )
    assert (message.sender.display, message.sender.uri.user, message.sender.tag) == ('J \\"', "jd", "98asjd8")
    assert (message.cseq, message.to.tag, message.via.branch) == (9, "1918181833n", "390skdjuw")
    assert message.headers.get("newfangled") == "new continued"
    assert len(list(message.headers.items("via"))) == 3


def test_escapes_are_decoded_once_and_never_in_method_or_header_names() -> None:
    message = parsed(edited((b"sip:201@omote.example SIP", b"sip:sips%3Auser%40example.com@example.net SIP")))
    assert (message.target.user, message.target.host) == ("sips:user@example.com", "example.net")
    assert parsed(invite("a", method="RE%47IST%45R")).method == "RE%47IST%45R"
    assert parsed(edited((b"Max-Forwards", b"C%6Fntact"))).headers.get("contact") is None


def test_escaped_nul_does_not_cut_a_user_short() -> None:
    one, two = (parsed(edited((b"sip:201@omote.example SIP", uri))) for uri in (b"sip:%00@x SIP", b"sip:%00%00@x SIP"))
    assert (one.target.user, two.target.user) == ("\0", "\0\0")


def test_semicolon_in_the_user_part_belongs_to_the_user() -> None:
    message = parsed(edited((b"sip:201@omote.example SIP", b"sip:user;par=u%40example.net@example.com SIP")))
    assert (message.target.user, message.target.host) == ("user;par=u@example.net", "example.com")


def test_every_character_that_a_token_and_a_user_may_have_is_read() -> None:
    method = "!interesting-Method0123456789_*+`.%indeed'~"
    uri = "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com"
    message = parsed(invite("a", method=method, uri=uri))
    assert (message.method, message.target.host) == (method, "example.com")
    assert message.target.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"


@pytest.mark.parametrize(
    ("uri", "host", "port"),
    [
        (b"sip:[2001:db8::10]", "[2001:db8::10]", None),
        (b"sip:[2001:db8::10:5070]", "[2001:db8::10:5070]", None),
        (b"sip:[2001:db8::10]:5070", "[2001:db8::10]", 5070),
        (b"sip:user@[2001:db8:::192.0.2.1]", "[2001:db8:::192.0.2.1]", None),
        (b"sip:user@[::ffff:192.0.2.2]", "[::ffff:192.0.2.2]", None),
    ],
)
def test_ipv6_references_are_read_even_with_the_old_three_colons(uri: bytes, host: str, port: int | None) -> None:
    target = parsed(edited((b"sip:201@omote.example SIP", uri + b" SIP"))).target
    assert (target.host, target.port) == (host, port)


@pytest.mark.parametrize("received", [b"[2001:db8::9:255]", b"2001:db8::9:255", b"192.0.2.200"])
def test_received_parameter_of_any_spelling_is_legal(received: bytes) -> None:
    via = b"Via: SIP/2.0/UDP [2001:db8::9:1]:6050;received=" + received + b";branch=z9hG4bKv"
    message = parsed(edited((b"Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKa", via)))
    assert (message.via.branch, message.via.port) == ("z9hG4bKv", 6050)


def test_body_is_opaque_and_ends_with_its_length() -> None:
    body = b"--x\n\0\xff\n\n\rv=0"
    second = b"\r\n" + invite("smuggled")
    data = edited((LENGTH, b"Content-Length: %d\r\n\r\n" % len(body) + body + second))
    assert parsed(data).body == body
    wire = Wire()
    wire.say(data)
    assert len(wire.events) == 1


def test_what_follows_a_request_without_a_body_is_no_second_call() -> None:
    wire = Wire()
    wire.say(invite("a", method="REGISTER") + b"\r\n" + invite("smuggled"))
    assert wire.events == []


def test_request_of_rfc_2543_without_tag_cookie_length_and_max_forwards_rings() -> None:
    wire = Wire()
    wire.say(
        b"INVITE sip:UserB@x SIP/2.0\r\nVia: SIP/2.0/UDP iftgw.example.com\r\nFrom: <sip:+13035551111@x;user=phone>\r\n"
        b"To: sip:+16505552222@x;user=phone\r\nCall-ID: old\r\nCSeq: 56 INVITE\r\n\r\nv=0\r\n"
    )
    assert len(wire.events) == 1
    assert wire.sent_to == [("192.0.2.10", 5060)]


def test_max_forwards_and_body_type_are_no_business_of_a_listener() -> None:
    wire = Wire()
    odd = "Date: Fri, 01 Jan 2010 16:00:00 GMT\r\nContent-Type: x/y\r\nAccept: text/no\r\nExpires: " + "9" * 99 + "\r\n"
    data = invite("a", extra=odd).replace(b"Max-Forwards: 70", b"Max-Forwards: 0")
    assert [one.status for one in wire.say(data)] == [100]


def test_unknown_schemes_in_from_to_and_contact_are_parsed() -> None:
    message = parsed(invite("a", caller="<http://www.example.com>", extra="Contact: <name:John>\r\n"))
    assert (message.sender.uri.scheme, message.sender.uri.number) == ("http", "")


@pytest.mark.parametrize(
    "header",
    [
        b"X: a" + b"\r\n b" * 16_000,
        b"Subject: " + b"(" * 60_000,
        b"Diversion: " + b'"\\' * 30_000,
        b"P-Asserted-Identity: " + b"<" * 60_000,
        b"Reason: " + b';"' * 30_000,
        b"From2: " + b",;=" * 20_000,
        b"a:\r\n" * 15_000 + b"a:",
    ],
    ids=["folds", "parentheses", "open quotes", "brackets", "half quotes", "separators", "many headers"],
)
def test_sixty_kilobytes_of_malice_in_one_header_are_read_in_one_pass(header: bytes) -> None:
    wire = Wire()
    wire.say(edited((LENGTH, header + b"\r\n" + LENGTH)))
    wire.say(invite("b"))
    assert wire.events


def filled(size: int, name: bytes = b"X-Long: ") -> bytes:
    """An INVITE of so many bytes, most of them in one line."""
    data = edited((LENGTH, name + b"\r\n" + LENGTH))
    return data.replace(name, name + b"x" * (size - len(data)))


@pytest.mark.parametrize("name", [b"X-Long: ", b"Subject: ", b'P-Asserted-Identity: <sip:0312345678@x>;"', b"v: "])
def test_message_of_64_kb_is_read_although_it_is_one_line(name: bytes) -> None:
    assert len(filled(65_536, name)) == 65_536
    wire = Wire()
    assert [one.status for one in wire.say(filled(65_536, name))] == [100]
    assert len(wire.events) == 1


def test_message_of_one_byte_more_than_64_kb_is_dropped_in_silence() -> None:
    wire = Wire()
    assert wire.say(filled(65_537)) == []
    assert not any(isinstance(event, Offered) for event in wire.events)


def test_body_may_fill_the_message_and_not_be_stated_longer_than_that() -> None:
    head = edited((LENGTH, b"Content-Length: 65535\r\n\r\n"))
    assert status_of(head) == 400
    body = b"x" * (65_536 - len(head))
    stated = head.replace(b"65535", b"%05d" % len(body)) + body
    assert (len(stated), len(parsed(stated).body)) == (65_536, len(body))
    assert status_of(stated.replace(b"Content-Length: ", b"l: ").replace(b"l: %05d" % len(body), b"l: 65537")) == 400


def many_fields(count: int, line: bytes = b"X: y\r\n") -> bytes:
    """An INVITE of so many header fields."""
    data = invite("a")
    return data.replace(LENGTH, line * (count - data.count(b"\r\n") + 2) + LENGTH)


@pytest.mark.parametrize("line", [b"X: y\r\n", b"v: SIP/2.0/UDP far;branch=z9hG4bKfar\r\n", b"X: y\r\n folded\r\n"])
def test_message_of_512_header_fields_is_read_and_of_one_more_deserves_400(line: bytes) -> None:
    assert len(parsed(many_fields(512, line)).headers.fields) == 512
    assert status_of(many_fields(513, line)) == 400
    wire = Wire()
    assert [one.status for one in wire.say(many_fields(512, line))] == [100]
    assert [one.status for one in wire.say(many_fields(513, line))] == [400]


def test_response_of_more_than_512_header_fields_is_dropped() -> None:
    assert isinstance(parse_message(OK.replace(LENGTH, b"X: y\r\n" * 506 + LENGTH)), Response)
    assert status_of(OK.replace(LENGTH, b"X: y\r\n" * 507 + LENGTH)) == 400
    assert Wire().say(OK.replace(LENGTH, b"X: y\r\n" * 507 + LENGTH)) == []


def test_what_stands_behind_too_many_header_fields_costs_no_reading() -> None:
    assert len(split_message(many_fields(10_000)).headers.fields) == 513


def test_long_legal_values_are_not_cut() -> None:
    message = parsed(edited((b"sip:201@omote.example SIP", b"sip:" + b"long" * 800 + b"@x SIP")))
    assert len(message.target.user) == 3_200


@pytest.mark.parametrize("zone", ["GMT", "gmt", "UTC", "+0000"])
def test_date_in_gmt_by_any_name_is_sound(zone: str) -> None:
    dated = edited((LENGTH, f"Date: Fri, 01 Jan 2010 16:00:00 {zone}\r\n".encode() + LENGTH))
    assert parse_message(dated).headers.get("date") == f"Fri, 01 Jan 2010 16:00:00 {zone}"
