"""Where a response goes over UDP (RFC 3261 section 18.2.2, RFC 3581): always to the address that asked."""

from cti.sip.compose import Address
from cti.sip.grammar import param
from cti.sip.headers import Via


def response_destination(via: Via, peer: Address) -> Address:
    """The source address; its source port if "rport" asks for it, else the port of the Via.

    maddr and the Via's host are left aside: nobody can point our answers at a third party.
    """
    port = peer[1] if param(via.params, "rport") is not None else via.port or 5060
    return peer[0], port
