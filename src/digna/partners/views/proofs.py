"""The documents that prove something, served by the rule of the partner they belong to."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.partners import access
from digna.partners.models import Asset, Judgement, OwnBudget, TransitionAction

HOLDERS = {
    "lectura": (Judgement, "file"),
    "partida": (OwnBudget, "file"),
    "accion": (TransitionAction, "file"),
    "acta": (Asset, "receipt"),
}


@door(access.SEE)
def proof(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """One document."""
    if slug not in HOLDERS:
        raise NotVisible("partners.not_visible", _("No hay tal documento."))
    model, name = HOLDERS[slug]
    row = access.of_partner(request.user, model, key, access.SEE)
    file = getattr(row, name)
    if not file:
        raise NotVisible("partners.not_visible", _("No hay tal documento."))
    kind = "application/pdf" if file.name.endswith(".pdf") else "image/jpeg"
    response = FileResponse(file.open("rb"), content_type=kind)
    response["Content-Disposition"] = "inline"
    return response
