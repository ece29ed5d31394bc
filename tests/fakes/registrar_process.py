"""A registrar that is a program: `python -m tests.fakes.registrar_process HOST [NAME]`.

It writes the steady time and the Contact of each REGISTER that it grants, and forgets all of them when it ends. With a
NAME it is the name server of that domain too, at port 53 of HOST.
"""

import socket
import sys
import time

from tests.fakes.dns_server import DnsServer
from tests.fakes.sip_peer import FakeRegistrar, Heard


def main(host: str, name: str = "") -> None:
    if name:
        zone = {(f"_sip._udp.{name}", "SRV"): (60, [f"0 0 5060 {host}."])}
        DnsServer(zone, host, port=53).__enter__()
    registrar = FakeRegistrar(granted=60)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((host, 5060))
        sys.stdout.write("listening\n")
        while True:
            data, peer = sock.recvfrom(65_536)
            if not data.strip():
                continue
            answer = registrar.answer(data)
            sock.sendto(answer, peer)
            heard = Heard(data)
            if Heard(answer).status == 200 and heard.method == "REGISTER" and heard.field("Contact"):
                sys.stdout.write(f"{time.monotonic()} {heard.field('Contact')}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
