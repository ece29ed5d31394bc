"""The whole program: a colleague rings, hangs up while it still rings, and the pop is about the customer."""

from pathlib import Path

import pytest

from tests.end_to_end.running_program import RunningProgram, environment, wait_for
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.program import RegisteredFolder

CUSTOMER = Identity("0335814111")


@pytest.mark.timeout(120)
def test_the_pop_names_the_customer_once_the_colleague_has_handed_the_call_on(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone, tmp_path: Path, records: Path
) -> None:
    folder = RegisteredFolder(tmp_path / "profile", records, asterisk, answer="ring")
    with RunningProgram(folder, environment(), "--offscreen") as program:
        asterisk.wait_for_contact("1201")
        placed = carrier.listens(CUSTOMER, "202")
        colleague.answer()
        colleague.press("*2201")
        wait_for(lambda: folder.trace("offered"), "ringing of the colleague's call")
        assert folder.trace("pop") == []
        colleague.hang_up()
        (pop,) = wait_for(lambda: folder.trace("pop"), "pop of the customer")
        desk_phone.answer()
        desk_phone.hang_up()
        placed.wait()
        assert program.stop() == 0
        assert program.errors == ""
    (changed,) = folder.trace("caller_changed")
    assert changed["before"]["number"] == "202"
    assert (pop["number"], pop["source_id"]) == ("+81335814111", folder.trace("offered")[0]["source_id"])
    assert pop["opened"] is not None
