"""Secrets of others that must be kept: encrypted, so that no copy of the tables tells them.

The key is made of the installation's own secret; when that is changed, what was sealed is lost.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(secret: str) -> str:
    """Encrypt ``secret``; "" stays ""."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Return what was sealed; "" if nothing was, or if it was sealed with another secret."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _box() -> Fernet:
    key = sha256(b"idesluss.ideas.sealing:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
