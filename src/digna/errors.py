"""The catalogue of problems a person can meet, each with a code and a sentence.

`access` and `services` raise them; `web` translates them once, into a page, a fragment or sync
JSON. Codes are listed in `docs/errors.md`, which a house test keeps complete. Messages are
written when raised, in the user's language: what happened, where, what to do.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """A request that the domain does not grant, with a sentence for the person who asked."""

    status: ClassVar[int] = 422

    def __init__(self, code: str, message: str | Promise, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class NotVisible(DomainError):
    """The row does not exist, or not for this person: both look the same from outside."""

    status = 404


class NotAllowed(DomainError):
    """The person may see the thing and may not do this to it."""

    status = 403


class Refused(DomainError):
    """A rule of the domain says no; `field` in the details names the input, where there is one."""

    status = 422


class Clash(Refused):
    """Somebody else changed the same thing first."""

    status = 409
