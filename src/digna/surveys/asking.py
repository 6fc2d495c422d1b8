"""How an export is wanted, and whether it is made while the person waits or by the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import translation

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.surveys import forms, tasks, versions
from digna.surveys.models import Export, Submission, SurveyForm
from digna.surveys.reading.tables import Wishes
from digna.surveys.selectors import submissions as selectors
from digna.surveys.selectors.submissions import Filters
from digna.surveys.services import exports

NAMES = ("formato", "como", "idioma", "separar", "q", "estado", "desde", "hasta", "mios")
TONGUE = "lengua"


@dataclass(frozen=True, slots=True)
class Asked:
    """An export as it is wanted: `plain` is what is kept of it, `tongue` the person's language."""

    plain: Mapping[str, str]
    wishes: Wishes
    filters: Filters
    tongue: str

    @property
    def kind(self) -> str:
        """`xlsx` or `csv`."""
        return "csv" if self.plain.get("formato") == "csv" else "xlsx"


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Return which submissions are asked for; what is no filter is left out."""
    form = forms.SearchForm(given)
    form.is_valid()
    told = form.cleaned_data
    return Filters(
        q=told.get("q", ""),
        state=told.get("estado", ""),
        since=told.get("desde"),
        until=told.get("hasta"),
        is_mine=bool(told.get("mios")),
    )


def languages(form: SurveyForm) -> list[str]:
    """Return the languages of a form, over all its versions."""
    found = versions.every(form)
    return list(dict.fromkeys(one for v in found for one in v.languages))


def read(form: SurveyForm, given: Mapping[str, Any]) -> Asked:
    """Return what is asked for, from an address, a form or an `Export`."""
    shape = forms.ExportForm(given, languages=languages(form))
    tongue = given.get(TONGUE) or translation.get_language() or settings.LANGUAGE_CODE
    plain = {name: str(given[name]) for name in NAMES if given.get(name)}
    return Asked(
        plain={**plain, TONGUE: tongue},
        wishes=shape.wishes if shape.is_valid() else Wishes(),
        filters=filters_of(given),
        tongue=tongue,
    )


def found(user: User, form: SurveyForm, asked: Asked) -> QuerySet[Submission]:
    """Return what goes into it: what `user` may read today, of what was asked for."""
    return selectors.submissions(user, form, asked.filters)


def is_large(count: int) -> bool:
    """Whether so many submissions take longer than somebody waits."""
    return count > settings.SURVEYS_EXPORT_AT_ONCE


def ask(actor: Actor, user: User, form: SurveyForm, plain: Mapping[str, str]) -> Export:
    """Have an export made; the same wish of the same person, while it runs, is the same export."""
    try:
        row = exports.ask(actor=actor, user=user, form=form, asked=plain)
    except IntegrityError:  # two presses at once: the other was first
        row = exports.ask(actor=actor, user=user, form=form, asked=plain)
    if row.asked_at == actor.at:
        tasks.make_export.enqueue(row.pk)
        row.refresh_from_db()
    return row
