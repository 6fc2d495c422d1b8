"""Default deny, proved: every address of the installation asked by everybody of the cast.

Nothing here lists the screens. A room that adds one is tested by being mounted; it fails when the
view has no door, or when an address takes a parameter that nobody said how to fill.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlparse

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from cast import cast, client_of
from digna.accounts import doors, rights
from digna.web.doors import PUBLIC

pytestmark = pytest.mark.django_db

# How to fill a parameter: by its converter, or by its name where the converter says too little.
BY_CONVERTER: dict[type, Any] = {
    UUIDConverter: uuid.UUID(int=7),
    IntConverter: 999_999,
    SlugConverter: "no-existe",
}
BY_NAME = {
    "code": "0000-0000-0000",
    "form": "csv",
    "key": "no-existe",
    "uidb36": "zzz",
    "path": "no-existe",
    "slug": "no-existe",
    "token": "no-existe",
    "receipt": "no-existe",
    "format": "csv",
    "language": "es-bo",
    "department": "BO-L",
    "year": 2021,
    "exporter": "BOL",
    "product": "100850",
    "market": "DEU",
    "name": "no-existe.jpg",
    "digest": "no-existe",
}
GRANTED = {200, 302, 400, 404, 405, 409, 410, 422}
SIGN_IN = "/cuenta/login/"


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration, its view's door, and how it is reached."""

    pattern: str
    name: str
    door: str | None
    parameters: tuple[tuple[str, Any], ...]

    @property
    def url(self) -> str:
        return reverse(self.name, kwargs={name: _sample(name, c) for name, c in self.parameters})


def _sample(name: str, converter: Any) -> Any:
    by_type = BY_CONVERTER.get(type(converter))
    sample = by_type if by_type is not None else BY_NAME.get(name)
    assert sample is not None, f"say in BY_NAME how to fill the parameter {name!r}"
    return sample


def addresses() -> list[Address]:
    """Return every pattern that is mounted, allauth's too."""
    return list(_walk(get_resolver(), "", "", {}))


def _walk(
    resolver: URLResolver, prefix: str, namespace: str, above: dict[str, Any]
) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern, parameters = f"{prefix}{entry.pattern}", {**above, **_parameters(entry)}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner, parameters)
        else:
            name = f"{namespace}{entry.name}" if entry.name else ""
            door = doors.door_of(entry.callback)
            yield Address(pattern, name, door, tuple(sorted(parameters.items())))


def _parameters(entry: URLPattern | URLResolver) -> dict[str, Any]:
    """Return the parameters of one piece of an address, with what converts each (or None)."""
    named = entry.pattern.regex.groupindex
    return {**dict.fromkeys(named), **entry.pattern.converters}


def test_every_address_has_a_door() -> None:
    assert [a.pattern for a in addresses() if a.door is None] == []


def test_every_address_has_a_name_and_can_be_reached() -> None:
    assert len(addresses()) > 60
    for address in addresses():
        assert address.name, address.pattern
        assert resolve(urlparse(address.url).path).url_name, address.pattern


def test_every_door_is_a_declared_right_or_one_of_the_three() -> None:
    known = {PUBLIC, doors.SIGNED_IN, "package", *rights.RIGHTS}
    assert {a.door for a in addresses()} <= known


PARTS = (
    "lead", "mel", "coordinator", "other_coordinator", "trainer", "mentor", "owner", "auditor",
    "stranger",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_every_address_keeps_what_its_door_promises(part: str) -> None:
    """Ask every address as one of the cast; who is not let in is kept out of writing too."""
    user = dict(cast().everybody())[part]
    wrong = []
    for address in addresses():
        promised = _promise(address.door, user)
        for method, response in _asked(user, address.url, promised):
            if not _keeps(response, promised):
                wrong.append((address.name, address.door, promised, method, response.status_code))
    assert wrong == []


def _asked(user: Any, url: str, promised: str) -> Iterator[tuple[str, Any]]:
    """Yield the answers, each from a browser just opened."""
    response = client_of(user).get(url)
    must_stay_out = promised in ("refused", "to sign-in")
    if not (must_stay_out and response.status_code == 405):  # made for POST alone: told below
        yield "GET", response
    if must_stay_out:
        yield "POST", client_of(user).post(url)


def test_the_cast_has_all_its_parts() -> None:
    assert tuple(name for name, _user in cast().everybody()) == PARTS


def _promise(door: str | None, user: Any) -> str:
    if door == PUBLIC:
        return "open"
    if door == "package":
        return "guards itself"
    if user is None:
        return "to sign-in"
    if door == doors.SIGNED_IN or rights.may(user, rights.RIGHTS[str(door)]):
        return "open"
    return "refused"


def _keeps(response: Any, promised: str) -> bool:
    status = response.status_code
    to_sign_in = status == 302 and response["location"].startswith(SIGN_IN)
    return {
        "open": status in GRANTED and not to_sign_in,
        "guards itself": status < 500,
        "to sign-in": to_sign_in,
        "refused": status == 403,
    }[promised]
