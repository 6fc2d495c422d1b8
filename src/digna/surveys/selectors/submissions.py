"""Submissions as their pages show them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from digna.accounts.models import User
from digna.surveys import access, binding, lists, versions
from digna.surveys.models import (
    Attachment,
    BindingOutcome,
    Export,
    FormMedia,
    Submission,
    SubmissionVersion,
    SurveyForm,
)
from digna.surveys.reading import answers, instances, live, trees
from digna.surveys.reading.answers import Answer
from digna.surveys.reading.definitions import Choice, Definition

STATES = {
    "recibidos": "received",
    "observados": "has_issues",
    "aprobados": "approved",
    "rechazados": "rejected",
}
MOST_CHOICES = 50_000
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list or an export is asked for."""

    q: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    is_mine: bool = False


def submissions(user: object, form: SurveyForm, filters: Filters) -> QuerySet[Submission]:
    """Return the submissions of a form that `user` may read and that suit."""
    rows = access.visible_submissions(user).filter(form=form)
    if filters.q:
        rows = rows.filter(Q(name__icontains=filters.q) | Q(instance_id__icontains=filters.q))
    if filters.state in STATES:
        rows = rows.filter(state=STATES[filters.state])
    if filters.since is not None:
        rows = rows.filter(received_at__gte=_midnight(filters.since))
    if filters.until is not None:
        rows = rows.filter(received_at__lte=_midnight(filters.until, end=True))
    if filters.is_mine:
        rows = rows.filter(user=user if isinstance(user, User) else None)
    return rows.select_related("user")


def _midnight(day: date, *, end: bool = False) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max if end else time.min))


def exports(user: object, form: SurveyForm) -> list[Export]:
    """Return the large exports of a form that `user` asked for lately, the newest first."""
    rows = access.visible_exports(user).filter(form=form)
    return list(rows.exclude(state__in=(Export.State.EXPIRED, Export.State.CANCELLED))[:MOST_SHOWN])


def lacking_counts(rows: Sequence[Submission]) -> dict[int, int]:
    """Return how many announced files each of these still lacks."""
    found = Attachment.objects.filter(submission__in=rows, file="").values("submission")
    return dict(found.annotate(n=Count("pk")).values_list("submission", "n"))


@dataclass(frozen=True, slots=True)
class Became:
    """What an approved submission led to, and where it is shown; "" where nothing shows it."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One submission as its page shows it."""

    submission: Submission
    current: SubmissionVersion
    definition: Definition
    answers: list[Answer]
    files: dict[str, Attachment]
    others: list[Attachment]
    history: list[SubmissionVersion]
    reviews: list[Any]
    outcomes: list[Became]


def page(submission: Submission, language: str) -> Page:
    """Return a submission with its answers in a language of its form."""
    history = list(submission.versions.defer("xml").select_related("user", "version"))
    current = submission.versions.select_related("version").get(is_current=True)
    root = trees.parse(current.plain, most=instances.MOST_XML)
    definition = versions.definition_for(submission.form, root.get("version", ""))
    told = answers.told(
        definition,
        root,
        language or definition.default_language,
        file_lists(submission.form, chosen_in(definition, root)),
    )
    files = {row.name: row for row in submission.attachments.all()}
    named = {a.attached for a in told}
    return Page(
        submission=submission,
        current=current,
        definition=definition,
        answers=told,
        files=files,
        others=[row for name, row in files.items() if name not in named],
        history=history,
        reviews=list(submission.reviews.select_related("by")),
        outcomes=[_became(row) for row in submission.outcomes.all()],
    )


def _became(row: BindingOutcome) -> Became:
    page = binding.pages().get(row.row_model, "")
    return Became(row.sentence, reverse(page, args=[row.row_key]) if page else "")


def file_lists(form: SurveyForm, chosen: set[str] | None = None) -> dict[str, tuple[Choice, ...]]:
    """Return the choices that a form reads from its csv files, by the file's name.

    Of the register's lists: what is in them and what left them since, as long as it has a name;
    `chosen` are the codes to look for where not all are wanted.
    """
    newest: dict[str, FormMedia] = {}
    rows = FormMedia.objects.filter(version__form=form, name__iendswith=".csv")
    for row in rows.order_by("version__number"):
        newest[row.name] = row
    found = {name: tuple(_choices(row)) for name, row in newest.items()}
    leaned_on = {one.name: one for version in versions.every(form) for one in lists.used(version)}
    for name, one in leaned_on.items():
        labels = one.labels(form.programme, chosen)
        found[name] = tuple(Choice(code, {"": label}) for code, label in labels.items())
    return found


def chosen_in(definition: Definition, root: trees.Element) -> set[str]:
    """Return the codes that a submission took from lists of the register."""
    nodes = [node for node in definition.questions() if live.is_live(node.list_name)]
    told = (value for node in nodes for value in instances.values_at(root, node.path))
    return {code for value in told for code in value.split()}


def _choices(row: FormMedia) -> list[Choice]:
    with row.file.open("rb") as file:
        text = io.StringIO(file.read().decode("utf-8-sig", "replace"))
    found = []
    for number, cells in enumerate(csv.DictReader(text)):
        if number >= MOST_CHOICES:
            break
        labels = {
            name.partition("::")[2]: value
            for name, value in cells.items()
            if name and value and name.split("::")[0] == "label"
        }
        found.append(Choice(cells.get("name") or "", labels))
    return found
