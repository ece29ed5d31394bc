"""REGISTER against a registrar that checks the digest in its own way; the time is what the test says."""

import pytest

from cti.events import SourceState
from cti.sip.dialog import RegistrationChanged
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, Heard


def registers(heard: list[Heard]) -> list[Heard]:
    """Those that bind or unbind something; the others only ask who is there."""
    return [one for one in heard if one.method == "REGISTER" and one.field("Contact")]


def authorized(wire: Wire) -> list[Heard]:
    return [one for one in wire.sent if one.field("Authorization") or one.field("Proxy-Authorization")]


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
@pytest.mark.parametrize("qop", ["auth", ""])
@pytest.mark.parametrize("status", [401, 407])
def test_registers_with_every_kind_of_challenge(algorithm: str, qop: str, status: int) -> None:
    registrar = FakeRegistrar(algorithm=algorithm)
    registrar.qop, registrar.status_of_challenge = qop, status
    wire = Wire(registrar, register=True)
    wire.register()
    assert wire.events == [RegistrationChanged(SourceState.REGISTERED, "192.0.2.10:5060")]
    assert [bool(one.field("Contact")) for one in authorized(wire)] == [False, True]


@pytest.mark.parametrize("order", ["MD5+SHA-256", "SHA-256+MD5", "AKAv1-MD5+SHA-256+MD5"])
def test_sha_256_is_preferred_to_md5_in_any_order(order: str) -> None:
    wire = Wire(FakeRegistrar(algorithm=order), register=True)
    wire.register()
    assert authorized(wire)[0].credential("algorithm") == "SHA-256"
    assert wire.states == [SourceState.REGISTERED]


