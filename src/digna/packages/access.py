"""Who brings packages in, who sees them, whose an attempt is."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import EVERYBODY_INSIDE, FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.packages.models import Package, PackageAttempt, PackageVersion
from digna.registry.models import Person
from digna.xapi import showing

SEE = rights.declare("packages.see", READERS | FIELD | {Role.MENTOR})
AUTHOR = rights.declare("packages.author", OFFICE)
PLAY = rights.declare("packages.play", EVERYBODY_INSIDE)
RESULTS = rights.declare("packages.results", READERS)


def _gone() -> NotVisible:
    return NotVisible("packages.not_visible", _("No hay tal paquete, o no le toca verlo."))


def visible_packages(user: object) -> QuerySet[Package]:
    """Return the packages on `user`'s list: authors see the withdrawn too."""
    if rights.may(user, AUTHOR):
        return Package.objects.all()
    if rights.may(user, PLAY):
        return Package.objects.filter(withdrawn_at=None)
    return Package.objects.none()


def package(user: object, key: uuid.UUID) -> Package:
    """Return one package that `user` may see."""
    row = visible_packages(user).filter(public_id=key).first()
    if row is None:
        raise _gone()
    return row


def version(user: object, key: uuid.UUID) -> PackageVersion:
    """Return one version of a package that `user` may see."""
    rows = PackageVersion.objects.filter(package__in=visible_packages(user).values("pk"))
    row = rows.select_related("package").filter(public_id=key).first()
    if row is None:
        raise _gone()
    return row


@dataclass(frozen=True, slots=True)
class Learner:
    """Whose an attempt is: a person of the register, or an account that stands for nobody there."""

    person: Person | None
    user: User | None

    @property
    def name(self) -> str:
        """What the player shows."""
        return str(self.person or self.user)

    @property
    def key(self) -> str:
        """What stands for them in learning records."""
        if self.person is not None:
            return str(self.person.public_id)
        return "" if self.user is None else f"{showing.ACCOUNT}{self.user.public_id}"


def learner(user: User) -> Learner:
    """Return who learns when `user` plays."""
    person = Person.objects.filter(account=user, erased_at=None, merged_into=None).first()
    return Learner(person, user)


def own_attempts(user: object) -> QuerySet[PackageAttempt]:
    """Return the attempts that are `user`'s own."""
    if not isinstance(user, User):
        return PackageAttempt.objects.none()
    return PackageAttempt.objects.filter(Q(user=user) | Q(person__account=user))


def attempt(user: object, key: uuid.UUID) -> PackageAttempt:
    """Return one attempt of `user`'s own: nobody plays for another."""
    rows = own_attempts(user).select_related("version__package", "person", "user")
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _gone()
    return row


def counted_attempts(user: object, row: Package) -> QuerySet[PackageAttempt]:
    """Return the attempts at a package that `user` may read: trials left out."""
    if not rights.reach(user, RESULTS).is_everything:
        return PackageAttempt.objects.none()
    return PackageAttempt.objects.filter(version__package=row, is_trial=False)
