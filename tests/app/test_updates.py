"""A newer version is told of, by a manifest that is signed, of today and of this channel; nothing else is believed."""

import http.server
import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from app.diagnosis.finding import Level
from app.diagnosis.newer import check_newer
from app.errors import UserError
from app.kept_json import KeptJson
from app.paths import profile_at
from app.settings import UpdateSettings
from app.settings_layers import layers_of, load_settings, loaded
from app.updates.checking import Found, Here, look, remembered
from app.updates.fetch import LARGEST, fetched
from app.updates.manifest import order
from app.updates.refusal import Refused, Why
from app.updates.words import finding
from tests.minisign_signer import Signer

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = Here("0.1.0", "0018")
MANIFEST: dict[str, Any] = {
    "product": "omote", "format": 1, "channel": "stable", "version": "1.2.0", "issued": "2026-11-20T00:00:00+00:00",
    "expires": "2027-01-20T00:00:00+00:00", "schema": {"oldest": "0001", "newest": "0019"},
    "files": [{"system": "linux", "name": "omote_1.2.0-1_amd64.deb", "size": 5, "sha256": "a" * 64}],
    "notes": {"ja": "着信音を選べます。", "en": "The ring can be chosen."},
}  # fmt: skip


@pytest.fixture
def signer() -> Signer:
    return Signer()


def published(folder: Path, signer: Signer, **changes: object) -> UpdateSettings:
    """A manifest on a share, and the settings that name it."""
    data = json.dumps(MANIFEST | changes).encode()
    (folder / "omote.json").write_bytes(data)
    (folder / "omote.json.minisig").write_bytes(signer.sign(data))
    return UpdateSettings((folder / "omote.json").as_uri(), signer.text)


def refused(updates: UpdateSettings, seen: dict[str, str] | None = None, now: datetime = NOW) -> tuple[Why, str]:
    outcome = look(updates, HERE, seen or {}, now)
    assert isinstance(outcome, Refused), outcome
    told = finding(outcome, HERE)
    assert told.level is Level.ATTENTION
    assert told.todo
    return outcome.reason, told.text


def test_a_newer_version_is_told_with_what_becomes_of_the_records(tmp_path: Path, signer: Signer) -> None:
    found = look(published(tmp_path, signer), HERE, {}, NOW)
    assert isinstance(found, Found)
    assert (found.is_newer, found.manifest.version, found.manifest.notes["en"]) == (
        True, "1.2.0", "The ring can be chosen."
    )  # fmt: skip
    told = finding(found, HERE)
    assert told.level is Level.OK
    assert "1.2.0 is there, of 2026-11-20" in told.text
    assert "from schema 0018 to 0019" in told.text


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.1.0b2"])
def test_what_is_installed_already_or_was_before_is_no_news(tmp_path: Path, signer: Signer, version: str) -> None:
    found = look(published(tmp_path, signer, version=version), HERE, {}, NOW)
    assert isinstance(found, Found)
    assert not found.is_newer
    assert finding(found, HERE).text == "0.1.0 is the newest version."


def test_versions_are_compared_by_their_numbers_and_a_beta_comes_before_its_release() -> None:
    told = ["1.10", "1.2b1", "1.9.9", "1.2", "1.2.1", "1.2b2"]
    assert sorted(told, key=order) == ["1.2b1", "1.2b2", "1.2", "1.2.1", "1.9.9", "1.10"]


def test_records_that_the_new_version_cannot_open_are_told_before_anybody_installs_it(
    tmp_path: Path, signer: Signer
) -> None:
    found = look(published(tmp_path, signer, schema={"oldest": "0020", "newest": "0030"}), HERE, {}, NOW)
    told = finding(found, HERE)
    assert told.level is Level.ATTENTION
    assert "from schema 0020 to 0030, these are 0018" in told.todo


def test_one_byte_more_and_nothing_is_believed(tmp_path: Path, signer: Signer) -> None:
    updates = published(tmp_path, signer)
    with (tmp_path / "omote.json").open("ab") as file:
        file.write(b" ")
    assert refused(updates)[0] is Why.BAD_SIGNATURE


def test_a_comment_that_was_altered_is_not_believed(tmp_path: Path, signer: Signer) -> None:
    updates, path = published(tmp_path, signer), tmp_path / "omote.json.minisig"
    path.write_bytes(path.read_bytes().replace(b"a release", b"A release"))
    assert refused(updates)[0] is Why.BAD_SIGNATURE


