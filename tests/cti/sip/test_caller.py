"""Who calls, whom they rang, and what of it may be shown."""

import pytest

from cti.events import Caller, IdentityFrom, Withheld
from cti.sip.caller import read_caller
from cti.sip.dialled import read_dialled, read_diverted_from, read_linked_id
from cti.sip.message import Request, parse_message
from cti.sip.plain_text import plain_text
from cti.sip.settings import Identity
from tests.fakes.sip_peer import invite

ORDER: tuple[Identity, ...] = ("pai", "rpid", "from")
PAI, RPID, FROM = IdentityFrom.PAI, IdentityFrom.RPID, IdentityFrom.FROM


def request(extra: str = "", caller: str = '"Tanaka" <sip:0312345678@x>', **more: str) -> Request:
    message = parse_message(invite("a", caller=caller, extra=extra, **more))  # type: ignore[arg-type]
    assert isinstance(message, Request)
    return message


def caller_of(extra: str = "", caller: str = '"Tanaka" <sip:0312345678@x>') -> Caller:
    return read_caller(request(extra, caller), ORDER)


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("<sip:0312345678@x>", "0312345678"),
        ("<sips:0312345678@x:5061;transport=tls>", "0312345678"),
        ("<sip:+81312345678@x;user=phone>", "+81312345678"),
        ("<sip:0312345678;npdi@x;user=phone>", "0312345678"),
        ("<sip:0312345678;rn=1;npdi:secret@x>", "0312345678"),
        ("<tel:+81-3-1234-5678>", "+81-3-1234-5678"),
        ("<tel:0312345678;phone-context=+81>", "+81312345678"),
        ("<tel:312345678;phone-context=+81>", "+81312345678"),
        ("<tel:201;phone-context=pbx.example>", "201"),
        ("<sip:0312345678;phone-context=+81@x;user=phone>", "+81312345678"),
        ("tel:0312345678", "0312345678"),
        ("sip:0312345678@x", "0312345678"),
        ("<sip:%30312345678@x>", "0312345678"),
        ("<sip:%2530@x>", "%30"),
        ("<sip:0312345678@[2001:db8::9:1]:5070>", "0312345678"),
        ("<sip:pbx.example>", ""),
        ("<sip:asterisk@pbx.example>", ""),
        ("<x:/>", ""),
        ("<urn:service:sos>", ""),
    ],
)
def test_number_is_read_from_every_form_of_uri(uri: str, number: str) -> None:
    assert caller_of(caller=uri) == Caller(number, "", None, FROM)


def test_first_identity_with_a_number_wins_in_the_order_of_the_settings() -> None:
    extra = 'P-Asserted-Identity: "P" <sip:111111@x>\r\nRemote-Party-ID: "R" <sip:222222@x>;party=calling\r\n'
    both = request(extra)
    assert read_caller(both, ("pai", "rpid", "from")) == Caller("111111", "P", None, PAI)
    assert read_caller(both, ("rpid", "pai", "from")) == Caller("222222", "R", None, RPID)
    assert read_caller(both, ("from",)) == Caller("0312345678", "Tanaka", None, FROM)


def test_pai_may_be_a_list_and_the_one_with_a_number_is_taken() -> None:
    assert caller_of('P-Asserted-Identity: <sip:pbx.example>, "T, K" <tel:+81312345678>\r\n').number == "+81312345678"


def test_remote_party_that_is_called_is_not_the_caller() -> None:
    assert caller_of("Remote-Party-ID: <sip:999999@x>;party=called\r\n").identity_from is FROM


def test_broken_pai_is_passed_over() -> None:
    assert caller_of('P-Asserted-Identity: "oops <sip:1@x>\r\n') == Caller("0312345678", "Tanaka", None, FROM)


@pytest.mark.parametrize("privacy", ["id", "ID", "header;id", "id;critical", "user; id"])
def test_privacy_beside_an_asserted_number_leaves_neither_number_nor_name(privacy: str) -> None:
    extra = f'Privacy: {privacy}\r\nP-Asserted-Identity: "Tanaka" <sip:0312345678@x>\r\n'
    assert caller_of(extra) == Caller("", "", Withheld.ANONYMOUS, PAI)


