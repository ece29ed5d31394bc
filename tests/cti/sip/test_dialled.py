"""Whom they rang, who forwarded the call, and what the PBX calls it."""

import pytest

from cti.sip.dialled import read_dialled, read_diverted_from, read_linked_id
from tests.cti.sip.read_invite import request

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


@pytest.mark.parametrize(
    ("extra", "diverted_from", "dialled"),
    [
        # Diversion: the top one forwarded last, the lowest was rung first
        ('Diversion: "V" <sip:0311@x>;reason=no-answer;counter=2, <sip:0322@x>;reason=user-busy\r\n', "0311", "0322"),
        ("Diversion: <sip:0311@x>;reason=unknown;privacy=full\r\nDiversion: <sip:0322@x>\r\n", "", "0322"),
        ('Diversion: <sip:0311@x>\r\nDiversion: <sip:0322@x>;privacy="full"\r\n', "0311", "201"),
        ("Diversion: <sip:0311@x>;privacy=uri;screen=yes\r\n", "", "201"),
        ("Diversion: <sip:0311@x>;privacy=off\r\n", "0311", "0311"),
        ('Diversion: "V" <sip:0311@x>;privacy=name\r\n', "0311", "0311"),
        ("Diversion: <sip:anonymous@anonymous.invalid>;reason=unconditional\r\n", "", "201"),
        ("Diversion: <sip:unknown@x>\r\n", "", "201"),
        # History-Info: in the order of the index
        ("History-Info: <sip:0344@x>;index=1, <sip:0355@x;cause=302>;index=1.1;mp=1\r\n", "0344", "0344"),
        ("History-Info: <sip:0344@x?Privacy=history>;index=1, <sip:0355@x>;index=1.1\r\n", "", "201"),
        ("History-Info: <tel:0344?Privacy=history>;index=1, <sip:0355@x>;index=1.1\r\n", "", "201"),
        ("History-Info: <sip:0344@x?privacy=none>;index=1, <sip:0355@x>;index=1.1\r\n", "0344", "0344"),
        (
            "History-Info: <sip:0344@x?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%22&Privacy=history>;index=1,"
            "<sip:0355@x>;index=1.1, <sip:201@x>;index=1.1.1\r\n",
            "0355",
            "201",
        ),
        (
            "History-Info: <sip:0344@x>;index=1, <sip:0355@x?Reason=SIP%3Bcause%3D408?privacy=history>;index=1.1,"
            " <sip:201@x>;index=1.1.1\r\n",
            "",
            "0344",
        ),
        ("History-Info: <sip:0344@x?Privacy=header%3Bid>;index=1, <sip:0355@x>;index=1.1\r\n", "", "201"),
        ("History-Info: <sip:anonymous@anonymous.invalid>;index=1, <sip:0355@x>;index=1.1\r\n", "", "201"),
        ("Privacy: history\r\nHistory-Info: <sip:0344@x>;index=1, <sip:0355@x>;index=1.1\r\n", "", "201"),
        # the way to a registered contact is no forwarding
        ("History-Info: <sip:0344@x>;index=1, <sip:201@10.0.0.1>;index=1.1;rc=1\r\n", "", "0344"),
        (
            "History-Info: <sip:0344@x>;index=1, <sip:0355@x;cause=302>;index=1.1;mp=1, <sip:a@b>;index=2;rc=1.1\r\n",
            "0344",
            "0344",
        ),
    ],
)
def test_chain_of_forwarders_names_those_who_do_not_ask_for_privacy(
    extra: str, diverted_from: str, dialled: str
) -> None:
    order = ("diversion", "history-info", "to")
    assert read_diverted_from(request(extra)) == diverted_from
    assert read_dialled(request(extra, user="201"), order, ()) == dialled
