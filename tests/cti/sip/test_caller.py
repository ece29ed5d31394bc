"""Who calls, and what of it may be shown."""

import pytest

from cti.events import Caller, IdentityFrom, Withheld
from cti.plain_text import plain_text
from cti.sip.caller import read_caller, read_claim
from cti.sip.settings import Identity
from tests.cti.sip.read_invite import request

ORDER: tuple[Identity, ...] = ("pai", "rpid", "from")
PAI, RPID, FROM = IdentityFrom.PAI, IdentityFrom.RPID, IdentityFrom.FROM


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
        ("<sip:@pbx.example>", ""),
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
        ("x" * 63 + " , y", "x" * 63),
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


@pytest.mark.parametrize("privacy", ["name", '"name"', "name-network", "NAME"])
@pytest.mark.parametrize("party", ["", ";party=calling"])
def test_remote_party_that_hides_the_name_alone_keeps_the_number(privacy: str, party: str) -> None:
    extra = f'Remote-Party-ID: "田中" <sip:0312345678@x>{party};privacy={privacy}\r\n'
    assert caller_of(extra, '"田中" <sip:0312345678@x>') == Caller("0312345678", "", None, RPID)
    nameless = 'P-Asserted-Identity: "田中" <sip:0398765432@x>\r\n' + extra
    assert caller_of(nameless) == Caller("0398765432", "", None, PAI), "the name is hidden in every header"


def test_privacy_of_the_party_that_is_called_hides_nothing_of_the_caller() -> None:
    extra = "Remote-Party-ID: <sip:201@x>;party=called;privacy=full\r\n"
    assert caller_of(extra) == Caller("0312345678", "Tanaka", None, FROM)


def test_host_of_rfc_3323_is_anonymous_whatever_the_user_is() -> None:
    assert caller_of(caller='"T" <sip:0312345678@anonymous.invalid>') == Caller("", "", Withheld.ANONYMOUS, FROM)


@pytest.mark.parametrize("user", ["anonymous;phone-context=+81", "%61nonymous", "Anonymous%00", "anonymous%20"])
def test_anonymous_in_disguise_is_no_number(user: str) -> None:
    assert caller_of(f"P-Asserted-Identity: <sip:{user}@x>\r\n", "<sip:pbx>").withheld is Withheld.ANONYMOUS


def test_of_two_asserted_identities_the_telephone_number_counts_and_the_name_is_shared() -> None:
    both = 'P-Asserted-Identity: "田中" <sip:tanaka@x>, <tel:+81-3-1234-5678>\r\n'
    assert caller_of(both) == Caller("+81-3-1234-5678", "田中", None, PAI)
    lines = 'P-Asserted-Identity: <tel:+81312345678>\r\nP-Asserted-Identity: "佐藤" <sip:sato@x>\r\n'
    assert caller_of(lines) == Caller("+81312345678", "佐藤", None, PAI)
    assert caller_of("P-Asserted-Identity: <sip:alice@x>\r\n").number == "alice", "asserted before all that is claimed"


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("<tel:+81312345678;ext=123>", "+81312345678;ext=123"),
        ("<tel:+81312345678;EXT=1-2.3>", "+81312345678;ext=123"),
        ("<tel:312345678;phone-context=+81;ext=9>", "+81312345678;ext=9"),
        ("<sip:+81312345678;ext=123@x;user=phone>", "+81312345678;ext=123"),
        ("<sip:+81312345678@x;ext=123>", "+81312345678"),
        ("<tel:+81312345678;isub=1234>", "+81312345678"),
        ("<tel:+81312345678;isub=12;ext=x>", "+81312345678"),
        ("<tel:+81312345678?Privacy=none>", "+81312345678"),
        ("<sip:%2B81312345678@x>", "+81312345678"),
        ("<sip:03%201234%2d5678@x>", "03 1234-5678"),
        ("<sip:0312345678:secret@x>", "0312345678"),
        ("<sip:0312345678%3Bnpdi@x>", "0312345678"),
    ],
)
def test_extension_is_part_of_the_number_and_other_parameters_are_not(uri: str, number: str) -> None:
    assert caller_of(f"P-Asserted-Identity: {uri}\r\n").number == number


@pytest.mark.parametrize("name", ["0312345678", "+81 3-1234-5678", "０３ー１２３４−５６７８", "(03) 9999.9999"])
def test_number_is_no_name_neither_the_callers_nor_another_that_would_be_taken_for_it(name: str) -> None:
    assert caller_of(caller=f'"{name}" <sip:0312345678@x>') == Caller("0312345678", "", None, FROM)


@pytest.mark.parametrize("name", ["7-11", "109", "-2+3", "0120コール", "03-1234-5678 田中"])
def test_name_with_digits_is_a_name(name: str) -> None:
    assert caller_of(caller=f'"{name}" <sip:0312345678@x>').name == name


def test_extension_as_its_own_name_is_no_name() -> None:
    assert caller_of(caller='"201" <sip:201@x>') == Caller("201", "", None, FROM)


def test_claim_of_somebody_who_is_not_trusted_is_from_alone() -> None:
    extra = 'P-Asserted-Identity: "Bank" <sip:111111@x>\r\nRemote-Party-ID: "R" <sip:222222@x>\r\n'
    assert read_claim(request(extra), ORDER) == Caller("0312345678", "Tanaka", None, FROM)
    assert read_claim(request(extra), ("pai",)) == Caller("", "", None, None)


@pytest.mark.parametrize("agent", ["Asterisk PBX 22.10.1", "FPBX-17.0.33(22.10.1)", "Renamed PBX"])
def test_doubly_escaped_quotes_are_taken_off_twice(agent: str) -> None:
    twice = r'"A \\\"B\\\" \\\\ C" <sip:0312345678@x>'
    assert caller_of(f"User-Agent: {agent}\r\n", twice).name == 'A "B" \\ C'


@pytest.mark.parametrize(("agent", "name"), [("Asterisk PBX 22", r"A\B"), ("FPBX-17", r"A\B"), ("Other", r"A\\B")])
def test_backslashes_alone_are_taken_off_twice_where_asterisk_sent_them(agent: str, name: str) -> None:
    assert caller_of(f"User-Agent: {agent}\r\n", r'"A\\\\B" <sip:0312345678@x>').name == name