@pytest.mark.parametrize("privacy", ["id", "user", "full", "header;user;critical", "session, id"])
@pytest.mark.parametrize(
    ("extra", "identity_from"),
    [
        ("", FROM),
        ("Remote-Party-ID: <sip:0312345678@x>;party=calling\r\n", RPID),
        ("P-Asserted-Identity: <tel:+81312345678>\r\n", PAI),
    ],
)
def test_privacy_withholds_whichever_header_carries_the_identity(
    privacy: str, extra: str, identity_from: IdentityFrom
) -> None:
    assert caller_of(f"Privacy: {privacy}\r\n{extra}") == Caller("", "", Withheld.ANONYMOUS, identity_from)


def test_privacy_of_the_path_alone_hides_no_number() -> None:
    assert caller_of("Privacy: header;session\r\n").number == "0312345678"


def test_privacy_keeps_the_reason_that_the_carrier_gave() -> None:
    extra = "Privacy: id\r\nP-Asserted-Identity: <sip:0312345678@x>\r\n"
    caller = '"Coin line/payphone" <sip:anonymous@anonymous.invalid>'
    assert caller_of(extra, caller).withheld is Withheld.PAYPHONE


def test_privacy_none_hides_nothing() -> None:
    assert caller_of("Privacy: none\r\nP-Asserted-Identity: <sip:0312345678@x>\r\n").number == "0312345678"


@pytest.mark.parametrize("privacy", ["full", "uri", "FULL", '"full"', "full-id", "uri-network", '"name, full"'])
def test_remote_party_id_with_privacy_is_withheld(privacy: str) -> None:
    extra = f"Remote-Party-ID: <sip:0312345678@x>;privacy={privacy}\r\n"
    assert caller_of(extra, '"A" <sip:anonymous@anonymous.invalid>') == Caller("", "", Withheld.ANONYMOUS, RPID)


@pytest.mark.parametrize(
    ("caller", "withheld"),
    [
        ('"Anonymous" <sip:anonymous@anonymous.invalid>', Withheld.ANONYMOUS),
        ('"ANONYMOUS" <sip:Anonymous@x>', Withheld.ANONYMOUS),
        ("<sip:anonymous@anonymous.invalid>", Withheld.ANONYMOUS),
        ("<sip:Restricted@x>", Withheld.ANONYMOUS),
        ("<sip:unavailable@x>", Withheld.OUT_OF_AREA),
        ("<sip:unknown@x>", Withheld.OUT_OF_AREA),
        ('"Coin line/payphone" <sip:anonymous@anonymous.invalid>', Withheld.PAYPHONE),
        ("coin LINE/payphone <sip:anonymous@x>", Withheld.PAYPHONE),
        ('"Unavailable" <sip:anonymous@anonymous.invalid>', Withheld.OUT_OF_AREA),
        ('"Interaction with other service" <sip:anonymous@x>', Withheld.SERVICE_CONFLICT),
    ],
)
def test_reasons_for_no_number_in_the_words_of_japanese_carriers(caller: str, withheld: Withheld) -> None:
    assert caller_of(caller=caller) == Caller("", "", withheld, FROM)


def test_number_beside_the_name_unavailable_is_a_number() -> None:
    assert caller_of(caller='"Unavailable" <sip:0312345678@x>').number == "0312345678"


def test_no_identity_behind_a_pbx_is_no_number_but_not_withheld() -> None:
    assert caller_of(caller='"asterisk" <sip:asterisk@x>') == Caller("", "", None, FROM)


def test_words_of_a_carrier_are_never_shown_as_a_name() -> None:
    assert caller_of(caller='"Anonymous" <sip:asterisk@x>') == Caller("", "", None, FROM)


def test_invented_pai_of_an_anonymous_user_is_no_number() -> None:
    extra = 'P-Asserted-Identity: "Anonymous" <sip:anonymous@pbx>\r\n'
    assert caller_of(extra, "<sip:0312345678@x>") == Caller("0312345678", "", None, FROM)


@pytest.mark.parametrize("name", ["090-1234-5678", "田中"])
def test_withheld_caller_has_no_name_since_it_may_be_the_number(name: str) -> None:
    assert caller_of(caller=f'"{name}" <sip:anonymous@x>') == Caller("", "", Withheld.ANONYMOUS, FROM)
    pai = f'P-Asserted-Identity: "{name}" <sip:pbx>\r\n'
    assert caller_of(pai, '"Coin line/payphone" <sip:anonymous@x>') == Caller("", "", Withheld.PAYPHONE, PAI)


