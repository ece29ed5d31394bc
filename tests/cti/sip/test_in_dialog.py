"""What comes within the early dialog of a call that rings: UPDATE, re-INVITE, BYE, and who is on the line then."""

import pytest

from cti.events import Caller, EndCause, IdentityFrom, Verstat, Withheld
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered, Transferred
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import Heard, invite

SATO = 'P-Asserted-Identity: "Sato" <sip:0698765432@pbx.example>\r\n'
COLLEAGUE = '"Suzuki" <sip:202@pbx.example>'
OFFER = "v=0\r\n"
OUTSIDER = ("198.51.100.66", 5060)


class Ringing:
    """A call that rings, with what its peer sends next."""

    def __init__(self, extra: str = "", body: str = "", **settings: object) -> None:
        self.caller = str(settings.pop("caller", COLLEAGUE))
        self.wire = Wire(answer="ring", **settings)
        (self.ringing,) = self.wire.say(with_body(invite("a", caller=self.caller, extra=extra), body))
        self.tag = self.ringing.tag("To")

    def send(self, method: str = "UPDATE", extra: str = "", body: str = "", cseq: int = 8, **more: str) -> list[Heard]:
        fields = {"caller": self.caller, "to_tag": self.tag, "branch": f"z9hG4bK{method}{cseq}"} | more
        data = invite("a", method=method, cseq=f"{cseq} {method}", extra=extra, **fields)  # type: ignore[arg-type]
        return self.wire.say(with_body(data, body))

    @property
    def calls(self) -> list[AgentEvent]:
        """What was told of calls alone."""
        return [event for event in self.wire.events if isinstance(event, Offered | Answered | Transferred | Ended)]

    @property
    def transfers(self) -> list[Caller]:
        return [event.caller for event in self.wire.events if isinstance(event, Transferred)]


def with_body(data: bytes, body: str) -> bytes:
    length = f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    return data.replace(b"Content-Length: 0\r\n\r\n", length) if body else data


def statuses(heard: list[Heard]) -> list[int]:
    return [one.status for one in heard]


def test_update_names_the_caller_that_a_colleague_hands_on() -> None:
    call = Ringing()
    (answer,) = call.send(extra=SATO)
    assert (answer.status, answer.field("Contact")) == (200, call.ringing.field("Contact"))
    assert (answer.tag("To"), answer.field("CSeq")) == (call.tag, "8 UPDATE")
    offered = call.wire.events[0]
    assert isinstance(offered, Offered)
    assert call.wire.events[1:] == [
        Transferred(offered.call_id, Caller("0698765432", "Sato", None, IdentityFrom.PAI)),
    ]


def test_180_and_the_answer_to_options_say_that_update_is_understood() -> None:
    call = Ringing()
    assert "UPDATE" in call.ringing.field("Allow")
    assert "UPDATE" in call.wire.say(invite("o", method="OPTIONS"))[0].field("Allow")
    assert "PRACK" not in call.ringing.field("Allow")
    assert not call.ringing.field("Require") + call.ringing.field("Supported")


def test_update_that_comes_again_is_answered_again_and_is_no_second_transfer() -> None:
    call = Ringing()
    first = call.send(extra=SATO)
    call.send(extra=SATO.replace("0698765432", "0511112222"), cseq=9)
    assert call.send(extra=SATO)[0].data == first[0].data, "older than CSeq 9, but known"
    call.wire.say(invite("a", caller=COLLEAGUE, method="CANCEL"))
    assert call.send(extra=SATO)[0].data == first[0].data, "known after the end too"
    assert [caller.number for caller in call.transfers] == ["0698765432", "0511112222"]


def test_each_new_caller_is_told_and_the_same_one_only_once() -> None:
    call = Ringing()
    for cseq, number in enumerate(("0698765432", "0698765432", "202", "0698765432"), start=8):
        assert statuses(call.send(extra=f"P-Asserted-Identity: <sip:{number}@x>\r\n", cseq=cseq)) == [200]
    assert [caller.number for caller in call.transfers] == ["0698765432", "202", "0698765432"]


def test_update_older_than_what_was_heard_is_500_and_says_nothing() -> None:
    call = Ringing()
    (refused,) = call.send(extra=SATO, cseq=6)
    assert (refused.status, refused.field("Retry-After")) == (500, "")
    assert call.transfers == []
    assert statuses(call.send(extra=SATO, cseq=2_000_000_000)) == [200]
    assert statuses(call.send(extra=SATO, cseq=9)) == [500]
    assert len(call.transfers) == 1


@pytest.mark.parametrize("fields", [{"to_tag": "foreign"}, {"from_tag": "other"}], ids=["To tag", "From tag"])
@pytest.mark.parametrize("method", ["UPDATE", "INVITE", "BYE"])
def test_request_of_a_dialog_that_we_do_not_have_changes_nothing(method: str, fields: dict[str, str]) -> None:
    call = Ringing()
    assert statuses(call.send(method, extra=SATO, **fields)) == [481]
    assert len(call.calls) == 1


def test_update_outside_of_any_dialog_changes_nothing() -> None:
    call = Ringing()
    assert statuses(call.send(extra=SATO, to_tag="")) == [481]
    assert len(call.calls) == 1


