"""What the running program knows of versions: a newer one that IT may install, and one that was installed meanwhile."""

import logging
import random

from app import __version__
from app.call import LIVE
from app.clock import Clock
from app.db_worker import Post
from app.desk import Desk
from app.keeping import StatusBoard
from app.paths import Profile
from app.roles import Role, role_of
from app.settings import Settings
from app.updates.checking import Found, Here
from app.updates.command import seen_here
from app.updates.daily import DailyLook
from app.updates.installed import Installation, refuse_late_parts, this_installation
from app.who_is_it import Later
from db.migrate import HEAD

log = logging.getLogger(__name__)

LOOK_EVERY_MS = 60_000


def watch_versions(profile: Profile, settings: Settings, desk: Desk, later: Later, post: Post) -> None:
    """From now on, in the desk's thread; nobody is asked where the settings name no manifest, or an operator sits."""
    installation = this_installation()
    refuse_late_parts(installation)
    watch_installation(installation, desk.board, later)
    if settings.updates.manifest and role_of(settings) is not Role.OPERATOR:

        def told(found: Found) -> None:
            desk.board.set(newer=found.manifest if found.is_newer else None)

        here = Here(__version__, HEAD)
        daily = DailyLook(settings.updates, here, seen_here(profile), lambda: is_busy(desk), told)
        daily.begin(later, post, Clock(), lambda most: random.SystemRandom().randrange(most + 1))


def watch_installation(installation: Installation, board: StatusBoard, later: Later) -> None:
    """A look every minute, until it is another one."""
    if installation.is_replaced():
        log.info("updates: another version has been installed")
        board.set(is_replaced=True)
    else:
        later(LOOK_EVERY_MS, lambda: watch_installation(installation, board, later))


def is_busy(desk: Desk) -> bool:
    """Whether a call rings, is talked in, or is being written about."""
    return any(call.state in LIVE or call.is_in_use for call in desk.calls)
