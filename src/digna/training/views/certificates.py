"""Certificates of attendance of a cycle: who earned one, before all are issued."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts.doors import door
from digna.certificates import attending
from digna.errors import Refused
from digna.journal import actor
from digna.training import access
from digna.training.forms.certificates import CertificatesForm
from digna.training.services import certificates


@door(access.EDIT)
def issue_certificates(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who came to how much, and a button that issues to whoever came to enough."""
    row = access.cycle(request.user, key, access.EDIT)
    form = CertificatesForm(request.POST or None, initial={"least_share": attending.LEAST_SHARE})
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = certificates.issue_certificates(actor=who, cycle=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            count = len(made)
            told = ngettext("Emitimos %(n)s certificado.", "Emitimos %(n)s certificados.", count)
            messages.success(request, told % {"n": count})
            return redirect("training:issue_certificates", row.public_id)
    found, held = certificates.attenders(row)
    context = {
        "cycle": row,
        "form": form,
        "attenders": found,
        "held": held,
        "title": _("Certificados"),
    }
    template = "training/issue_certificates.html"
    return render(request, template, context, status=422 if form.errors else 200)
