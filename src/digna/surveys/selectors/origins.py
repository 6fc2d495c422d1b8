"""From which submission a row of another room came: read by the room that shows the row."""

from typing import Any

from digna.surveys import access
from digna.surveys.models import BindingOutcome, Submission


def submission_of(user: object, row: Any) -> Submission | None:
    """Return the submission whose approval made this row, where `user` may read it."""
    found = BindingOutcome.objects.filter(
        row_model=row._meta.label_lower, row_key=str(row.public_id), is_done=True
    ).filter(submission__in=access.visible_submissions(user).values("pk"))
    last = found.select_related("submission__form").order_by("-at", "-pk").first()
    return None if last is None else last.submission
