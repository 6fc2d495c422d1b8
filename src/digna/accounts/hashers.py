"""Argon2id sized for a small server."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallServerArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: OWASP's floor for argon2id."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1
