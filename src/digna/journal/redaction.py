"""Forgetting a person without breaking the chain: contents go, digests stay."""

from collections.abc import Collection
from datetime import datetime

from django.db import models

from digna.journal import record
from digna.journal.models import Change


def forget(*, model: type[models.Model], keys: Collection[int], at: datetime) -> int:
    """Blank the before and after of every change about these rows; return how many.

    Their digests remain, salted with a salt that is blanked too, so the chain verifies and the
    values cannot be guessed back. Runs inside a service, which records that it happened.
    """
    record.current()
    rows = Change.objects.filter(
        model=model._meta.label_lower, object_id__in=[str(key) for key in keys]
    )
    return models.QuerySet.update(rows, before=None, after=None, salt="", forgotten_at=at)
