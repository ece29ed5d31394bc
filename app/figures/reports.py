"""The list of reports, as they stand in the page's field: one file each."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from app.figures import (
    adoption,
    answering,
    complaint_rates,
    first_contact,
    handling,
    outcomes,
    people,
    recognition,
    repeats,
    resolution,
    volume,
)
from app.figures.asked import Asked
from app.figures.report import Report


class ReportKind(StrEnum):
    """Which report."""

    VOLUME = "volume"
    ANSWERING = "answering"
    HANDLING = "handling"
    REPEATS = "repeats"
    FIRST_CONTACT = "first_contact"
    COMPLAINTS = "complaints"
    RESOLUTION = "resolution"
    OUTCOMES = "outcomes"
    PEOPLE = "people"
    RECOGNITION = "recognition"
    ADOPTION = "adoption"


class Made(NamedTuple):
    """What it is called, and how it is made from the records."""

    title: Callable[[], str]
    report: Callable[[Any, Asked], Report]


REPORTS = {
    ReportKind.VOLUME: Made(volume.title, volume.report),
    ReportKind.ANSWERING: Made(answering.title, answering.report),
    ReportKind.HANDLING: Made(handling.title, handling.report),
    ReportKind.REPEATS: Made(repeats.title, repeats.report),
    ReportKind.FIRST_CONTACT: Made(first_contact.title, first_contact.report),
    ReportKind.COMPLAINTS: Made(complaint_rates.title, complaint_rates.report),
    ReportKind.RESOLUTION: Made(resolution.title, resolution.report),
    ReportKind.OUTCOMES: Made(outcomes.title, outcomes.report),
    ReportKind.PEOPLE: Made(people.title, people.report),
    ReportKind.RECOGNITION: Made(recognition.title, recognition.report),
    ReportKind.ADOPTION: Made(adoption.title, adoption.report),
}
"""`people` is for supervisors alone."""
