"""Where a response goes (RFC 3261 section 18.2.2, RFC 3581): always to the address that asked."""

from cti.address import Address
from cti.sip.grammar import param
from cti.sip.headers import Via
from cti.sip.settings import TransportName


def response_destination(via: Via, peer: Address, transport: TransportName) -> Address:
    """The source address; over UDP its source port if "rport" asks for it, else the port of the Via.

    A connection is its source address and port. maddr and the Via's host are left aside: nobody can point our answers
    at a third party.
    """
    is_as_it_came = transport != "udp" or param(via.params, "rport") is not None
    return peer[0], peer[1] if is_as_it_came else via.port or 5060
