"""Who waits in the PBX's queues: recorded calls, what stands at the login, and what a PBX may say in between."""

import math
from datetime import timedelta

import pytest

from cti.ami.packet import Packet
from cti.ami.queue_watch import ASK_AGAIN, MOST_WAITING, QueueWatch
from cti.events import InQueue
from tests.cti.ami.played import RECORDED, START, VERSIONS, event, moment, packets_of, stream


def watching() -> QueueWatch:
    """At a PBX whose queues are empty."""
    watch = QueueWatch()
    watch.begin(0.0)
    watch.asked(0.0)
    watch.hear(event("QueueStatusComplete"), moment(0))
    assert watch.waiting == ()
    return watch


def join(channel: str = "1.1", queue: str = "sales", **more: str) -> Packet:
    return event("QueueCallerJoin", Queue=queue, **{"Uniqueid": channel, "Linkedid": channel, **more})


def leave(channel: str = "1.1", queue: str = "sales") -> Packet:
    return event("QueueCallerLeave", Queue=queue, Uniqueid=channel, Linkedid=channel)


def entry(channel: str = "1.1", queue: str = "sales", wait: str = "30") -> Packet:
    return event("QueueEntry", Queue=queue, Uniqueid=channel, CallerIDNum="0312345678", Wait=wait)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("scenario", ["queue-abandoned", "queue-answered-by-202", "queue-direct-members"])
def test_a_recorded_caller_waits_from_his_coming_until_he_is_answered_or_gives_up(version: str, scenario: str) -> None:
    watch, seen = watching(), list[tuple[InQueue, ...] | None]()
    for number, packet in enumerate(packets_of(stream(version, scenario)), start=1):
        watch.hear(packet, moment(number))
        if not seen or watch.waiting != seen[-1]:
            seen.append(watch.waiting)
    before, waiting, after = seen
    assert (before, after) == ((), ())
    assert waiting is not None
    ((linked_id, queue, since),) = [(one.linked_id, one.queue, one.since) for one in waiting]
    assert linked_id.startswith("lab-")
    assert queue == ("direct" if scenario == "queue-direct-members" else "support")
    assert since > START


def test_who_waits_already_at_the_login_is_told_since_when_and_by_the_id_of_his_call() -> None:
    watch = QueueWatch()
    watch.begin(5.0)
    assert watch.get_timer() == 5.0
    watch.asked(5.0)
    watch.hear(event("Status", Uniqueid="1.2", Linkedid="1.1"), moment(5))
    watch.hear(entry("1.2"), moment(5))
    assert watch.waiting is None, "not all is told yet"
    watch.hear(event("QueueStatusComplete"), moment(6))
    assert watch.waiting == (InQueue("1.1", "sales", START + timedelta(seconds=5 - 30)),)


def test_a_recorded_pbx_is_asked_at_the_login_and_tells_on_until_both_have_given_up() -> None:
    watch, seen = QueueWatch(), list[list[str] | None]()
    watch.begin(0.0)
    watch.asked(0.0)
    for number, packet in enumerate(packets_of((RECORDED / "queues" / "22.ami").read_bytes())):
        watch.hear(packet, moment(number))
        told = None if watch.waiting is None else [one.linked_id for one in watch.waiting]
        if not seen or told != seen[-1]:
            seen.append(told)
    first, second = "1795391814.81", "1795391817.83"
    assert seen[:3] == [None, [first], [first, second]]
    assert (len(seen[3] or ()), seen[4:]) == (1, [[]])


def test_who_comes_or_goes_while_the_list_is_told_is_not_lost_in_it() -> None:
    watch = watching()
    watch.hear(join("1.1"), moment(1))
    watch.asked(2.0)
    for packet in (entry("1.1"), entry("1.2"), join("1.3"), leave("1.1"), event("QueueStatusComplete")):
        watch.hear(packet, moment(2))
    assert {one.linked_id for one in watch.waiting or ()} == {"1.2", "1.3"}


def test_a_list_that_comes_again_heals_what_no_event_told_and_leaves_the_times() -> None:
    watch = watching()
    watch.hear(join("1.1"), moment(10))
    watch.hear(join("1.2"), moment(10))
    before = watch.waiting
    assert watch.get_timer() == 10 + ASK_AGAIN
    watch.asked(70.0)
    watch.hear(entry("1.1", wait="61"), moment(70))
    watch.hear(event("QueueStatusComplete"), moment(70))
    assert before is not None
    assert watch.waiting == before[:1]
    watch.hear(leave("1.1"), moment(71))
    watch.asked(130.0)
    watch.hear(event("QueueStatusComplete"), moment(130))
    assert watch.get_timer() == math.inf, "nobody waits: nothing to ask"


def test_who_is_sent_from_one_queue_to_another_waits_in_that_one_whichever_is_told_first() -> None:
    watch = watching()
    for packet in (join(queue="sales"), join(queue="repairs"), leave(queue="sales")):
        watch.hear(packet, moment(1))
    assert [one.queue for one in watch.waiting or ()] == ["repairs"]


@pytest.mark.parametrize("name", ["QueueCallerAbandon", "QueueCallerLeave", "Hangup"])
def test_each_way_to_go_is_one(name: str) -> None:
    watch = watching()
    watch.hear(join(), moment(1))
    watch.hear(event(name, Queue="sales", Uniqueid="1.1"), moment(2))
    assert watch.waiting == ()


def test_nobody_knows_once_the_connection_is_gone_or_the_pbx_refuses() -> None:
    watch = watching()
    watch.hear(join(), moment(1))
    watch.stop()
    assert watch.waiting is None
    watch.hear(join(), moment(2))
    assert watch.waiting is None


def test_no_number_and_no_name_is_in_what_is_told() -> None:
    watch = watching()
    watch.hear(join(CallerIDNum="0312345678", CallerIDName="山田", ConnectedLineNum="0355550000"), moment(1))
    watch.hear(entry("1.9"), moment(1))
    assert "0312345678" not in repr(watch.waiting)
    assert "山田" not in repr(watch.waiting)


@pytest.mark.parametrize("wait", ["", "soon", "-5", "9" * 20, "٣"])
def test_a_wait_that_is_none_began_now(wait: str) -> None:
    watch = watching()
    watch.asked(1.0)
    watch.hear(entry(wait=wait), moment(1))
    watch.hear(event("QueueStatusComplete"), moment(1))
    assert watch.waiting == (InQueue("1.1", "sales", START + timedelta(seconds=1)),)


def test_however_many_are_told_so_many_are_kept() -> None:
    watch = watching()
    watch.asked(1.0)
    for number in range(MOST_WAITING + 50):
        watch.hear(join(f"j.{number}", queue="q" * 3000), moment(1))
        watch.hear(entry(f"e.{number}"), moment(1))
    watch.hear(event("QueueStatusComplete"), moment(1))
    assert watch.waiting is not None
    assert len(watch.waiting) == MOST_WAITING
    assert max(len(one.queue) for one in watch.waiting) < 400
