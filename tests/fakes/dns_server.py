"""A name server on loopback for tests: real UDP and TCP, answers out of a small zone, and every kind of trouble."""

import socket
import struct
import threading
from types import TracebackType

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


def _one_port_twice(host: str, port: int, family: socket.AddressFamily) -> tuple[socket.socket, socket.socket]:
    """The same port over TCP and UDP; a free one of TCP may be taken over UDP by whoever runs beside us."""
    while True:
        tcp, udp = socket.create_server((host, port), family=family), socket.socket(family, socket.SOCK_DGRAM)
        try:
            udp.bind((host, tcp.getsockname()[1]))
        except OSError:
            tcp.close()
            udp.close()
            if port:
                raise
        else:
            return tcp, udp


class DnsServer:
    """`zone` maps (name, type) to (time to live, record texts); a CNAME there answers for every type.

    `trouble`: "" answers, "silence", "servfail", "truncated" (UDP says so little that TCP must be asked), "garbage".
    """

    def __init__(
        self, zone: dict[tuple[str, str], tuple[int, list[str]]], host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.zone = zone
        self.trouble = ""
        self.silent_types: set[str] = set()
        self.is_tcp_served = True
        self.asked: list[tuple[str, str]] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._tcp, self._udp = _one_port_twice(host, port, family)
        self.address: tuple[str, int] = self._udp.getsockname()[:2]
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._serve_udp, self._serve_tcp)]

    def __enter__(self) -> "DnsServer":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with socket.socket(self._udp.family, socket.SOCK_DGRAM) as stop:
            stop.sendto(b"", self.address)
        self._tcp.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._udp.close()
        self._tcp.close()

    def _serve_udp(self) -> None:
        while (heard := self._udp.recvfrom(65_536))[0]:
            answer = self._answer(heard[0], "udp")
            if answer:
                self._udp.sendto(answer, heard[1])

    def _serve_tcp(self) -> None:
        while True:
            try:
                connection, _ = self._tcp.accept()
            except OSError:
                return
            with connection:
                if self.is_tcp_served and (head := connection.recv(2)):
                    answer = self._answer(connection.recv(struct.unpack("!H", head)[0]), "tcp")
                    connection.sendall(struct.pack("!H", len(answer)) + answer)

    def _answer(self, data: bytes, way: str) -> bytes:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if self.trouble == "silence" or kind in self.silent_types:
            return b""
        if self.trouble == "garbage":
            return data[:2] + b"\xff" * 40
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        if self.trouble == "servfail":
            response.set_rcode(dns.rcode.SERVFAIL)
        elif self.trouble == "truncated" and way == "udp":
            response.flags |= dns.flags.TC
        else:
            self._fill(response, name, kind)
        return response.to_wire()

    def _fill(self, response: dns.message.Message, name: str, kind: str) -> None:
        """The records, at the end of a chain of aliases; a chain that bites its tail is given as it is."""
        seen: set[str] = set()
        while (name, "CNAME") in self.zone and name not in seen:
            seen.add(name)
            self._add(response, name, "CNAME")
            name = self.zone[name, "CNAME"][1][0].rstrip(".")
        if (name, kind) in self.zone:
            self._add(response, name, kind)
        elif not seen and not any(known == name for known, _ in self.zone):
            response.set_rcode(dns.rcode.NXDOMAIN)

    def _add(self, response: dns.message.Message, name: str, kind: str) -> None:
        ttl, texts = self.zone[name, kind]
        response.answer.append(dns.rrset.from_text(f"{name}.", ttl, "IN", kind, *texts))
