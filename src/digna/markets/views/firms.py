"""A firm's own page of a market sheet: where it could sell, why, and what to do first."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.markets import access, delivering, firm_pages
from digna.markets.selectors import sheets as selectors


@door(access.FIRM)
def firm(request: HttpRequest, firm: uuid.UUID) -> HttpResponse:
    """The sheets approved, for this firm to choose one; its own product comes first."""
    enterprise = access.firm(request.user, firm)
    context = {"enterprise": enterprise, "cards": selectors.cards_for(enterprise)}
    return render(request, "markets/firm.html", context)


@door(access.FIRM)
def firm_sheet(request: HttpRequest, firm: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """One sheet told for one firm, in plain words."""
    enterprise = access.firm(request.user, firm)
    version = access.approved_version(key)
    context = {
        "enterprise": enterprise,
        "sheet": version.sheet,
        "page": firm_pages.page(version, enterprise),
    }
    return render(request, "markets/firm_sheet.html", context)


@door(access.FIRM)
def firm_paper(request: HttpRequest, firm: uuid.UUID, key: uuid.UUID, form: str) -> HttpResponse:
    """The same on one page of A4, or as a file for a telephone without connection."""
    enterprise = access.firm(request.user, firm)
    version = access.approved_version(key)
    if form not in ("pdf", "html"):
        raise NotVisible("markets.export.form", _("Hay pdf y html; no «%s».") % form)
    url = request.build_absolute_uri(
        reverse("markets:firm_sheet", args=[enterprise.public_id, version.sheet.public_id])
    )
    return delivering.deliver_firm(request, firm_pages.page(version, enterprise), form, url)
