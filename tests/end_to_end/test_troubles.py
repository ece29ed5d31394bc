"""What a machine may lack: the window still comes and says in its states what is wrong and what to do."""

import socket
from collections.abc import Callable

from tests.end_to_end.running_program import Folder, RunningProgram, environment, omote, wait_for

NEEDS_SECRET = """
[[source]]
name = "desk phone"
kind = "sip"
server = "127.0.0.1:9"
username = "201"
bind = "127.0.0.1:0"
"""


def test_without_a_keyring_secret_check_is_one_line_that_says_what_to_do(profile_of: Callable[[str], Folder]) -> None:
    folder = profile_of(NEEDS_SECRET)
    done = omote("--profile", folder.path, "secret", "check", "desk phone", env=environment())
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "The keyring cannot be used: there is no keyring here." in line
    assert "password_file" in line


def test_without_a_keyring_the_program_runs_and_its_states_say_so(profile_of: Callable[[str], Folder]) -> None:
    folder = profile_of(NEEDS_SECRET)
    with RunningProgram(folder, environment(), module="tests.end_to_end.states") as program:
        said = wait_for(lambda: said_by(folder, "no password"), "state of the source")
        assert "▲ desk phone no password: enter it in the main window" in said
        assert program.pop("0335814111")["why_no_pop"] is None, "the trunk hears all the same"


def test_a_port_in_use_is_said_in_the_states_and_the_other_source_hears(
    profile_of: Callable[[str], Folder],
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        more = f'[[source]]\nname = "second"\nkind = "sip"\nbind = "127.0.0.1:{port}"\nallow = ["127.0.0.1"]\n'
        folder = profile_of(more + "register = false\n")
        with RunningProgram(folder, environment(), module="tests.end_to_end.states") as program:
            said = wait_for(lambda: said_by(folder, f"127.0.0.1:{port}"), "state of the source")
            assert "▲ second" in said
            assert program.pop("0335814111")["why_no_pop"] is None


def said_by(folder: Folder, part: str) -> str:
    """The status line of the running window, once this part stands in it; one blank between words."""
    file = folder.path / "states.txt"
    text = " ".join(file.read_text("utf-8").split()) if file.exists() else ""
    return text if part in text else ""
