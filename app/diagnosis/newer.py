"""What `omote diagnose` says of newer versions, where IT's settings name a manifest. It remembers nothing."""

from datetime import datetime

from app import __version__
from app.diagnosis.finding import Check
from app.paths import Profile
from app.settings import UpdateSettings
from app.updates.checking import Here, look
from app.updates.command import seen_here
from app.updates.words import finding
from db.migrate import HEAD


def check_newer(profile: Profile, updates: UpdateSettings, now: datetime) -> list[Check]:
    """One check, or none where nobody is to be asked."""
    if not updates.manifest:
        return []
    here = Here(__version__, HEAD)
    return [Check("updates", "", finding(look(updates, here, seen_here(profile).read() or {}, now), here))]