def test_stranger_with_the_right_tags_hears_nothing_and_changes_nothing() -> None:
    call = Ringing()
    for method in ("UPDATE", "INVITE", "BYE"):
        data = invite("a", method=method, caller=COLLEAGUE, to_tag=call.tag, branch="z9hG4bKx", extra=SATO)
        assert call.wire.say(data, OUTSIDER) == []
    assert len(call.calls) == 1


def test_silent_listener_has_no_dialog() -> None:
    wire = Wire()
    wire.say(invite("a"))
    answer = wire.say(invite("a", method="UPDATE", to_tag="guessed", extra=SATO))
    assert (statuses(answer), len(wire.events)) == ([481], 1)


@pytest.mark.parametrize("end", ["", "Reason: SIP;cause=200\r\n"])
def test_dialog_is_over_with_its_call(end: str) -> None:
    call = Ringing()
    call.wire.say(invite("a", caller=COLLEAGUE, method="CANCEL", extra=end))
    assert statuses(call.send(extra=SATO)) == [481]
    assert call.transfers == []


def test_fork_of_a_call_that_was_answered_elsewhere_has_no_dialog() -> None:
    call = Ringing()
    call.wire.say(invite("a", caller=COLLEAGUE, branch="z9hG4bKtwo"))
    call.wire.say(invite("a", caller=COLLEAGUE, method="CANCEL", extra="Reason: SIP;cause=200\r\n"))
    assert statuses(call.send(extra=SATO)) == [481]
    assert [type(event) for event in call.wire.events] == [Offered, Answered]


def test_retry_after_420_moves_the_order_on() -> None:
    wire = Wire(answer="ring")
    wire.say(invite("a", extra="Require: 100rel\r\n"))
    tag = wire.say(invite("a", branch="z9hG4bKretry", cseq="20 INVITE"))[0].tag("To")
    old = invite("a", method="UPDATE", to_tag=tag, branch="z9hG4bKold", extra=SATO, cseq="19 UPDATE")
    assert statuses(wire.say(old)) == [500]
    new = invite("a", method="UPDATE", to_tag=tag, branch="z9hG4bKnew", extra=SATO, cseq="21 UPDATE")
    assert statuses(wire.say(new)) == [200]


@pytest.mark.parametrize(("invited_with", "status"), [(OFFER, 500), ("", 488)])
def test_offer_in_an_update_is_refused_and_its_caller_heard_of(invited_with: str, status: int) -> None:
    call = Ringing(body=invited_with)
    (answer,) = call.send(extra=SATO, body=OFFER)
    assert answer.status == status
    assert bool(answer.field("Retry-After")) == (status == 500)
    assert [caller.number for caller in call.transfers] == ["0698765432"]
    assert statuses(call.wire.say(invite("a", caller=COLLEAGUE, method="CANCEL"))) == [200, 487], "it rang on"


def test_update_that_requires_an_extension_is_420_and_its_caller_heard_of() -> None:
    call = Ringing()
    (answer,) = call.send(extra=SATO + "Require: timer\r\n")
    assert (answer.status, answer.field("Unsupported"), len(call.transfers)) == (420, "timer", 1)


@pytest.mark.parametrize("branch", ["z9hG4bKagain", "2543"])
def test_second_invite_of_the_dialog_may_come_later_and_its_caller_is_heard_of(branch: str) -> None:
    call = Ringing()
    (answer,) = call.send("INVITE", extra=SATO, branch=branch, body=OFFER)
    assert answer.status == 500
    assert answer.field("Retry-After") in [str(seconds) for seconds in range(11)]
    assert call.send("INVITE", extra=SATO, branch=branch, body=OFFER)[0].data == answer.data
    assert call.send("ACK", branch=branch) == []
    assert [caller.number for caller in call.transfers] == ["0698765432"]
    assert call.wire.pass_time(30) == [], "stateless: its sender repeats, not we"
    assert statuses(call.wire.say(invite("a", caller=COLLEAGUE, method="CANCEL"))) == [200, 487], "it rang on"


def test_bye_to_an_early_dialog_ends_the_call() -> None:
    call = Ringing()
    assert sorted(statuses(call.send("BYE"))) == [200, 487]
    assert statuses(call.send("BYE")) == [200], "it came again"
    offered, ended = call.wire.events
    assert isinstance(offered, Offered)
    assert ended == Ended(offered.call_id, EndCause.CANCELLED)


@pytest.mark.parametrize(("method", "status"), [("INFO", 405), ("PRACK", 481), ("NOTIFY", 481), ("OPTIONS", 200)])
def test_other_request_of_the_dialog_leaves_the_call_ringing(method: str, status: int) -> None:
    call = Ringing()
    assert statuses(call.send(method, extra=SATO)) == [status]
    assert len(call.calls) == 1


def test_more_requests_than_are_remembered_are_answered_all_the_same() -> None:
    call = Ringing()
    for cseq in range(8, 208):
        number = f"06{cseq:08}"
        assert statuses(call.send(extra=f"P-Asserted-Identity: <sip:{number}@x>\r\n", cseq=cseq)) == [200]
    assert statuses(call.send(cseq=8)) == [500], "forgotten, and too old"
    assert len(call.transfers) == 200


