"""Three weeks of calls in a desk's records, the same at every run: for the page of reports."""

from datetime import timedelta
from pathlib import Path
from random import Random

from db.engine import open_engine, writing
from db.kinds import Outcome
from tests.db.reports.call_centre import CallCentre
from tests.db.reports.rung import SECOND, rung, worked_on, write
from tests.ui.running import NOW

_DAYS, _OPENS, _HOURS = 20, 9, 9


def fill_with_calls(folder: Path) -> None:
    """From the first of November to the day before NOW, nine to six, fewer at weekends."""
    engine, chance = open_engine("sqlite", folder), Random(5)
    with writing(engine) as connection:
        for day in range(_DAYS, 0, -1):
            opens = (NOW - timedelta(days=day)).replace(hour=_OPENS, minute=0)
            rate = (0.4 if opens.weekday() > 4 else 1.0) * 2.4 / 180
            for one in CallCentre(rate, 1 / 180, 1 / 120, 3).calls(chance, _HOURS * 3600):
                at, e164 = opens + one.offered * SECOND, 81312340000 + chance.randrange(900)
                line = chance.choice(("Main shop", "Main shop", "Support"))
                if one.answered is None:
                    write(connection, [rung(at, Outcome.MISSED, None, one.ended - one.offered, e164=e164, line=line)])
                    continue
                who = 1 + chance.randrange(3)
                waited, ended = one.answered - one.offered, one.ended - one.offered
                row = rung(at, Outcome.ANSWERED, waited, ended, e164=e164, line=line, operator_id=who)
                write(connection, [row], [worked_on(row, chance.randrange(5_000, 90_000))])
    engine.dispose()
