"""The whole program over a ground of `bench.pop_ground`, taking calls one after the other."""

from dataclasses import replace
from pathlib import Path

from app import demo
from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.words import use_language
from bench.ring_servers import BACK_TO_BACK
from cti.sip.settings import SipSettings


def ready_program(folder: Path) -> Program:
    """`folder` holds a prepared demo profile. Not running yet."""
    use_language("ja")
    given = demo.demo_settings("light")
    (source,) = given.sources
    assert isinstance(source, SipSettings), "the demo's trunk"
    fast = replace(given, sources=(replace(source, calls_per_second=BACK_TO_BACK),))
    return Program(profile_at(folder), fast, Credentials())
