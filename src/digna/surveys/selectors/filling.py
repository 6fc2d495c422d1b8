"""Reads for who fills: the forms on offer, what the office returned, what was typed today."""

from dataclasses import dataclass

from django.utils import timezone

from digna.accounts.models import User
from digna.surveys import access, taking_along
from digna.surveys.models import FormVersion, Submission, SurveyForm


@dataclass(frozen=True, slots=True)
class Returned:
    """A submission that came back with remarks, and what its correction needs."""

    submission: Submission
    comment: str
    revision: str
    files: tuple[str, ...]


def to_fill(user: object) -> list[FormVersion]:
    """Return the newest version of every open form that somebody may fill."""
    forms = access.fillable_forms(user).filter(state=SurveyForm.State.OPEN)
    return taking_along.newest(forms)


def returned(user: object, form: SurveyForm | None = None) -> list[Returned]:
    """Return one's own submissions that came back with remarks, of one form or of all."""
    if not isinstance(user, User):
        return []
    rows = access.visible_submissions(user).filter(
        user=user, state=Submission.State.HAS_ISSUES, has_clash=False
    )
    rows = rows if form is None else rows.filter(form=form)
    found = rows.select_related("form").prefetch_related(
        "reviews", "attachments", "versions__version__media"
    )
    return [_returned(one) for one in found[:50]]


def _returned(row: Submission) -> Returned:
    current = next((one.version for one in row.versions.all() if one.is_current), None)
    comments = (one.comment for one in row.reviews.all() if one.comment)
    return Returned(
        submission=row,
        comment=next(comments, ""),
        revision="" if current is None else taking_along.revision(current),
        files=tuple(one.name for one in row.attachments.all() if one.file),
    )


def typed_today(user: User, form: SurveyForm) -> int:
    """Return how many of a form somebody typed in from paper today."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Submission.objects.filter(
        form=form, user=user, source=Submission.Source.PAPER, received_at__gte=since
    ).count()
