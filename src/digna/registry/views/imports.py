"""Importing a spreadsheet in four steps: file, columns, review, done."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access, exports, tasks
from digna.registry.forms import ColumnsForm, ConfirmForm, UploadForm
from digna.registry.selectors import imports as shown
from digna.registry.selectors import lists
from digna.registry.services import imports as services


@door(access.IMPORT)
def imports_list(request: HttpRequest) -> HttpResponse:
    """Imports so far."""
    return render(request, "registry/imports.html", {"page": lists.batches_page(request)})


@door(access.IMPORT)
def upload(request: HttpRequest) -> HttpResponse:
    """Step 1: the file."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": "people"})
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = services.receive(
                actor=actor.of_request(request, intention=form.intended),
                kind=form.cleaned_data["kind"],
                file_name=file.name,
                content=file.read(),
                partner=form.cleaned_data["partner"],
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("registry:columns", batch.public_id)
    return render(request, "registry/upload.html", {"form": form})


@door(access.IMPORT)
def columns(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Step 2: what each column means."""
    batch = access.import_batch(request.user, key)
    services.refuse_unless(batch, *services.MAPPABLE)
    layout = shown.layout(batch, request.GET)
    form = ColumnsForm(
        request.POST or None, kind=batch.kind, header=layout.header, guessed=layout.guessed
    )
    if form.is_valid():
        try:
            services.set_columns(
                actor=actor.of_request(request, intention=form.intended),
                batch=batch,
                sheet=layout.sheet,
                header_row=layout.header_row,
                mapping=form.mapping,
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            tasks.check_import.enqueue(batch.pk, request.user.pk)
            return redirect("registry:import_batch", batch.public_id)
    return render(
        request, "registry/columns.html", {"form": form, "batch": batch, "layout": layout}
    )


@door(access.IMPORT)
def import_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Steps 3 and 4: every problem by cell, then what became of each row."""
    batch = access.import_batch(request.user, key)
    page = shown.batch_page(request, batch)
    return render(request, "registry/import_batch.html", {"page": page, "form": ConfirmForm()})


@door(access.IMPORT)
def progress(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far the work is: a fragment asked for again and again; reloads the page at the end."""
    batch = access.import_batch(request.user, key)
    response = render(request, "registry/import_progress.html", {"working": shown.working(batch)})
    if batch.state not in {"checking", "running"}:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@door(access.IMPORT)
def start(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let the valid rows in."""
    batch = access.import_batch(request.user, key)
    form = ConfirmForm(request.POST)
    form.is_valid()
    try:
        services.start(actor=actor.of_request(request, intention=form.intended), batch=batch)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        tasks.run_import.enqueue(batch.pk, request.user.pk)
    return redirect("registry:import_batch", batch.public_id)


@door(access.IMPORT)
def failed_rows(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The rows that could not go in, as a spreadsheet to correct and send again."""
    return exports.failed_rows(access.import_batch(request.user, key))


@door(access.IMPORT)
def undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take the whole import out again."""
    batch = access.import_batch(request.user, key)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            services.undo(actor=actor.of_request(request, intention=form.intended), batch=batch)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La importación se deshizo."))
            return redirect("registry:import_batch", batch.public_id)
    return render(request, "registry/undo_import.html", {"form": form, "batch": batch})
