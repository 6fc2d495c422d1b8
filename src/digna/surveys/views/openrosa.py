"""The addresses that telephones ask: list of forms, form, manifest, media, submission."""

import functools
import logging
import tempfile
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from digna.errors import DomainError, NotVisible
from digna.surveys import lists, openrosa, receiving, selectors, storing, telephones, versions
from digna.surveys.models import FormVersion
from digna.surveys.reading import attachments
from digna.surveys.telephones import Caller, Challenged
from digna.surveys.views import serving
from digna.web.doors import public

logger = logging.getLogger("digna.surveys")
Answer = Callable[..., HttpResponseBase]
ROOM = 64 * 1024  # for the multipart headers around what the limit counts
WAIT = "30"
"""Seconds until it is worth sending again."""


def resource(**methods: Answer) -> Callable[..., HttpResponseBase]:
    """Return the view of one address: telephones sign in themselves, no session is read."""

    @public
    @csrf_exempt
    def view(
        request: HttpRequest, /, programme: str = "", token: str = "", **more: Any
    ) -> HttpResponseBase:
        try:
            _hold_readable(request)
            caller = telephones.caller(request, programme=programme, token=token)
            answer = methods.get(str(request.method))
            if answer is None:
                raise openrosa.NotOffered("surveys.openrosa.method", _("Eso no se hace aquí."))
            ask = Ask(request, caller, programme, token)
            response = answer(ask, **more)
        except DomainError as problem:
            response = _refusal(request, problem)
        except (OperationalError, InterfaceError, OSError, MemoryError) as problem:
            # Wherever it met the end of the disk: noting when a key was last used, or a refusal.
            if isinstance(problem, OSError) and not storing.is_no_room(problem):
                raise
            logger.exception("no room or no database")
            response = _refusal(request, storing.no_room())
        return openrosa.dressed(response)

    return view


def _refusal(request: HttpRequest, problem: DomainError) -> HttpResponse:
    response = openrosa.of_problem(problem)
    response.status_code = problem.details.get("http", problem.status)
    if isinstance(problem, Challenged):
        response["WWW-Authenticate"] = telephones.challenge(request, problem)
    if response.status_code == storing.NoRoom.status:
        response["Retry-After"] = WAIT
    return response


def _hold_readable(request: HttpRequest) -> None:
    """Refuse what no telephone writes, and PostgreSQL cannot look for: U+0000."""
    told = (request.path, *request.GET.values(), request.headers.get("authorization", ""))
    if any("\x00" in one for one in told):
        raise openrosa.Unfit("surveys.openrosa.damaged", _("La dirección llegó dañada."))


class Ask:
    """One request of a telephone, and the addresses as it knows them."""

    def __init__(self, request: HttpRequest, caller: Caller, programme: str, token: str) -> None:
        self.request = request
        self.caller = caller
        self._through = (
            ("by_token", {"token": token}) if token else ("by_name", {"programme": programme})
        )

    def url(self, address: str, /, **more: Any) -> str:
        """Return an address of ours, whole, by the same door that was used."""
        door, told = self._through
        return self.request.build_absolute_uri(
            reverse(f"surveys:{door}_{address}", kwargs={**told, **more})
        )


def _list(ask: Ask) -> HttpResponseBase:
    wanted = ask.request.GET.get("formID", "")
    rows = []
    for version in selectors.offered(ask.caller.programme, wanted):
        row = {
            "formID": version.form.form_id,
            "name": version.form.title,
            "version": version.version,
            "hash": f"md5:{version.md5}",
        }
        if ask.request.GET.get("verbose", "").lower() == "true":
            row["descriptionText"] = version.note or version.form.title
        row["downloadUrl"] = ask.url("form", key=version.public_id)
        if version.media.all() or lists.used(versions.definition(version.public_id)):
            row["manifestUrl"] = ask.url("manifest", key=version.public_id)
        rows.append(row)
    return openrosa.listing(rows)


def _version(ask: Ask, key: uuid.UUID) -> FormVersion:
    row = selectors.fetchable(ask.caller.programme).filter(public_id=key).first()
    if row is None:
        raise NotVisible("surveys.openrosa.no_form", _("Ese formulario ya no se ofrece."))
    return row


def _form(ask: Ask, key: uuid.UUID) -> HttpResponseBase:
    return HttpResponse(_version(ask, key).plain, content_type=openrosa.XML)


def _manifest(ask: Ask, key: uuid.UUID) -> HttpResponseBase:
    version = _version(ask, key)
    files = [(media.name, media.md5) for media in version.media.all()]
    shelf = lists.Shelf(ask.caller.key.user)
    definition = versions.definition(version.public_id)
    made = shelf.contents(ask.caller.programme, definition)
    files += [(one.live.name, one.md5) for one in made]
    rows = [
        {
            "filename": name,
            "hash": f"md5:{md5}",
            "downloadUrl": ask.url("media", key=key, name=name),
        }
        for name, md5 in files
    ]
    return openrosa.manifest(rows)


def _media(ask: Ask, key: uuid.UUID, name: str) -> HttpResponseBase:
    version = _version(ask, key)
    live = next((x for x in lists.used(versions.definition(key)) if x.name == name), None)
    if live is not None:
        made = lists.Shelf(ask.caller.key.user).content(ask.caller.programme, live)
        return serving.live_list(ask.request, made)
    media = version.media.filter(name=name).first()
    if media is None:
        raise NotVisible("surveys.openrosa.no_form", _("Ese formulario ya no se ofrece."))
    kind = attachments.type_of(media.name) or "application/octet-stream"
    return FileResponse(
        media.file.open("rb"), as_attachment=True, filename=media.name, content_type=kind
    )


def _head(ask: Ask) -> HttpResponseBase:
    response = HttpResponse(status=204)
    response["Location"] = ask.url("submission")
    return response


def _post(ask: Ask) -> HttpResponseBase:
    request = ask.request
    most = settings.SURVEYS_MOST_BYTES + ROOM
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise receiving.too_big()
    if "chunked" in request.headers.get("transfer-encoding", "").lower():
        _gather(request, most)
    device = request.GET.get("deviceID", "")
    receiving.receive(request, ask.caller, device)
    return openrosa.said(_("Recibido. Gracias."), 201)


def _gather(request: HttpRequest, most: int) -> None:
    """Put a body of unknown length down, so that it can be read: Django reads none without one."""
    held = tempfile.SpooledTemporaryFile(max_size=2 * 1024 * 1024)  # noqa: SIM115 — read later
    source, size = request.META["wsgi.input"], 0
    for piece in iter(functools.partial(source.read, 64 * 1024), b""):
        size += len(piece)
        if size > most:
            raise receiving.too_big()
        held.write(piece)
    held.seek(0)
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = held  # type: ignore[assignment]


form_list = resource(GET=_list, HEAD=_list)
form = resource(GET=_form, HEAD=_form)
manifest = resource(GET=_manifest, HEAD=_manifest)
media = resource(GET=_media, HEAD=_media)
submission = resource(HEAD=_head, POST=_post)