def test_remote_party_that_says_privacy_off_is_shown() -> None:
    assert caller_of("Remote-Party-ID: <sip:0312345678@x>;privacy=off\r\n").number == "0312345678"


def test_name_of_somebody_without_a_number_is_kept() -> None:
    assert caller_of(caller='"田中" <sip:pbx.example>') == Caller("", "田中", None, FROM)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("田中", "田中"),
        ("\udcff\udcfe", "��"),
        ("T\0a\0n\0", "Tan"),
        ("\x1b[31mroot", "�[31mroot"),
        ("Tan\u200b\u2060aka", "Tanaka"),
        ("\u202eanak\u202cT\u2066", "anakT"),
        ("か\u3099", "が"),
        ("a\r\n b\t\u2028c", "a b c"),
        ("  ", ""),
        ("x" * 8000, "x" * 64),
        ("e" + "\u0301\u0302\u0303\u0304\u0305" * 500, "é\u0302\u0303\u0304\u0305"),
        ("<b>VIP</b>", "<b>VIP</b>"),
        ("😀" * 100, "😀" * 64),
    ],
)
def test_shown_text_is_one_clean_line(sent: str, shown: str) -> None:
    assert plain_text(sent) == shown


def test_unquoted_japanese_name_and_name_without_a_space_are_read() -> None:
    assert caller_of(caller="田中 太郎 <sip:1234567@x>").name == "田中 太郎"
    assert caller_of(caller="caller<sip:1234567@x>").name == "caller"


def test_quoted_name_may_hold_brackets_commas_and_escapes() -> None:
    assert caller_of(caller='"Te\\"l, <x@y>;\\\\" <sip:1234567@x>').name == 'Te"l, <x@y>;\\'


OWN = ("c0ffee", "201")


@pytest.mark.parametrize(
    ("place", "extra", "dialled"),
    [
        ("request-uri", "", "0398765432"),
        ("to", "", "0398765432"),
        ("p-called-party-id", "P-Called-Party-ID: <sip:0311112222@x>\r\n", "0311112222"),
        ("diversion", "Diversion: <tel:+81311>\r\nDiversion: <tel:+81322>;reason=x\r\n", "+81322"),
        ("diversion", "Diversion: <sip:0322@x>, <sip:0333@x>\r\n", "0333"),
        ("history-info", "History-Info: <sip:0344@x>;index=1, <sip:0355@x>;index=1.1\r\n", "0344"),
        ("header:X-Dnid", "X-Dnid: 0366\r\n", "0366"),
        ("header:x-dnid", "X-DNID: <sip:0377@x>\r\n", "0377"),
        ("header:X-Dnid", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_dialled_number_is_found_where_the_settings_say(place: str, extra: str, dialled: str) -> None:
    assert read_dialled(request(extra, user="0398765432"), (place,), OWN) == dialled


@pytest.mark.parametrize("own", OWN)
def test_our_own_name_is_never_the_dialled_number(own: str) -> None:
    assert read_dialled(request(user=own), ("request-uri", "to"), OWN) == ""
    extra = "P-Called-Party-ID: <sip:0398@x>\r\n"
    assert read_dialled(request(extra, user=own), ("request-uri", "p-called-party-id"), OWN) == "0398"


def test_last_forwarder_is_the_top_diversion_or_the_last_but_one_history() -> None:
    assert read_diverted_from(request("Diversion: <tel:0311>\r\nDiversion: <tel:0322>\r\n")) == "0311"
    assert read_diverted_from(request("History-Info: <sip:0344@x>;index=1\r\n")) == ""
    history = "History-Info: <sip:0344@x>;index=1, <sip:0355@x>;index=1.1,<sip:201@x>;index=1.1.1\r\n"
    assert read_diverted_from(request(history)) == "0355"
    assert read_diverted_from(request()) == ""


def test_linked_id_is_the_header_of_the_settings() -> None:
    assert read_linked_id(request("X-Cid: 17.4\r\n"), "X-Cid") == "17.4"
    assert read_linked_id(request("X-Cid: 17.4\r\n"), "") == ""
