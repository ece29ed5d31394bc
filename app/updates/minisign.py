"""Signatures as minisign makes them (jedisct1.github.io/minisign): Ed25519 over BLAKE2b, with a signed comment.

The old kind without a hash is refused.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from app.updates.refusal import Refused, Why

_KEY, _SIGNATURE, _COMMENT = 42, 74, "trusted comment: "  # bytes: two letters, eight of the key's id, the rest


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signature counts; `key_id` has 8 bytes, `key` 32."""

    key_id: bytes
    key: bytes


def public_key(text: str) -> PublicKey | None:
    """The second line of a minisign.pub; None for anything else."""
    raw = _decoded(text.strip())
    return PublicKey(raw[2:10], raw[10:]) if len(raw) == _KEY and raw[:2] == b"Ed" else None


def verify(data: bytes, signature: bytes, wanted: PublicKey) -> str:
    """The trusted comment of a signature that is good. Raises Refused."""
    lines = signature.decode("utf-8", "replace").splitlines()
    if len(lines) < 4 or not lines[2].startswith(_COMMENT):
        raise Refused(Why.NOT_SIGNED)
    raw, whole, comment = _decoded(lines[1]), _decoded(lines[3]), lines[2].removeprefix(_COMMENT)
    if len(raw) != _SIGNATURE or raw[:2] != b"ED":
        raise Refused(Why.NOT_SIGNED)
    if raw[2:10] != wanted.key_id:
        raise Refused(Why.OTHER_KEY)
    _check(wanted.key, raw[10:], hashlib.blake2b(data).digest())
    _check(wanted.key, whole, raw[10:] + comment.encode())
    return comment


def _check(key: bytes, signature: bytes, data: bytes) -> None:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- not for every start
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415
    except ImportError as error:
        raise Refused(Why.NO_LIBRARY) from error
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except InvalidSignature as error:
        raise Refused(Why.BAD_SIGNATURE) from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
