"""One connection to a real Asterisk over TCP and TLS: it breaks, or the other end is not whom we trust."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from cti.events import SourceState
from cti.sip.settings import TransportName
from cti.tls import TlsTrouble
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.certificates import NAME, make_documented_certificate
from tests.pbx.documented import blocks, source
from tests.pbx.figures import Figures
from tests.pbx.listening import DeskSource, RegisteredSource, over
from tests.pbx.network import DOCUMENTED_PBX, Namespaces

TANAKA = Identity("0335814111")
WITHIN = 15.0  # seconds
SAME = 3.0  # seconds during which nothing may be sent
each_stream = pytest.mark.parametrize("transport", ["tcp", "tls"])


def check_that_a_call_pops(omote: DeskSource, carrier: Carrier) -> None:
    placed = carrier.gives_up(TANAKA, "1201", rings=0.2, waits=0.5)
    call = omote.offered()
    assert call.caller.number == TANAKA.number
    omote.end_of(call)
    placed.wait()


def our_end(asterisk: Asterisk, transport: TransportName) -> str:
    """The host:port of the one contact."""
    (place,) = asterisk.places("1201")
    end, _, parameter = place.partition(";")
    assert parameter == f"transport={transport}"
    return end


def has_moved(asterisk: Asterisk, gone: str) -> bool:
    """Whether there is a contact, and none at `gone`."""
    places = asterisk.places("1201")
    return bool(places) and not any(place.startswith(gone) for place in places)


@each_stream
def test_the_contact_is_our_end_of_the_one_connection(
    asterisk: Asterisk, carrier: Carrier, transport: TransportName
) -> None:
    others = set(asterisk.network.connections_at_pbx())
    with RegisteredSource(asterisk, **over(asterisk, transport)) as omote:
        place = our_end(asterisk, transport)
        assert set(asterisk.network.connections_at_pbx()) - others == {place}
        check_that_a_call_pops(omote, carrier)
        assert set(asterisk.network.connections_at_pbx()) - others == {place}
    wait_until(lambda: not asterisk.contacts("1201"), "end of the registration")
    wait_until(lambda: place not in asterisk.network.connections_at_pbx(), "end of the connection")


@each_stream
def test_a_connection_that_the_pbx_resets_is_made_anew_at_once(
    *, asterisk: Asterisk, carrier: Carrier, cable: Namespaces, figures: Figures,
    how_many: Callable[[int, int], int], transport: TransportName,
) -> None:  # fmt: skip
    seconds = []
    with RegisteredSource(asterisk, **over(asterisk, transport)) as omote:
        for _ in range(how_many(2, 10)):
            before, start = our_end(asterisk, transport), time.monotonic()
            cable.reset_at_pbx(before)
            wait_until(lambda gone=before: has_moved(asterisk, gone), "another contact")
            asterisk.wait_for_contact("1201")
            seconds.append(time.monotonic() - start)
            check_that_a_call_pops(omote, carrier)
    figures.add_seconds(
        f"registered again over {transport}, connection reset by the PBX", seconds, f"<= {WITHIN:.0f} s"
    )
    assert max(seconds) <= WITHIN


@pytest.mark.parametrize(("transport", "extension"), [("tcp", "1231"), ("tls", "1232")])
def test_a_trunk_hears_calls_on_the_connection_that_the_pbx_makes(
    *, asterisk: Asterisk, carrier: Carrier, cable: Namespaces, tmp_path: Path,
    transport: TransportName, extension: str,
) -> None:  # fmt: skip
    own = tmp_path / "omote.pem"
    trustme.CA().issue_cert(cable.desk).private_key_and_cert_chain_pem.write_to_path(own)
    trunk = source("pbx-asterisk.md", name="trunk") | {"bind": f"{cable.desk}:5070", "allow": (cable.pbx,)}
    ours = {"server": "", "username": "", "transport": transport, "certificate": str(own) if transport == "tls" else ""}
    with DeskSource(asterisk, **trunk | ours) as omote:
        for _ in range(2):
            placed = carrier.gives_up(TANAKA, extension, rings=0.2, waits=0.5)
            call = omote.offered()
            assert (call.caller.number, call.dialled) == (TANAKA.number, "0312345678")
            omote.end_of(call)
            placed.wait()
            cable.reset_at_pbx(f"{cable.desk}:5070")  # as a PBX does that has not needed it for a while


@pytest.mark.parametrize(
    ("port", "ca_file", "tls_name", "trouble"),
    [
        (5061, "other-ca.crt", "", TlsTrouble.UNKNOWN_ISSUER),
        (5061, "", "", TlsTrouble.UNKNOWN_ISSUER),
        (5061, "pbx.crt", "other.example.jp", TlsTrouble.WRONG_NAME),
        (5161, "ca.crt", "", TlsTrouble.WRONG_NAME),
        (5162, "ca.crt", NAME, TlsTrouble.EXPIRED),
    ],
    ids=["another authority", "the system's authorities", "another name", "its address is not named", "expired"],
)
def test_a_pbx_that_we_do_not_trust_gets_no_register(
    *, asterisk: Asterisk, port: int, ca_file: str, tls_name: str, trouble: TlsTrouble
) -> None:
    said = len(asterisk.log)
    trusted = str(asterisk.keys / ca_file) if ca_file else ""
    server = f"{asterisk.network.pbx}:{port}"
    with DeskSource(asterisk, server=server, transport="tls", ca_file=trusted, tls_name=tls_name) as omote:
        assert omote.wait_for_state(SourceState.UNTRUSTED).detail == trouble
        time.sleep(SAME)
        assert omote.state is SourceState.UNTRUSTED
    assert asterisk.registers(said) == []


@pytest.mark.parametrize(
    ("port", "trouble"), [(5060, TlsTrouble.SILENT), (5163, TlsTrouble.OLD_TLS)], ids=["of TCP", "without method="]
)
def test_a_port_without_a_tls_that_is_safe_is_said(asterisk: Asterisk, port: int, trouble: TlsTrouble) -> None:
    server = f"{asterisk.network.pbx}:{port}"
    with DeskSource(asterisk, server=server, **over(asterisk, "tls")) as omote:
        assert omote.wait_for_state(SourceState.UNTRUSTED).detail == trouble


def test_a_certificate_by_an_authority_that_names_the_pbx_is_trusted(asterisk: Asterisk, carrier: Carrier) -> None:
    server, authority = f"{asterisk.network.pbx}:5161", str(asterisk.keys / "ca.crt")
    with RegisteredSource(asterisk, server=server, transport="tls", ca_file=authority, tls_name=NAME) as omote:
        check_that_a_call_pops(omote, carrier)


def test_the_right_certificate_in_place_of_the_wrong_one_mends_it_without_a_restart(
    asterisk: Asterisk, carrier: Carrier, tmp_path: Path
) -> None:
    copied = tmp_path / "pbx.crt"
    shutil.copy(asterisk.keys / "other-ca.crt", copied)
    with DeskSource(asterisk, transport="tls", ca_file=str(copied)) as omote:
        omote.wait_for_state(SourceState.UNTRUSTED)
        shutil.copy(asterisk.certificate, copied)
        omote.wait_for_state(SourceState.REGISTERED)
        asterisk.wait_for_contact("1201")
        check_that_a_call_pops(omote, carrier)


def test_a_renewed_certificate_is_asked_for_at_the_next_connection_and_mended_by_a_copy(
    asterisk: Asterisk, carrier: Carrier, cable: Namespaces, tmp_path: Path
) -> None:
    copied = tmp_path / "pbx.crt"
    shutil.copy(asterisk.certificate, copied)
    with RegisteredSource(asterisk, transport="tls", ca_file=str(copied)) as omote:
        make_documented_certificate(asterisk.home / "etc", asterisk.network.pbx)
        asterisk.cli("module reload res_pjsip.so")
        check_that_a_call_pops(omote, carrier)
        cable.reset_at_pbx(our_end(asterisk, "tls"))
        assert omote.wait_for_state(SourceState.UNTRUSTED).detail == TlsTrouble.UNKNOWN_ISSUER
        shutil.copy(asterisk.certificate, copied)
        omote.wait_for_state(SourceState.REGISTERED)
        asterisk.wait_for_contact("1201")
        check_that_a_call_pops(omote, carrier)


def test_a_port_that_the_documents_add_to_a_pbx_that_runs_is_open_after_a_reload(asterisk: Asterisk) -> None:
    port = 5099
    (written,) = [block for block in blocks("pbx-asterisk.md", "ini") if "[transport-tcp]" in block]
    with (asterisk.home / "etc/pjsip.conf").open("a") as file:
        ours = written.replace("transport-tcp", "transport-new").replace(DOCUMENTED_PBX, asterisk.network.pbx)
        file.write(ours.replace("5060", str(port)))
    asterisk.cli("module reload res_pjsip.so")
    with DeskSource(asterisk, server=f"{asterisk.network.pbx}:{port}", transport="tcp") as omote:
        omote.wait_for_state(SourceState.REGISTERED)