# Who is on the line: nothing comes out that the INVITE has hidden.

REAL, PRIVATE = "<sip:0312345678@pbx.example>", "Privacy: id\r\n"
PAI = f"P-Asserted-Identity: {REAL}\r\n"
ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>'


@pytest.mark.parametrize("identity", [("from",), ("pai", "rpid", "from"), ("from", "pai")])
@pytest.mark.parametrize(
    ("caller", "hidden"),
    [
        (REAL, PRIVATE),
        (ANONYMOUS, PRIVATE + PAI),
        (ANONYMOUS, ""),
        (REAL, f"Remote-Party-ID: {REAL};privacy=full\r\n"),
        ('"Coin line/payphone" <sip:anonymous@anonymous.invalid>', ""),
    ],
)
@pytest.mark.parametrize("method", ["UPDATE", "INVITE"])
@pytest.mark.parametrize("later", ["", PAI, f"Remote-Party-ID: {REAL}\r\n", "Privacy: none\r\n" + PAI, SATO])
def test_who_has_withheld_the_number_stays_withheld(
    identity: tuple[str, ...], caller: str, hidden: str, method: str, later: str
) -> None:
    call = Ringing(caller=caller, extra=hidden, identity=identity)
    offered = call.wire.events[0]
    assert isinstance(offered, Offered)
    assert offered.caller.withheld is not None
    assert call.send(method, extra=later)
    assert call.send(method, extra=later, cseq=9, caller=REAL)
    assert call.transfers == []
    assert "0312345678" not in repr(call.wire.events)


@pytest.mark.parametrize(
    "says_nothing",
    [
        "",
        'P-Asserted-Identity: "Anonymous" <sip:anonymous@pbx.example>\r\n',
        "P-Asserted-Identity: <sip:asterisk@pbx.example>\r\n",
        'P-Asserted-Identity: "Sato" <sip:pbx.example>\r\n',
        "P-Asserted-Identity: <broken\r\n",
        "Remote-Party-ID: <sip:0698765432@x>;party=called\r\n",
        "P-Asserted-Identity: <sip:202@pbx.example>\r\n",
    ],
)
def test_update_that_names_nobody_else_is_answered_and_changes_nothing(says_nothing: str) -> None:
    call = Ringing()
    assert statuses(call.send(extra=says_nothing)) == [200]
    assert call.transfers == []


@pytest.mark.parametrize("extra", ["Privacy: id\r\n" + SATO, "Privacy: id\r\n", "Privacy: user;critical\r\n" + SATO])
def test_caller_who_is_handed_on_and_asks_for_privacy_is_withheld(extra: str) -> None:
    call = Ringing()
    call.send(extra=extra)
    (caller,) = call.transfers
    assert (caller.number, caller.name, caller.withheld) == ("", "", Withheld.ANONYMOUS)
    call.send(extra=SATO, cseq=9)
    assert len(call.transfers) == 1


def test_from_of_a_trunk_is_not_taken_for_another_caller() -> None:
    """The INVITE's caller is in PAI alone; the UPDATE repeats the dialog's From, as RFC 3261 wants it."""
    call = Ringing(extra=SATO, caller="<sip:0120000000@trunk.example>")
    call.send()
    assert call.transfers == []


def test_from_that_changes_is_another_caller_where_from_is_believed() -> None:
    """RFC 4916 lets From change within a dialog."""
    for identity, numbers in ((("from",), ["0698765432"]), (("pai", "from"), ["0698765432"]), (("pai",), [])):
        call = Ringing(identity=identity)
        call.send(caller="<sip:0698765432@pbx.example>")
        call.send(caller="<sip:0698765432@pbx.example>", cseq=9)
        assert [caller.number for caller in call.transfers] == numbers


def test_header_that_the_settings_do_not_name_says_nothing() -> None:
    call = Ringing(identity=("rpid", "from"))
    call.send(extra=SATO)
    assert call.transfers == []


def test_name_and_mark_that_are_not_said_again_still_hold() -> None:
    verified = 'P-Asserted-Identity: "Sato" <sip:0698765432;verstat=TN-Validation-Passed@x>\r\n'
    call = Ringing(extra=verified)
    call.send(extra="P-Asserted-Identity: <sip:0698765432@x>\r\n")
    assert call.transfers == []
    call.send(extra='P-Asserted-Identity: "Sato Ichiro" <sip:0698765432@x>\r\n', cseq=9)
    assert call.transfers == [Caller("0698765432", "Sato Ichiro", None, IdentityFrom.PAI, Verstat.VERIFIED)]


def test_name_that_the_invite_kept_private_does_not_come_out() -> None:
    call = Ringing(extra='Remote-Party-ID: "Sato" <sip:0698765432@x>;privacy=name\r\n')
    call.send(extra='Remote-Party-ID: "Sato" <sip:0698765432@x>\r\n')
    call.send(extra=SATO, cseq=9)
    assert call.transfers == []
    assert "Sato" not in repr(call.wire.events)
