"""Whether the network has verified the caller's number: `verstat`, 3GPP TS 24.229 section 7.2A.20.

It is a parameter of the number, so it stands in tel: URIs and in the user part of sip: URIs; some carriers put it
behind the host or outside the angle brackets. Whoever is not trusted can write it as well.
"""

import re

from cti.events import Verstat
from cti.sip.grammar import param
from cti.sip.headers import NameAddr

# Carriers append the attestation (-A, -B, -C) and more (-Diverted): the number was checked all the same.
_WORDS = (
    (re.compile("tn-validation-failed(?:-.*)?", re.IGNORECASE), Verstat.FAILED),
    (re.compile("tn-validation-passed(?:-.*)?", re.IGNORECASE), Verstat.VERIFIED),
)


def read_verstat(address: NameAddr) -> Verstat | None:
    """What is said of this number; where two places disagree, it has failed. "No-TN-Validation" says nothing."""
    uri = address.uri
    said = [param(params, "verstat") or "" for params in (uri.user_params, uri.params, address.params)]
    return next((verstat for word, verstat in _WORDS if any(map(word.fullmatch, said))), None)