def test_somebody_elses_signature_is_not_believed_whatever_name_his_key_bears(tmp_path: Path, signer: Signer) -> None:
    updates = published(tmp_path, Signer(b"another1"))
    assert refused(replace(updates, public_key=signer.text))[0] is Why.OTHER_KEY
    updates = published(tmp_path, Signer())
    assert refused(replace(updates, public_key=signer.text))[0] is Why.BAD_SIGNATURE


@pytest.mark.parametrize("damage", [b"", b"untrusted comment: x\nRWQ=\n", b"\xff" * 300])
def test_a_signature_that_is_none_is_said(tmp_path: Path, signer: Signer, damage: bytes) -> None:
    updates = published(tmp_path, signer)
    (tmp_path / "omote.json.minisig").write_bytes(damage)
    assert refused(updates)[0] is Why.NOT_SIGNED
    (tmp_path / "omote.json.minisig").unlink()
    assert refused(updates)[0] is Why.NOT_SIGNED


def test_the_old_kind_of_signature_without_a_hash_is_refused(tmp_path: Path, signer: Signer) -> None:
    updates, path = published(tmp_path, signer), tmp_path / "omote.json.minisig"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "RWQ" + lines[1][3:], *lines[2:]]))
    assert refused(updates)[0] is Why.NOT_SIGNED


def test_a_manifest_that_has_run_out_is_refused_so_that_nobody_can_hold_us_back_with_it(
    tmp_path: Path, signer: Signer
) -> None:
    why, words = refused(published(tmp_path, signer), now=NOW + timedelta(days=365))
    assert why is Why.EXPIRED
    assert "2027-01-20" in words


def test_a_manifest_of_yesterday_is_not_taken_for_todays(tmp_path: Path, signer: Signer) -> None:
    newest = look(published(tmp_path, signer), HERE, {}, NOW)
    assert isinstance(newest, Found)
    seen = remembered(newest)
    assert isinstance(look(published(tmp_path, signer), HERE, seen, NOW), Found)
    assert refused(published(tmp_path, signer, version="1.1.0"), seen)[0] is Why.OLDER
    assert refused(published(tmp_path, signer, issued="2026-11-19T00:00:00+00:00"), seen)[0] is Why.OLDER


def test_another_channels_manifest_is_refused(tmp_path: Path, signer: Signer) -> None:
    why, words = refused(published(tmp_path, signer, channel="beta"))
    assert (why, "beta" in words) == (Why.OTHER_CHANNEL, True)
    updates = replace(published(tmp_path, signer, channel="beta"), channel="beta")
    assert isinstance(look(updates, HERE, {"channel": "stable", "version": "9.0", "issued": "x"}, NOW), Found)


@pytest.mark.parametrize(
    "changes",
    [
        {"product": "other"}, {"format": 2}, {"version": "one"}, {"issued": "2026-11-20T00:00:00"}, {"schema": {}},
        {"files": [{"system": "linux", "name": "x", "size": True, "sha256": "a" * 64}]}, {"notes": {"en": 1}},
        {"files": [{"system": "linux", "name": "x", "size": 1, "sha256": "../"}]}, {"expires": 7}, {"notes": "x"},
    ],
)  # fmt: skip
def test_what_is_signed_and_makes_no_sense_is_refused_in_words(
    tmp_path: Path, signer: Signer, changes: dict[str, object]
) -> None:
    assert refused(published(tmp_path, signer, **changes))[0] is Why.MALFORMED


def test_a_file_as_large_as_a_disk_is_not_read(tmp_path: Path, signer: Signer) -> None:
    updates = published(tmp_path, signer, notes={"en": "x" * LARGEST[""]})
    assert refused(updates)[0] is Why.TOO_LARGE


def test_a_share_that_is_not_there_is_said(tmp_path: Path, signer: Signer) -> None:
    updates = UpdateSettings((tmp_path / "none" / "omote.json").as_uri(), signer.text)
    assert refused(updates)[0] is Why.NO_FILE


