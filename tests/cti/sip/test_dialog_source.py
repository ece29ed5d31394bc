"""The source "sip-dialog" on a real UDP socket, run by the real listener thread, beside a PBX on another one."""

import queue
import socket
import threading
from types import TracebackType

from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, EndCause, SourceState
from cti.listener import Listener
from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings
from tests.cti.sip.running import RunningSource
from tests.fakes.notifier import IDLE, FakeNotifier, dialog, document


class NotifierOnUdp:
    """The fake notifier on a real socket and a thread of its own; `tell` sends where the last SUBSCRIBE came from."""

    def __init__(self, notifier: FakeNotifier) -> None:
        self.notifier = notifier
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.server = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.watcher = ("", 0)
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "NotifierOnUdp":
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.sendto(b"stop", self.socket.getsockname())
        self.thread.join()
        self.socket.close()

    def tell(self, version: int, *dialogs: str) -> None:
        self.socket.sendto(self.notifier.notify(document(version, *dialogs)), self.watcher)

    def _serve(self) -> None:
        while (data := self.socket.recvfrom(65_536))[0] != b"stop":
            self.watcher = data[1]
            for answer in self.notifier.answers(data[0]):
                self.socket.sendto(answer, data[1])


class RunningWatcher(RunningSource):
    """Watches 201 at `server` from a free port of loopback."""

    def __init__(self, server: str) -> None:
        self.events: queue.Queue[CallEvent] = queue.Queue()
        settings = SipDialogSettings("watcher", "201", server, username="204", bind="127.0.0.1:0")
        self.source = SipDialogSource(settings, lambda: "pw204")
        self.listener = Listener([self.source], self.events.put)

    def __enter__(self) -> "RunningWatcher":
        self.listener.start()
        return self


def test_watches_over_udp_and_takes_the_subscription_back_at_the_end() -> None:
    with NotifierOnUdp(FakeNotifier()) as pbx:
        with RunningWatcher(pbx.server) as running:
            listening = running.wait_for_state(SourceState.LISTENING)
            assert (listening.source, listening.detail) == ("watcher", pbx.server)
            pbx.tell(1, dialog("early", "sip:0312345678@pbx", name="田中"))
            offered = running.next_call_event()
            assert isinstance(offered, CallOffered)
            assert (offered.caller.number, offered.caller.name) == ("0312345678", "田中")
            assert offered.received_ns < offered.parsed_ns
            pbx.tell(2, dialog("confirmed", direction=""))
            answered = running.next_call_event()
            assert isinstance(answered, CallAnswered)
            assert (answered.source_id, answered.by) == (offered.source_id, "201")
            pbx.tell(3, IDLE)
            ended = running.next_call_event()
            assert isinstance(ended, CallEnded)
            assert (ended.source_id, ended.why) == (offered.source_id, EndCause.HUNG_UP)
        assert pbx.notifier.subscriptions[-1].field("Expires") == "0"
        running.wait_for_state(SourceState.STOPPED)
    last = [one for one in pbx.notifier.answered if one.status == 200]
    assert len(last) == 5, "each NOTIFY has its 200, the last one too"


def test_extension_that_the_pbx_does_not_tell_of_is_said() -> None:
    notifier = FakeNotifier()
    notifier.answers_with = ["404 Not Found"]
    with NotifierOnUdp(notifier) as pbx, RunningWatcher(pbx.server) as running:
        assert running.wait_for_state(SourceState.NOT_REPORTED).detail == "404 Not Found"


def test_ring_me_rings_a_watcher_too_through_its_own_socket() -> None:
    with NotifierOnUdp(FakeNotifier()) as pbx, RunningWatcher(pbx.server) as running:
        running.wait_for_state(SourceState.LISTENING)
        call_id = running.listener.submit(running.source.ring_me("0312345678", "Test", ring_for=0.01)).result(10)
        offered = running.next_call_event()
        assert isinstance(offered, CallOffered)
        assert offered.is_test
        assert offered.source_id.startswith(call_id)
        assert isinstance(running.next_call_event(), CallEnded)
