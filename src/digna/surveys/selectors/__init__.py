"""Reads of this room, shaped for telephones and for pages."""

from django.db.models import OuterRef, QuerySet, Subquery

from digna.programmes.models import Programme
from digna.surveys.models import FormVersion, SurveyForm


def offered(programme: Programme, form_id: str = "") -> QuerySet[FormVersion]:
    """Return the newest version of each open form of a programme."""
    newest = FormVersion.objects.filter(form=OuterRef("form")).order_by("-number").values("pk")[:1]
    rows = FormVersion.objects.filter(
        form__programme=programme, form__state=SurveyForm.State.OPEN, pk=Subquery(newest)
    )
    rows = rows.filter(form__form_id=form_id) if form_id else rows
    return rows.select_related("form").prefetch_related("media").order_by("form__form_id")


def fetchable(programme: Programme) -> QuerySet[FormVersion]:
    """Return the versions that a telephone may still fetch: of forms that are offered."""
    return FormVersion.objects.filter(
        form__programme=programme, form__state=SurveyForm.State.OPEN
    ).prefetch_related("media")