def test_digest_gives_the_figures_of_rfc_2617_and_rfc_7616() -> None:
    from cti.sip.digest import Challenge, Credentials, Use, authorize

    use = Use("GET", "/dir/index.html", 1, "0a4f113b")
    nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093"
    old = Challenge("testrealm@host.com", nonce, "MD5", None, "auth", False, "Authorization", None)
    assert (
        'response="6629fae49393a05397450978507c4ef1"' in authorize(old, Credentials("Mufasa", "Circle Of Life"), use)[1]
    )
    use = Use("GET", "/dir/index.html", 1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
    new = Challenge("http-auth@example.org", nonce, "SHA-256", None, "auth", False, "Authorization", "SHA-256")
    expected = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    assert f'response="{expected}"' in authorize(new, Credentials("Mufasa", "Circle of Life"), use)[1]


def test_refresh_comes_at_80_percent_of_what_our_own_contact_was_granted() -> None:
    registrar = FakeRegistrar(granted=50)
    registrar.bindings["sip:201-0x55@192.0.2.7:15010"] = 18
    wire = Wire(registrar, register=True)
    wire.register()
    assert registers(wire.pass_time(39.9)) == []
    assert len(registers(wire.pass_time(0.2))) == 1
    assert wire.states == [SourceState.REGISTERED]


def test_refresh_uses_the_known_nonce_with_the_next_count() -> None:
    wire = Wire(FakeRegistrar(granted=50), register=True)
    wire.register()
    refresh = registers(wire.pass_time(41))
    sent = [one for one in wire.sent if one.method == "REGISTER"]
    assert [int(one.field("CSeq").split()[0]) for one in sent] == list(range(1, len(sent) + 1))
    assert [(one.credential("nc"), one.credential("nonce")) for one in refresh] == [(f"{len(sent) - 1:08}", "nonce-1")]
    assert len({one.field("Call-ID") for one in sent}) == 1


def test_stale_nonce_is_replaced_without_counting_as_refused() -> None:
    registrar = FakeRegistrar(granted=50)
    wire = Wire(registrar, register=True)
    wire.register()
    registrar.is_stale_next = True
    later = [one for one in wire.pass_time(41) if one.method == "REGISTER"]
    assert [one.credential("nonce") for one in later[:3]] == ["nonce-1", "nonce-2", "nonce-2"]
    assert len(registers(later)) == 1
    assert wire.states == [SourceState.REGISTERED]


def test_stale_answer_to_the_first_credentials_is_tried_once_more() -> None:
    registrar = FakeRegistrar()
    registrar.is_stale_next = True
    wire = Wire(registrar, register=True)
    wire.register()
    assert wire.states == [SourceState.REGISTERED]


def test_wrong_secret_is_tried_twice_then_rests_for_ten_minutes() -> None:
    wire = Wire(FakeRegistrar(password="other"), register=True)
    wire.register()
    wire.pass_time(60)
    assert len(authorized(wire)) == 2
    assert wire.events == [RegistrationChanged(SourceState.REFUSED, "401 Unauthorized")]
    wire.pass_time(530)
    assert len(authorized(wire)) == 2
    wire.pass_time(60)
    assert len(authorized(wire)) > 2


def test_refused_secret_rests_through_new_addresses_and_a_new_start() -> None:
    wire = Wire(FakeRegistrar(password="other"), register=True)
    wire.register()
    wire.pass_time(10)
    for host in ("192.0.2.2", "192.0.2.3"):
        wire.agent.set_route((host, 5062), PBX)
        wire.register()
        wire.pass_time(10)
    wire.agent.stop_registration(wire.now)
    assert wire.agent.is_unregistered
    wire.register()
    wire.pass_time(500)
    assert len(authorized(wire)) == 2
    assert set(wire.states) == {SourceState.REFUSED}
    wire.pass_time(100)
    assert len(authorized(wire)) > 2


def test_new_address_between_the_two_tries_does_not_give_a_third() -> None:
    wire = Wire(FakeRegistrar(password="other"), register=True)
    wire.register()
    wire.register()
    wire.register()
    wire.pass_time(60)
    assert len(authorized(wire)) == 2


def test_new_secret_is_tried_at_once_after_a_refusal() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register("wrong")
    wire.pass_time(60)
    wire.register("pw201")
    assert wire.states == [SourceState.REFUSED, SourceState.REGISTERED]


def test_403_is_a_refusal_too() -> None:
    registrar = FakeRegistrar()
    registrar.challenge = lambda heard, stale: registrar.reply(heard, "403 Forbidden")  # type: ignore[method-assign]
    wire = Wire(registrar, register=True)
    wire.register()
    wire.pass_time(300)
    assert wire.events == [RegistrationChanged(SourceState.REFUSED, "403 Forbidden")]
    assert len([one for one in wire.sent if one.method == "REGISTER"]) == 2


def test_interval_too_brief_is_asked_again_as_long_as_the_registrar_wants() -> None:
    registrar = FakeRegistrar()
    registrar.min_expires = 1800
    wire = Wire(registrar, register=True)
    wire.register()
    assert [one.field("Expires") for one in registers(wire.sent)][-1] == "1800"
    assert wire.states == [SourceState.REGISTERED]


def test_absent_pbx_is_tried_for_ever_with_a_pause_of_eight_seconds_at_most() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(3600)
    assert wire.events == [RegistrationChanged(SourceState.UNREACHABLE, "192.0.2.10:5060")]
    branches = [one.field("Via") for one in registers(wire.sent)]
    assert 3600 / 18 <= len(set(branches)) <= 3600 / 13


def test_pbx_that_went_away_shows_within_seconds_and_is_registered_again_within_fifteen() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    wire.pass_time(60)
    wire.is_pbx_there = False
    wire.pass_time(15)
    assert wire.states == [SourceState.REGISTERED, SourceState.UNREACHABLE]
    for away in (1, 7, 33, 600):
        wire.pass_time(away)
        wire.is_pbx_there = True
        wire.pass_time(15)
        assert wire.states[-1] == SourceState.REGISTERED
        wire.is_pbx_there = False
        wire.pass_time(15)
        assert wire.states[-1] == SourceState.UNREACHABLE


def test_closed_port_of_the_registrar_is_a_reason_to_register_again_and_then_to_say_so() -> None:
    wire = Wire(FakeRegistrar(granted=3600), register=True)
    wire.register()
    wire.agent.registrar_is_gone(wire.now)
    expires = [one.field("Expires") for one in wire.collect()]
    assert expires == ["", "0", "60"], "a binding that it still has is made anew: that one Asterisk qualifies at once"
    assert wire.states == [SourceState.REGISTERED], "it was back already: nobody need know"
    wire.is_pbx_there = False
    wire.agent.registrar_is_gone(wire.now)
    wire.collect()
    assert wire.states == [SourceState.REGISTERED]
    wire.pass_time(1)
    wire.agent.registrar_is_gone(wire.now)
    wire.collect()
    assert wire.states == [SourceState.REGISTERED, SourceState.UNREACHABLE]
    wire.is_pbx_there = True
    assert [one.field("Expires") for one in wire.pass_time(2)] == ["", "0", "60"]
    assert wire.states[-1] is SourceState.REGISTERED


def test_closed_port_while_waiting_changes_nothing_and_while_leaving_ends_it() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.is_pbx_there = False
    wire.register()
    for _ in range(5):
        wire.agent.registrar_is_gone(wire.now + 1)
        wire.collect()
    assert [one.method for one in wire.sent] == ["REGISTER"]
    wire.is_pbx_there = True
    wire.pass_time(5)
    wire.is_pbx_there = False
    wire.agent.stop_registration(wire.now)
    wire.collect()
    assert not wire.agent.is_unregistered
    wire.agent.registrar_is_gone(wire.now + 1)
    assert wire.agent.is_unregistered


def test_asks_for_a_minute_so_that_a_pbx_that_forgot_us_unseen_hears_of_us_within_48_seconds() -> None:
    wire = Wire(FakeRegistrar(granted=60), register=True)
    wire.register()
    assert {one.field("Expires") for one in registers(wire.sent)} == {"60"}
    assert len(registers(wire.pass_time(48.1))) == 1


def test_the_registrar_is_asked_about_every_eight_seconds_whether_we_are_still_there() -> None:
    wire = Wire(FakeRegistrar(granted=3600), register=True)
    wire.register()
    asked = wire.pass_time(80)
    assert 10 <= len(asked) <= 11
    assert {(one.method, one.field("Contact")) for one in asked} == {("REGISTER", "")}


def test_a_pbx_that_was_started_again_between_two_words_and_forgot_us_has_us_within_ten_seconds() -> None:
    registrar = FakeRegistrar(granted=3600)
    wire = Wire(registrar, register=True)
    wire.register()
    wire.pass_time(10)
    for _ in range(20):
        ours = registrar.bindings.copy()
        registrar.bindings.clear()
        registrar.nonce += "-new"
        wire.pass_time(10)
        assert registrar.bindings == ours
    assert wire.states == [SourceState.REGISTERED]


def test_a_pbx_whose_lists_never_hold_us_is_asked_for_no_more_of_them() -> None:
    registrar = FakeRegistrar(granted=3600)
    registrar.answers_fetch = "200 OK"  # and nobody listed
    wire = Wire(registrar, register=True)
    wire.register()
    assert len(registers(wire.pass_time(800))) == 2
    assert wire.states == [SourceState.REGISTERED]


@pytest.mark.parametrize("seconds", [10, 30, 100])
def test_a_pbx_that_took_us_for_dead_gets_a_contact_that_is_new_to_it(seconds: float) -> None:
    wire = Wire(FakeRegistrar(granted=3600), register=True)
    wire.register()
    wire.is_pbx_there = False
    wire.pass_time(seconds)
    wire.is_pbx_there = True
    contacts = registers(wire.pass_time(12))
    assert [one.field("Expires") for one in contacts if one.credential("response")][-2:] == ["0", "60"]
    assert registers(wire.pass_time(100)) == []
    assert wire.states[-1] is SourceState.REGISTERED


def test_a_check_that_is_refused_counts_like_any_other_refusal() -> None:
    registrar = FakeRegistrar(granted=3600)
    wire = Wire(registrar, register=True)
    wire.register()
    registrar.password, registrar.nonce = "changed", "nonce-2"
    already = len(authorized(wire))
    wire.pass_time(60)
    answered = [one for one in authorized(wire)[already:] if one.credential("nonce") == "nonce-2"]
    assert len(answered) == 2
    assert wire.states == [SourceState.REGISTERED, SourceState.REFUSED]


def test_a_pbx_that_refuses_to_take_us_back_is_asked_again_when_the_refusal_has_had_its_rest() -> None:
    """While it starts it tells nobody's list at first, and lets nobody change one."""
    registrar = FakeRegistrar(granted=3600)
    wire = Wire(registrar, register=True)
    wire.register()
    wire.is_pbx_there = False
    wire.pass_time(30)
    refused: list[Heard] = []

    def starting(data: bytes) -> bytes:
        heard = Heard(data)
        if not heard.field("Contact"):
            return FakeRegistrar.answer(registrar, data) if refused else b""
        refused.append(heard)
        return registrar.reply(heard, "403 Forbidden")

    registrar.answer = starting  # type: ignore[method-assign]
    wire.is_pbx_there = True
    wire.pass_time(60)
    assert [one.field("Expires") for one in refused] == ["60", "0"]
    assert wire.states[-1] is SourceState.REFUSED
    del registrar.answer  # type: ignore[method-assign]
    wire.pass_time(600)
    assert wire.states[-1] is SourceState.REGISTERED


def test_options_go_to_a_registrar_that_gives_no_lists_without_credentials() -> None:
    registrar = FakeRegistrar(granted=3600)
    registrar.answers_fetch = "501 Not Implemented"
    wire = Wire(registrar, register=True)
    wire.register()
    asked = wire.pass_time(80)
    assert 10 <= len(asked) <= 11
    assert {(one.method, one.field("Authorization")) for one in asked} == {("OPTIONS", "")}


def test_options_are_asked_by_the_registered_extension_since_a_pbx_logs_strangers_for_its_ban_list() -> None:
    registrar = FakeRegistrar(granted=3600)
    registrar.answers_fetch = "501 Not Implemented"
    wire = Wire(registrar, register=True)
    wire.register()
    assert [one.field("From").split(";")[0] for one in wire.pass_time(10)] == ["<sip:201@192.0.2.10>"]


def test_late_answer_to_options_registers_again_since_the_pbx_may_have_restarted() -> None:
    registrar = FakeRegistrar(granted=3600)
    registrar.answers_fetch = "501 Not Implemented"
    wire = Wire(registrar, register=True)
    wire.register()
    wire.is_pbx_there = False
    wire.pass_time(8.2)
    wire.is_pbx_there = True
    assert len(registers(wire.pass_time(1.5))) == 1
    assert wire.states == [SourceState.REGISTERED]


def test_server_error_is_trouble_and_not_a_refusal() -> None:
    registrar = FakeRegistrar()
    registrar.challenge = lambda heard, stale: registrar.reply(heard, "503 Out")  # type: ignore[method-assign]
    wire = Wire(registrar, register=True)
    wire.register()
    wire.pass_time(60)
    assert wire.events == [RegistrationChanged(SourceState.UNREACHABLE, "503 Out")]
    assert len(registers(wire.sent)) > 5


def test_first_register_over_tcp_that_a_starting_pbx_swallows_is_asked_again_soon() -> None:
    """Nothing repeats it there: seen with Asterisk 22.10, which takes connections before it is ready."""
    wire = Wire(FakeRegistrar(), register=True, transport="tcp")
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(5.5)  # 2 s for the list, 3 s for the REGISTER
    assert wire.states == [SourceState.UNREACHABLE]
    wire.is_pbx_there = True
    wire.pass_time(1.0)
    assert wire.states == [SourceState.UNREACHABLE, SourceState.REGISTERED]


def test_second_register_over_tcp_has_all_the_time_that_a_slow_pbx_needs() -> None:
    registrar = FakeRegistrar()
    wire = Wire(registrar, register=True, transport="tcp")
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(8.5)  # 5 s for the first try, its rest, 2 s for the list
    *_, second = registers(wire.sent)
    wire.pass_time(6.0)
    wire.is_pbx_there = True
    wire.say(registrar.answer(second.data))
    assert wire.states == [SourceState.UNREACHABLE, SourceState.REGISTERED]
    assert len(registers(wire.sent)) == 3, "the first, the second, and the second with its challenge answered"


def test_unanswered_register_is_repeated_by_timer_e() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.is_pbx_there = False
    wire.register()
    wire.pass_time(2.0)
    first = registers(wire.sent)[0].data
    assert [one.data for one in wire.pass_time(7.6)] == [first] * 4  # 0.5, 1.5, 3.5, 7.5 s


def test_leaving_takes_the_binding_back() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    wire.agent.stop_registration(wire.now)
    assert [one.field("Expires") for one in wire.collect()] == ["0"]
    assert wire.agent.is_unregistered
    assert wire.pass_time(3600) == []


def test_can_register_again_after_leaving() -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    wire.agent.stop_registration(wire.now)
    wire.collect()
    wire.register()
    assert not wire.agent.is_unregistered


STRAY_401 = (
    b"SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKx\r\nFrom: <sip:201@x>;tag=a\r\n"
    b"To: <sip:201@x>;tag=b\r\nCall-ID: x\r\nCSeq: 1 REGISTER\r\n"
    b'WWW-Authenticate: Digest realm="r",nonce="1"\r\nContent-Length: 0\r\n\r\n'
)


def test_stray_challenge_gets_no_credentials() -> None:
    wire = Wire(register=True)
    wire.register()
    assert wire.say(STRAY_401) == []


def test_true_challenge_from_somebody_elses_address_gets_no_credentials() -> None:
    wire = Wire(register=True)
    wire.agent.set_peers([PBX[0], "198.51.100.1"])
    wire.agent.start_registration("pw201", wire.now)
    request = wire.collect()[0]
    challenge = FakeRegistrar().challenge(request, "")
    assert wire.say(challenge, ("198.51.100.1", 5060)) == []
    assert [one.method for one in wire.say(challenge)] == ["REGISTER"]
    assert wire.say(challenge) == []


NEARLY = {
    "of another branch": (b"branch=z9hG4bK", b"branch=z9hG4bKx"),
    "of another Call-ID": (b"Call-ID: ", b"Call-ID: x"),
    "of another method": (b" REGISTER\r\n", b" INVITE\r\n"),
    "of another SIP": (b"SIP/2.0 401", b"SIP/3.0 401"),
    "of another scheme": (b"Digest ", b"Basic "),
    "of an algorithm that nobody knows": (b"algorithm=MD5", b"algorithm=MD4"),
    "of a quality of protection that we have not": (b'qop="auth"', b'qop="auth-int"'),
    "without a nonce": (b"nonce=", b"once="),
    "in a header of the other status": (b"WWW-", b"Proxy-"),
    "in a success": (b"SIP/2.0 401 Unauthorized", b"SIP/2.0 200 OK"),
    "in a provisional response": (b"SIP/2.0 401 Unauthorized", b"SIP/2.0 100 Trying"),
}


@pytest.mark.parametrize("why", NEARLY)
def test_challenge_that_is_not_quite_ours_gets_no_credentials(why: str) -> None:
    wire = Wire(register=True)
    wire.register()
    old, new = NEARLY[why]
    true = FakeRegistrar().challenge(wire.sent[0], "")
    assert old in true
    assert not any(one.field("Authorization") for one in wire.say(true.replace(old, new)))
    wire.pass_time(700)
    assert not any(one.field("Authorization") + one.field("Proxy-Authorization") for one in wire.sent)


@pytest.mark.parametrize("method", ["OPTIONS", "INVITE", "CANCEL", "NOTIFY", "BYE"])
def test_challenge_to_anything_but_a_register_gets_no_credentials(method: str) -> None:
    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    assert wire.states == [SourceState.REGISTERED]
    before = len(wire.sent)
    for heard in list(wire.sent):
        wire.say(
            FakeRegistrar().challenge(heard, ", stale=true").replace(b" REGISTER\r\n", b" %b\r\n" % method.encode())
        )
    assert len(wire.sent) == before


def test_challenges_of_a_finished_register_get_no_credentials_however_stale_they_say_that_it_was() -> None:
    registrar = FakeRegistrar()
    wire = Wire(registrar, register=True)
    wire.register()
    before = len(wire.sent)
    for heard in list(wire.sent):
        for stale in ("", ", stale=true"):
            assert wire.say(registrar.challenge(heard, stale)) == []
    assert len(wire.sent) == before


def test_secret_is_in_no_datagram_and_no_representation() -> None:
    from cti.sip.digest import Credentials

    wire = Wire(FakeRegistrar(password="canary-4711"), register=True)
    wire.register("canary-4711")
    wire.pass_time(500)
    assert wire.states == [SourceState.REGISTERED]
    assert not any(b"canary-4711" in one.data for one in wire.sent)
    assert "canary-4711" not in repr(Credentials("201", "canary-4711"))
