"""Short codes people can read out: no letters or digits that look alike."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 7) -> str:
    """A random code, for example 7KX2MQD (30 ** 7 = 2e10 possibilities)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_token() -> str:
    """An unguessable token for links without a login (192 bits)."""
    return secrets.token_urlsafe(24)
