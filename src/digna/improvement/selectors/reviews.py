"""What waits for a coordinator or M&E to ask about: doubtful values and savings."""

from django.db.models import QuerySet

from digna.improvement import access
from digna.improvement.models import Observation, Project


def values(user: object) -> QuerySet[Observation]:
    """Return the doubtful values of the user's firms, the oldest first."""
    firms = access.visible_firms(user, access.REVIEW).order_by().values("pk")
    rows = Observation.objects.standing().filter(
        review=Observation.Review.WAITING, board_kpi__enterprise__in=firms
    )
    return rows.select_related("board_kpi__enterprise", "version").order_by("entered_at", "pk")


def savings(user: object) -> QuerySet[Project]:
    """Return the doubtful savings of the user's firms, the oldest first."""
    firms = access.visible_firms(user, access.REVIEW).order_by().values("pk")
    rows = Project.objects.filter(review=Project.Review.WAITING, enterprise__in=firms)
    return rows.select_related("enterprise").order_by("created_at", "pk")
