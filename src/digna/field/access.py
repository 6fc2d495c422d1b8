"""Who decides what the field asks: the office everywhere, a coordinator for their own.

A question about a firm or a person belongs to who may change that record; one about something new,
to who looks after the account that sent it.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Membership, Role, User
from digna.accounts.rights import OFFICE
from digna.errors import NotVisible
from digna.field.models import Arrival, ArrivalFile
from digna.registry import access as registry

DECIDE = rights.declare("field.decide", OFFICE | {Role.COORDINATOR})


def visible_arrivals(user: object) -> QuerySet[Arrival]:
    """Return the questions that `user` may decide, settled ones too."""
    rows = Arrival.objects.select_related("user", "enterprise", "person", "decided_by")
    reach = rights.reach(user, DECIDE)
    if reach.is_everything:
        return rows
    if not (reach and isinstance(user, User)):
        return rows.none()
    partners = {scope.partner for scope in reach.scopes if scope.partner}
    senders = Membership.objects.filter(partner__in=partners).values("user")
    firms = registry.visible_enterprises(user, registry.EDIT).values("pk")
    people = registry.visible_people(user, registry.EDIT).values("pk")
    return rows.filter(
        Q(enterprise__in=firms)
        | Q(person__in=people)
        | Q(enterprise=None, person=None, user__in=senders)
    )


def arrival(user: object, key: uuid.UUID) -> Arrival:
    """Return one question that `user` may decide."""
    row = visible_arrivals(user).filter(public_id=key).first()
    if row is None:
        raise NotVisible("field.arrival.not_visible", _("No hay tal pregunta, o no le toca verla."))
    return row


def arrival_file(user: object, key: uuid.UUID, number: int) -> ArrivalFile:
    """Return a file of one question that `user` may decide."""
    row = arrival(user, key).files.filter(pk=number).first()
    if row is None or not row.path.is_file():
        raise NotVisible("field.arrival.no_file", _("Ese archivo ya no está."))
    return row
