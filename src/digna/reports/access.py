"""Who makes and reads which reports: the only way from a user and a key to a row.

A trainer: about herself. A coordinator: of the partners they answer for, and of those partners'
trainers in that partner's cycles alone. The office and the auditor: all, those on the programme
too. The auditor reads. The public reads what was published of a public programme.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.partners import access as partners
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.reports.models import Edition, Report
from digna.results import access as results
from digna.trainers.models import Trainer
from digna.training.models import CycleTrainer

SEE = rights.declare("reports.see", READERS | FIELD)
SEE_ALL = rights.declare("reports.see_all", READERS)
MAKE = rights.declare("reports.make", OFFICE | FIELD)
PUBLISH = rights.declare("reports.publish", {Role.LEAD})
OWN = rights.declare("reports.own", {Role.TRAINER})

Kind = Report.Kind


def visible_reports(user: object) -> QuerySet[Report]:
    """Return the reports that `user` may read."""
    rows = Report.objects.select_related("programme", "partner", "trainer")
    if not (isinstance(user, User) and rights.may(user, SEE)):
        return rows.none()
    if rights.reach(user, SEE_ALL).is_everything:
        return rows
    mine = partners.visible_partners(user).values("pk")
    programmes = results.visible_programmes(user, SEE_ALL).values("pk")
    own = Q(kind=Kind.TRAINER, trainer=user) if rights.may(user, OWN) else Q(pk__in=[])
    return rows.filter(
        own
        | Q(kind__in=[Kind.PARTNER, Kind.TRAINER], partner__in=mine)
        | Q(kind__in=[Kind.LOGFRAME, Kind.STATEMENT], programme__in=programmes)
    )


def report(user: object, key: uuid.UUID) -> Report:
    """Return one report, or say there is none for this user."""
    row = visible_reports(user).filter(public_id=key).first()
    if row is None:
        raise NotVisible("reports.not_visible", _("No hay tal informe, o no le toca verlo."))
    return row


def may_make(user: object) -> bool:
    """Whether `user` writes and issues the reports that they see; the auditor only reads."""
    return rights.may(user, MAKE)


def edition(user: object, key: uuid.UUID) -> Edition:
    """Return one edition of a report that `user` may read."""
    row = (
        Edition.objects.filter(report__in=visible_reports(user).values("pk"))
        .select_related("report__programme", "report__partner", "report__trainer", "issued_by")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise NotVisible("reports.not_visible", _("No hay tal edición, o no le toca verla."))
    return row


def kinds(user: object) -> tuple[str, ...]:
    """Return the kinds of report that `user` may make, in the order they are offered."""
    if not may_make(user):
        return ()
    found = []
    if rights.may(user, OWN) or partners_of(user).exists():
        found.append(Kind.TRAINER.value)
    if partners_of(user).exists():
        found.append(Kind.PARTNER.value)
    if programmes_of(user).exists():
        found += [Kind.LOGFRAME.value, Kind.STATEMENT.value]
    return tuple(found)


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners of which `user` may make a report."""
    return partners.visible_partners(user).order_by("name", "pk")


def programmes_of(user: object) -> QuerySet[Programme]:
    """Return the programmes of which `user` may make a report."""
    return results.visible_programmes(user, SEE_ALL).order_by("-starts_on", "name")


def trainers_of(user: object) -> QuerySet[User]:
    """Return the accounts of which `user` may make a trainer's report."""
    if not isinstance(user, User):
        return User.objects.none()
    if rights.reach(user, SEE_ALL).is_everything:
        delivered = CycleTrainer.objects.exclude(user=None).values("user")
        with_role = Q(memberships__role=Role.TRAINER)
        return User.objects.filter(Q(pk__in=delivered) | with_role).distinct().order_by("name")
    mine = Trainer.objects.filter(partner__in=partners_of(user).values("pk")).exclude(user=None)
    own = Q(pk=user.pk) if rights.may(user, OWN) else Q(pk__in=[])
    return User.objects.filter(own | Q(pk__in=mine.values("user"))).order_by("name")


def partner_of_trainer(user: object, trainer: User) -> Organisation | None:
    """Return the partner whose cycles alone a report on a trainer may hold; None for all of hers.

    Who answers for one partner sees what a trainer did for it, and nothing she did for another.
    """
    if trainer == user or rights.reach(user, SEE_ALL).is_everything:
        return None
    row = Trainer.objects.filter(user=trainer, partner__in=partners_of(user).values("pk")).first()
    if row is None or row.partner is None:
        raise NotVisible("reports.not_visible", _("No hay tal formador/a, o no le toca verlo."))
    return row.partner


def public_edition(programme: Programme) -> Edition | None:
    """Return the edition of a programme's statement that anybody may read, the newest."""
    return (
        Edition.objects.filter(
            report__programme=programme, report__kind=Kind.STATEMENT, state=Edition.State.PUBLISHED
        )
        .select_related("report")
        .order_by("-published_at", "-number")
        .first()
    )


def public_programme(code: str) -> Programme:
    """Return a programme that gives account in public; any other is as if there were none."""
    row = Programme.objects.filter(is_public=True, code=code).first()
    if row is None:
        raise NotVisible("reports.not_public", _("No hay tal programa entre los que se publican."))
    return row
