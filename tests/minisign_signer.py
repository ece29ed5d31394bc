"""Signs as minisign does, written from its description; the test beside it compares with the program itself."""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Signer:
    """A throw-away key. `text` is what `public_key` under [updates] holds."""

    def __init__(self, key_id: bytes = b"12345678") -> None:
        self._key, self._id = Ed25519PrivateKey.generate(), key_id
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.text = base64.b64encode(b"Ed" + key_id + raw).decode()

    def sign(self, data: bytes, comment: str = "a release") -> bytes:
        """The file beside it."""
        one = self._key.sign(hashlib.blake2b(data).digest())
        whole = self._key.sign(one + comment.encode())
        lines = base64.b64encode(b"ED" + self._id + one).decode(), base64.b64encode(whole).decode()
        return f"untrusted comment: x\n{lines[0]}\ntrusted comment: {comment}\n{lines[1]}\n".encode()
