"""What the network says of the caller's number (3GPP TS 24.229 section 7.2A.20), and whom it is believed."""

import pytest

from cti.events import Caller, IdentityFrom, Verstat, Withheld
from cti.sip.caller import read_caller, read_claim
from cti.sip.dialog import Offered
from cti.sip.settings import Identity
from tests.cti.sip.read_invite import request
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import invite

ORDER: tuple[Identity, ...] = ("pai", "rpid", "from")
VERIFIED, FAILED = Verstat.VERIFIED, Verstat.FAILED


def caller_of(extra: str = "", caller: str = "<sip:0312345678@x>") -> Caller:
    return read_caller(request(extra, caller), ORDER)


@pytest.mark.parametrize(
    ("word", "verstat"),
    [
        ("TN-Validation-Passed", VERIFIED),
        ("tn-validation-passed", VERIFIED),
        ("TN-Validation-Passed-A", VERIFIED),
        ("TN-Validation-Passed-B", VERIFIED),
        ("TN-Validation-Passed-C", VERIFIED),
        ("TN-Validation-Passed-A-Diverted", VERIFIED),
        ("TN-Validation-Failed", FAILED),
        ("TN-VALIDATION-FAILED", FAILED),
        ("TN-Validation-Failed-C", FAILED),
        ("No-TN-Validation", None),
        ("TN-Validation-Passedish", None),
        ("Passed", None),
        ("", None),
    ],
)
@pytest.mark.parametrize(
    "uri",
    [
        "<tel:+81312345678;verstat={}>",
        "<tel:+81-3-1234-5678;cpc=ordinary;VERSTAT={};ext=1>",
        "<sip:+81312345678;verstat={}@carrier.example;user=phone>",
        "<sip:+81312345678;npdi;verstat={}@carrier.example>",
        "<sip:+81312345678@carrier.example;user=phone;verstat={}>",
        "<sip:+81312345678@carrier.example>;verstat={}",
        '<sip:+81312345678@carrier.example>;verstat="{}"',
        "tel:+81312345678;verstat={}",
    ],
)
def test_verstat_is_read_wherever_carriers_put_it(uri: str, word: str, verstat: Verstat | None) -> None:
    asserted = caller_of(f"P-Asserted-Identity: {uri.format(word)}\r\n")
    assert (asserted.verstat, asserted.identity_from) == (verstat, IdentityFrom.PAI)
    assert caller_of(caller=uri.format(word)).verstat is verstat
    assert asserted.number.replace("-", "").removesuffix(";ext=1") == "+81312345678"


def test_number_without_the_parameter_has_no_verstat() -> None:
    assert caller_of().verstat is None


def test_only_the_header_that_gave_the_number_is_asked() -> None:
    extra = "P-Asserted-Identity: <tel:+81312345678>\r\n"
    assert caller_of(extra, "<sip:0398765432;verstat=TN-Validation-Passed@x>").verstat is None
    extra = "P-Asserted-Identity: <tel:+81312345678;verstat=TN-Validation-Failed>\r\n"
    assert read_caller(request(extra, "<sip:03;verstat=TN-Validation-Passed@x>"), ("from",)).verstat is VERIFIED


def test_of_two_words_about_one_number_the_worse_counts() -> None:
    uri = "<sip:+81312345678;verstat=TN-Validation-Passed@x>;verstat=TN-Validation-Failed"
    assert caller_of(f"P-Asserted-Identity: {uri}\r\n").verstat is FAILED


def test_parameter_that_the_caller_smuggled_into_his_user_part_is_not_the_networks_word() -> None:
    caller = caller_of("P-Asserted-Identity: <sip:+81312345678%3Bverstat%3DTN-Validation-Passed@pbx>\r\n")
    assert (caller.number, caller.verstat) == ("+81312345678", None)


def test_withheld_number_has_no_verstat() -> None:
    extra = "Privacy: id\r\nP-Asserted-Identity: <tel:+81312345678;verstat=TN-Validation-Passed>\r\n"
    assert caller_of(extra) == Caller("", "", Withheld.ANONYMOUS, IdentityFrom.PAI)


def test_verstat_of_somebody_who_is_not_trusted_is_not_believed() -> None:
    said = "<sip:0312345678;verstat=TN-Validation-Passed@x>"
    assert read_claim(request(caller=said), ORDER) == Caller("0312345678", "", None, IdentityFrom.FROM)
    wire = Wire()
    wire.agent.admit_once("a")
    wire.say(invite("a", caller=said), ("127.0.0.1", 5555))
    wire.say(invite("b", caller=said))
    verstats = [event.caller.verstat for event in wire.events if isinstance(event, Offered)]
    assert verstats == [None, VERIFIED]
