"""What is noted in a firm without signal: a value, a project and its photos, a walked list."""

import uuid
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.fieldwork import Sent, Sheet, Work, declare
from digna.errors import NotVisible
from digna.improvement import access, forms
from digna.improvement.models import ChecklistRun, Instrument
from digna.improvement.services import checklists, measurements, projects
from digna.journal.actor import Actor
from digna.registry.models import Enterprise


def ready() -> None:
    """Offer this room's works to the field."""
    works = (
        ("numero", "improvement.kpi.recorded", open_value, False),
        ("mejora", "improvement.project.begun", open_project, False),
        ("avance", "improvement.project.changed", open_progress, True),
        ("foto", "improvement.project_photo.added", open_photo, False),
        ("recorrido", "improvement.checklist.walked", open_walk, False),
    )
    for slug, action, opens, changes in works:
        declare(Work(slug=slug, action=action, right=access.RECORD, open=opens, changes=changes))


def open_value(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """A value of a KPI of the board."""
    kpi = access.board_kpi(user, _uuid(key), access.RECORD)
    start, end = forms.month_before(day)
    form = forms.KpiForm(
        sent and sent.values,
        kpi=kpi,
        is_owner=not rights.may(user, access.COACH),
        initial={"period_start": start, "period_end": end},
    )
    version = kpi.instrument.current
    return _sheet(
        kpi.enterprise,
        form,
        str(kpi),
        lambda actor: measurements.record_kpi(actor=actor, board_kpi=kpi, **form.given),
        sentence=version.say("question") if version is not None else "",
        unprinted=frozenset(("confirmed_reason",)),
    )


def open_project(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """A new improvement project, with a photograph of how things stand."""
    firm = access.firm(user, _uuid(key), access.RECORD)
    form = forms.FieldProjectForm(
        sent and sent.values,
        sent and sent.files,
        enterprise=firm,
        initial={"starts_on": day, "area": "5s", "status": "doing"},
    )
    return _sheet(
        firm,
        form,
        _("Nueva mejora"),
        lambda actor: projects.add_with_photo(
            actor=actor, enterprise=firm, photo=form.photo(), **form.given_project
        ),
        sentence=_("Lo que no se sabe todavía se deja vacío y se completa después."),
    )


def open_progress(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """How a project goes: what was changed since it was taken along."""
    row = access.project(user, _uuid(key), access.RECORD)
    initial: dict[str, Any] = {name: getattr(row, name) for name in forms.SHOWN_PROJECT}
    initial["kpis"] = [kpi.pk for kpi in row.kpis.all()]
    initial["overlaps"] = row.overlaps_id
    form = forms.ProjectForm(
        sent and sent.values, enterprise=row.enterprise, but=row, initial=initial
    )
    return _sheet(
        row.enterprise,
        form,
        row.title,
        lambda actor: projects.change_project(actor=actor, project=row, **form.given),
    )


def open_photo(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """A photograph of a project, before or after."""
    row = access.project(user, _uuid(key), access.RECORD)
    form = forms.PhotoForm(sent and sent.values, sent and sent.files)
    return _sheet(
        row.enterprise,
        form,
        _("Foto · %(project)s") % {"project": row.title},
        lambda actor: projects.add_photo(
            actor=actor, project=row, moment=form.given["moment"], content=form.content()
        ),
    )


def open_walk(user: Any, key: str, sent: Sent | None, day: date) -> Sheet:
    """A checklist walked in a firm: begun, answered and closed in one go.

    `key` is the list's number; the firm is chosen on the page, so that one page serves them all.
    """
    instrument = _checklist(key)
    form = forms.WalkForm(
        sent and sent.values,
        sent and sent.files,
        instrument=instrument,
        firms=access.visible_firms(user, access.RECORD),
        initial={"on": day},
    )
    return Sheet(
        form=form,
        title=str(instrument),
        about=str(instrument),
        button=_("Guardar"),
        sentence=form.version.say("intro"),
        do=lambda actor: _walk(actor, instrument, form),
        template="improvement/walk.html",
        context={"groups": form.groups()},
        holds=form.holds,
        tables=form.on_paper,
    )


def _walk(actor: Actor, instrument: Instrument, form: forms.WalkForm) -> ChecklistRun:
    return checklists.walk(
        actor=actor,
        enterprise=form.cleaned_data["enterprise"],
        instrument=instrument,
        on=form.cleaned_data["on"],
        area=form.cleaned_data.get("area", ""),
        answers={code: checklists.Given(**found) for code, found in form.answers().items()},
        photos=form.photos(),
        is_closed=form.cleaned_data["is_closed"],
    )


def _sheet(firm: Enterprise, form: Any, title: str, do: Any, **more: Any) -> Sheet:
    return Sheet(
        form=form,
        title=title,
        about=f"{title} · {firm}",
        button=_("Guardar"),
        do=do,
        firm=firm.public_id,
        **more,
    )


def _checklist(text: str) -> Instrument:
    rows = Instrument.objects.filter(kind=Instrument.Kind.CHECKLIST, retired_on=None)
    row = rows.select_related("current").filter(pk=int(text)).first() if text.isdigit() else None
    if row is None or row.current is None:
        raise NotVisible("improvement.not_visible", _("No hay tal lista de verificación."))
    return row


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotVisible(
            "improvement.not_visible",
            _("No hay tal dato entre sus empresas, o no le toca verlo."),
        ) from None
