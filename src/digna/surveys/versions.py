"""The questions of a version, read once a process: a version never changes."""

import functools
import uuid

from digna.surveys.models import FormVersion, SurveyForm
from digna.surveys.reading.definitions import Definition


@functools.lru_cache(maxsize=64)
def definition(key: uuid.UUID) -> Definition:
    """Return the questions of a version by its public key."""
    return FormVersion.objects.only("definition").get(public_id=key).questions


def definition_for(form: SurveyForm, version: str) -> Definition:
    """Return the questions of the version that a submission names, else of the newest."""
    rows = FormVersion.objects.filter(form=form).order_by("-number")
    key = rows.filter(version=version).values_list("public_id", flat=True).first()
    return definition(key or rows.values_list("public_id", flat=True)[0])


def every(form: SurveyForm) -> list[Definition]:
    """Return the questions of all versions, the newest first."""
    rows = FormVersion.objects.filter(form=form).order_by("-number")
    return [definition(key) for key in rows.values_list("public_id", flat=True)]
