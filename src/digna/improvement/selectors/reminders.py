"""What waits for a person in this room: doubtful data to ask about, plans to look at again."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts import rights
from digna.improvement import access
from digna.improvement.models import ContinuityPlan
from digna.improvement.selectors import reviews
from digna.web.numbers import number


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do and where."""

    what: str
    url: str
    icon: str


def of(user: object, today: date) -> list[Reminder]:
    """Return what this room reminds a person of; nothing for whoever cannot act on it."""
    found = []
    if rights.may(user, access.REVIEW):
        count = reviews.values(user).count() + reviews.savings(user).count()
        if count:
            what = ngettext("%(n)s dato por revisar", "%(n)s datos por revisar", count)
            url = reverse("improvement:reviews")
            found.append(Reminder(what % {"n": number(count)}, url, "circle-help"))
    if rights.may(user, access.RECORD):
        found += _plans(user, today)
    return found


def _plans(user: object, today: date) -> list[Reminder]:
    firms = access.visible_firms(user, access.RECORD).order_by().values("pk")
    due = ContinuityPlan.objects.filter(
        state=ContinuityPlan.State.APPROVED, review_due__lte=today, enterprise__in=firms
    ).select_related("enterprise")
    return [
        Reminder(
            _("Toca revisar el plan de continuidad de %(firm)s") % {"firm": plan.enterprise},
            reverse("improvement:plan", args=[plan.public_id]),
            "calendar",
        )
        for plan in due.order_by("review_due")[:5]
    ]
