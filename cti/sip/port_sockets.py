"""One UDP port with room for a burst: as many sockets as it takes where the kernel gives each of them only little.

Linux gives an ordinary user's socket room for some 180 INVITEs, and no thread of Python reads fast enough while another
one holds the interpreter. So several sockets share the port; for each datagram the kernel picks one at random, and
notes the time, by which they are put in order again. (It begins to note a moment after it is asked to.)
"""

import ctypes
import logging
import select
import socket
import struct
import sys
from operator import itemgetter

from cti.address import Address

log = logging.getLogger(__name__)

ROOM = 4 * 1024 * 1024  # bytes; Linux counts twice as many, and some 2,300 for an INVITE of 900
MOST_SOCKETS = 16
LARGEST = 65_536
_UPKEEP = 100  # bytes that Python needs for a datagram beside its own

_TIMESTAMPNS = 35  # SO_TIMESTAMPNS and SO_ATTACH_REUSEPORT_CBPF of asm-generic/socket.h: Python names neither
_ATTACH_REUSEPORT_CBPF = 51
_TIMESPEC = struct.Struct("@qq")
_NANOSECONDS = 1_000_000_000

SocketAddress = tuple[str, int] | tuple[str, int, int, int]
Datagram = tuple[bytes, SocketAddress]


class PortSockets:
    """The sockets of one port. `first` sends; `read_all` reads them all; `fileno` is readable when one of them is."""

    def __init__(self, bind: Address) -> None:
        """OSError if the port is taken or the address is not ours."""
        self.first = _bound(bind)
        self._buffer = bytearray(LARGEST)  # one for all: room for each datagram takes longer to make than it to read
        self._others: list[socket.socket] = []
        self._poll: select.epoll | None = None
        self._is_roomy = self.room >= ROOM
        if sys.platform == "linux" and (wanted := min(MOST_SOCKETS, -(-2 * ROOM // self.room))) > 1:
            try:
                self._share(wanted)
            except OSError as error:
                self._end_sharing()
                log.info("the system lets no sockets share a port: room for %s bytes only (%s)", self.room, error)

    @property
    def room(self) -> int:
        """Bytes that the kernel keeps for us, as it counts them."""
        return sum(one.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) for one in (self.first, *self._others))

    @property
    def address(self) -> Address:
        """Where the port is."""
        host, port = self.first.getsockname()[:2]
        return host, port

    def fileno(self) -> int:
        """What an event loop waits for."""
        return self.first.fileno() if self._poll is None else self._poll.fileno()

    def read_all(self, limit: int) -> list[Datagram]:
        """What waits, in the order in which it came, about `limit` bytes of it at most. Never blocks.

        One datagram alone where the kernel has room for the rest: the look for a next one would delay the answer.
        """
        if self._poll is not None:
            return self._read_shared(self._poll, limit)
        return self._read(min(limit, 1) if self._is_roomy else limit)

    def close(self) -> None:
        """Let the port go."""
        self._end_sharing()
        self.first.close()

    def _read(self, limit: int) -> list[Datagram]:
        read: list[Datagram] = []
        while limit > 0:
            try:
                size, address = self.first.recvfrom_into(self._buffer)
            except BlockingIOError:
                break
            except OSError as error:  # what ICMP brought back for something that we sent
                log.debug("socket: %s", error)
                break
            read.append((bytes(self._buffer[:size]), address))
            limit -= size + _UPKEEP
        return read

    def _share(self, sockets: int) -> None:
        """The first one was bound alone, so that a port of somebody else's is never shared unnoticed."""
        self.first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        for _one in range(sockets - 1):
            self._others.append(_bound(self.address, is_shared=True))
        shared = (self.first, *self._others)
        for one in shared:
            one.setsockopt(socket.SOL_SOCKET, _TIMESTAMPNS, 1)
        _pick_at_random(self.first, len(shared))
        self._poll = select.epoll()
        self._by_number = {one.fileno(): one for one in shared}
        for number in self._by_number:
            self._poll.register(number, select.EPOLLIN)

    def _end_sharing(self) -> None:
        if self._poll is not None:
            self._poll.close()
            self._poll = None
        for one in self._others:
            one.close()
        self._others.clear()

    def _read_shared(self, poll: "select.epoll", limit: int) -> list[Datagram]:
        """Until none has anything: only then nothing older than what was read can still wait in another one."""
        read: list[tuple[int, Datagram]] = []
        while limit > 0 and (ready := poll.poll(0)):
            for number, _event in ready:
                limit -= self._read_stamped(self._by_number[number], limit, read)
        read.sort(key=itemgetter(0))
        return [datagram for _at, datagram in read]

    def _read_stamped(self, one: socket.socket, limit: int, read: list[tuple[int, Datagram]]) -> int:
        """Bytes added to `read`, each datagram with the nanoseconds at which it came."""
        added = 0
        while added < limit:
            try:
                size, ancillary, _, address = one.recvmsg_into([self._buffer], socket.CMSG_SPACE(_TIMESPEC.size))
            except BlockingIOError:
                break
            seconds, nanoseconds = _TIMESPEC.unpack(ancillary[0][2])
            read.append((seconds * _NANOSECONDS + nanoseconds, (bytes(self._buffer[:size]), address)))
            added += size + _UPKEEP
        return added


def _bound(bind: Address, *, is_shared: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind[0] else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        if is_shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(bind)
    except OSError:
        made.close()
        raise
    return made


def _pick_at_random(one: socket.socket, sockets: int) -> None:
    """Otherwise the sender's address would choose the socket, and one PBX would always fill the same one."""
    load_random, modulo, answer = (0x20, 0xFFFFF000 + 56), (0x94, sockets), (0x16, 0)  # BPF: ld rand; mod #n; ret a
    code = b"".join(struct.pack("=HBBI", name, 0, 0, value) for name, value in (load_random, modulo, answer))
    program = ctypes.create_string_buffer(code, len(code))
    one.setsockopt(socket.SOL_SOCKET, _ATTACH_REUSEPORT_CBPF, struct.pack("@HP", 3, ctypes.addressof(program)))
