"""Which telephone asks: by Digest, Basic, or the token in its address."""

import base64
import binascii
import hmac
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import NotAllowed, NotVisible
from digna.programmes.models import Programme
from digna.surveys import access, openrosa
from digna.surveys.models import AppKey
from digna.surveys.reading import digests
from digna.web import limits

NONCE_LASTS = 3600
USE_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and for which programme."""

    key: AppKey
    programme: Programme


class Challenged(openrosa.Unknown):
    """No good credentials; `stale` where only the challenge had grown old."""

    def __init__(self, *, stale: bool = False) -> None:
        super().__init__(
            "surveys.key.unknown",
            _(
                "El usuario o la clave no son correctos, o la clave fue retirada. Pida otra a la "
                "oficina."
            ),
            stale=stale,
        )


def caller(request: HttpRequest, *, programme: str = "", token: str = "") -> Caller:
    """Return who asks.

    Raises:
        Challenged (401), NotAllowed (403), NotVisible (404), TooOften (429).
    """
    if token:
        key = _by_token(request, token)
    else:
        row = Programme.objects.filter(code=programme).first()
        if row is None:
            raise _no_address()
        key = _by_header(request, row)
    if not key.user.is_active or not access.may_send(key.user, key.programme):
        raise NotAllowed(
            "surveys.key.beyond",
            _("Su rol ya no permite enviar formularios de este programa. Hable con la oficina."),
        )
    _note_use(key)
    return Caller(key, key.programme)


def challenge(request: HttpRequest, problem: Challenged) -> str:
    """Return the header that says how to come in: Basic only where nobody can listen."""
    nonce = digests.nonce(settings.SECRET_KEY, int(time.time()))
    told = f'Digest realm="{access.REALM}", qop="auth", nonce="{nonce}", algorithm=MD5'
    if problem.details.get("stale"):
        told += ", stale=true"
    if request.is_secure():
        told += f', Basic realm="{access.REALM}", charset="UTF-8"'
    return told


def _no_address() -> NotVisible:
    return NotVisible(
        "surveys.openrosa.no_address",
        _("Esa dirección no existe. Copie la que le dio la oficina, completa."),
    )


def _by_token(request: HttpRequest, token: str) -> AppKey:
    rows = AppKey.objects.select_related("user", "programme")
    row = rows.filter(token_hash=access.hash_of(token)).first()
    if row is None:
        limits.count_try(request, "surveys.token")
        raise _no_address()
    if row.revoked_at is not None:
        raise NotAllowed(
            "surveys.key.revoked", _("Esta clave fue retirada. Pida otra a la oficina.")
        )
    return row


def _by_header(request: HttpRequest, programme: Programme) -> AppKey:
    kind, _space, told = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "digest":
        return _digest(request, programme, told)
    if kind.lower() == "basic":
        return _basic(request, programme, told)
    raise Challenged


def _key(programme: Programme, name: str) -> AppKey | None:
    if "\x00" in name:
        return None
    rows = AppKey.objects.select_related("user", "programme")
    return rows.filter(programme=programme, name=name, revoked_at=None).first()


def _digest(request: HttpRequest, programme: Programme, told: str) -> AppKey:
    given = digests.read(told)
    if given is None or given.realm != access.REALM or not digests.is_for(given, request.path):
        raise Challenged
    key = _key(programme, given.username)
    method = str(request.method)
    if key is None or not digests.is_right(given, ha1=key.ha1, method=method):
        limits.count_try(request, f"surveys.key:{given.username}")
        raise Challenged
    age = digests.age(given.nonce, settings.SECRET_KEY, int(time.time()))
    if age is None or not -60 <= age <= NONCE_LASTS:
        raise Challenged(stale=True)
    return key


def _basic(request: HttpRequest, programme: Programme, told: str) -> AppKey:
    try:
        name, _colon, password = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as problem:
        raise Challenged from problem
    key = _key(programme, name)
    wanted = digests.ha1(name, access.REALM, password)
    if key is None or not hmac.compare_digest(key.ha1, wanted):
        limits.count_try(request, f"surveys.key:{name}")
        raise Challenged
    return key


def _note_use(key: AppKey) -> None:
    """Keep when a key was last used, to the hour: not a change that anybody made."""
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > USE_NOTED_EVERY:
        AppKey.objects.filter(pk=key.pk).update(last_used_at=now)