class Server:
    """A real server with TLS on loopback. `answers`: path to status, headers and body."""

    def __init__(self, answers: dict[str, tuple[int, dict[str, str], bytes]], authority: trustme.CA) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                """Nobody reads it."""

        class Listening(http.server.ThreadingHTTPServer):
            daemon_threads = False

            def handle_error(self, *_about: object) -> None:
                """Who does not trust us hangs up."""

        self._server = Listening(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server.socket = (
            context.wrap_socket(  # greeted by the thread of each caller, which also closes what came to nothing
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        )
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.address = f"https://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Whom this PC trusts, as a house's own authority; no proxy of this machine's is asked."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "house.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "house.pem"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return made


@pytest.fixture
def answers() -> dict[str, tuple[int, dict[str, str], bytes]]:
    return {}


@pytest.fixture
def server(answers: dict[str, tuple[int, dict[str, str], bytes]], authority: trustme.CA) -> Iterator[Server]:
    one = Server(answers, authority)
    yield one
    one.stop()


def test_it_comes_over_https_from_a_server_whom_the_house_trusts(
    server: Server, answers: dict[str, tuple[int, dict[str, str], bytes]], signer: Signer
) -> None:
    data = json.dumps(MANIFEST).encode()
    answers |= {"/omote.json": (200, {}, data), "/omote.json.minisig": (200, {}, signer.sign(data))}
    found = look(UpdateSettings(f"{server.address}/omote.json", signer.text), HERE, {}, NOW)
    assert isinstance(found, Found)
    del answers["/omote.json.minisig"]
    assert refused(UpdateSettings(f"{server.address}/omote.json", signer.text))[0] is Why.NOT_SIGNED


def test_a_server_whom_nobody_trusts_is_not_listened_to(
    server: Server, signer: Signer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "other.pem"))
    assert refused(UpdateSettings(f"{server.address}/omote.json", signer.text))[0] is Why.TLS


def test_a_server_that_sends_us_into_the_clear_is_not_followed(
    server: Server, answers: dict[str, tuple[int, dict[str, str], bytes]], signer: Signer
) -> None:
    answers["/omote.json"] = (302, {"Location": "http://127.0.0.1:9/omote.json"}, b"")
    assert refused(UpdateSettings(f"{server.address}/omote.json", signer.text))[0] is Why.ANSWER


def test_a_server_that_sends_for_ever_is_given_up(
    server: Server, answers: dict[str, tuple[int, dict[str, str], bytes]], signer: Signer
) -> None:
    answers["/omote.json"] = (200, {}, b"x" * (LARGEST[""] + 1))
    assert refused(UpdateSettings(f"{server.address}/omote.json", signer.text))[0] is Why.TOO_LARGE
    assert refused(UpdateSettings(f"{server.address}/none.json", signer.text))[0] is Why.ANSWER


def test_nobody_listening_is_said_in_words(signer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    why, words = refused(UpdateSettings("https://127.0.0.1:1/omote.json", signer.text))
    assert why is Why.UNREACHABLE
    assert "nobody listens there" in words


# --- settings


def test_nobody_but_it_can_set_where_the_manifest_is(tmp_path: Path, signer: Signer) -> None:
    said = f'[updates]\nmanifest = "https://it.example.jp/omote.json"\npublic_key = "{signer.text}"\n'
    user, machine = tmp_path / "user.toml", tmp_path / "machine.toml"
    machine.write_text(said)
    assert load_settings(user, machine, {}).updates.public_key == signer.text
    user.write_text(said)
    assert load_settings(user, machine, {}).updates.public_key == signer.text  # the same word
    machine.unlink()
    with pytest.raises(UserError, match="counts only in the machine's settings and in the policy"):
        load_settings(user, machine, {})
    user.unlink()
    with pytest.raises(UserError, match="counts only"):
        load_settings(user, machine, {"OMOTE_UPDATES_CHANNEL": "beta"})
    with pytest.raises(UserError, match="counts only"):
        loaded(layers_of(user, machine, {}, ["updates.channel=beta"]))


@pytest.mark.parametrize(
    ("manifest", "key", "words"),
    [
        ("http://it.example.jp/omote.json", "", "no address of a manifest"),
        ("https://user@it.example.jp/omote.json", "", "no address of a manifest"),
        ("https://it.example.jp/omote.json", "", "a manifest and no public_key"),
        ("", "RWQmine", "no key of minisign"),
    ],
)
def test_an_address_or_a_key_that_is_none_is_refused(tmp_path: Path, manifest: str, key: str, words: str) -> None:
    machine = tmp_path / "machine.toml"
    machine.write_text(f"[updates]\nmanifest = '{manifest}'\npublic_key = '{key}'\n")
    with pytest.raises(UserError, match=words):
        load_settings(tmp_path / "user.toml", machine, {})


@pytest.mark.parametrize("manifest", [r"\\files\it\omote.json", "file:///srv/omote.json"])
def test_a_share_may_hold_the_manifest(tmp_path: Path, manifest: str, signer: Signer) -> None:
    machine = tmp_path / "machine.toml"
    machine.write_text(f"[updates]\nmanifest = '{manifest}'\npublic_key = '{signer.text}'\n")
    assert load_settings(tmp_path / "user.toml", machine, {}).updates.manifest == manifest


# --- diagnose


def test_diagnose_says_nothing_of_updates_until_it_has_set_them_and_then_whatever_is_wrong(
    tmp_path: Path, signer: Signer
) -> None:
    profile = profile_at(tmp_path)
    assert check_newer(profile, UpdateSettings(), NOW) == []
    updates = published(tmp_path, signer)
    (check,) = check_newer(profile, updates, NOW)
    assert (check.name, check.finding.level) == ("updates", Level.OK)
    assert not profile.updates_file.exists()
    KeptJson(profile.updates_file, "").write({"channel": "stable", "version": "2.0", "issued": NOW.isoformat()})
    (check,) = check_newer(profile, updates, NOW)
    assert "older than one that was here before (1.2.0 < 2.0)" in check.finding.text


# --- what IT signs


def test_what_the_script_of_a_release_signs_is_what_the_program_believes(tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        pytest.skip("minisign is not installed here (Debian: apt install minisign)")
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "omote_1.2.0-1_amd64.deb").write_bytes(b"packed")
    (tmp_path / "ja").write_text("着信音を選べます。", "utf-8")
    (tmp_path / "en").write_text("The ring can be chosen.", "utf-8")
    key, public = tmp_path / "secret.key", tmp_path / "key.pub"
    subprocess.run(["minisign", "-G", "-W", "-s", key, "-p", public], check=True, capture_output=True)
    words = {"MINISIGN_KEY": str(key), "NOTES_JA": str(tmp_path / "ja"), "NOTES_EN": str(tmp_path / "en")}
    done = subprocess.run(
        [ROOT / "packaging" / "sign-release.sh", dist], capture_output=True, text=True, check=False,
        env=words | {"PATH": "/usr/local/bin:/usr/bin:/bin", "VERSION": "1.2.0", "SOURCE_DATE_EPOCH": "1795392000"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    updates = UpdateSettings((dist / "omote.json").as_uri(), public.read_text().splitlines()[1])
    found = look(updates, HERE, {}, NOW)
    assert isinstance(found, Found), found
    assert [(one.system, one.name, one.size) for one in found.manifest.files] == [
        ("linux", "omote_1.2.0-1_amd64.deb", 6)
    ]
    assert (found.manifest.oldest_schema, found.manifest.notes["ja"]) == ("0001", "着信音を選べます。")
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=dist, capture_output=True, text=True, check=True)
    assert sums.stdout.splitlines() == ["omote.json: OK", "omote_1.2.0-1_amd64.deb: OK"]
    subprocess.run(["minisign", "-Vm", dist / "SHA256SUMS", "-p", public], check=True, capture_output=True)


def test_without_a_key_or_notes_nothing_is_signed_and_the_script_says_what_is_missing(tmp_path: Path) -> None:
    if shutil.which("minisign") is None:
        pytest.skip("minisign is not installed here (Debian: apt install minisign)")
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(
        [ROOT / "packaging/sign-release.sh", tmp_path], capture_output=True, text=True, env=env, check=False
    )
    assert (done.returncode, done.stderr) == (
        1,
        "sign-release: no key: set MINISIGN_KEY to the file of the secret key\n",
    )


def test_both_files_are_fetched_and_nothing_else(tmp_path: Path, signer: Signer) -> None:
    updates = published(tmp_path, signer)
    data, signature = fetched(updates.manifest, 5.0)
    assert (json.loads(data)["version"], signature.startswith(b"untrusted comment")) == ("1.2.0", True)
