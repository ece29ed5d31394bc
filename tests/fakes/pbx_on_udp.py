"""The fake registrar on a real UDP socket and a thread of its own."""

import socket
import threading

from tests.fakes.sip_peer import FakeRegistrar, Heard


class PbxOnUdp:
    """Answers with `registrar`, and sends the NOTIFY that follows a SUBSCRIBE; until closed."""

    def __init__(self, registrar: FakeRegistrar, port: int = 0) -> None:
        self.registrar = registrar
        self.is_dumb = False
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))
        self.server = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while (data := self.socket.recvfrom(65_536))[0] != b"stop":
            if data[0].strip() and not data[0].startswith(b"SIP/2.0"):
                self._answer(*data)

    def _answer(self, data: bytes, peer: tuple[str, int]) -> None:
        heard, answer = Heard(data), self.registrar.answer(data)
        if self.is_dumb or not answer:
            return
        self.socket.sendto(answer, peer)
        if heard.method == "SUBSCRIBE" and Heard(answer).status == 200:
            state = "terminated" if heard.field("Expires") == "0" else "active"
            self.socket.sendto(self.registrar.notify(heard, state), peer)

    def close(self) -> None:
        self.socket.sendto(b"stop", self.socket.getsockname())
        self.thread.join()
        self.socket.close()
