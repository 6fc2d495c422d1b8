"""People, the organisations they speak for, and the dated links between them."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models.reference import Place


class Sex(models.TextChoices):
    """As a person states it; blank is «sin dato», which is not «prefiere no decir»."""

    FEMALE = "female", _("mujer")
    MALE = "male", _("hombre")
    OTHER = "other", _("otra")
    UNDISCLOSED = "undisclosed", _("prefiere no decir")


class Constituency(models.TextChoices):
    """Whom an organisation represents, in the tripartite sense."""

    EMPLOYERS = "employers", _("empleadores")
    WORKERS = "workers", _("trabajadores")
    GOVERNMENT = "government", _("gobierno")
    OTHER = "other", _("otra")


class Organisation(models.Model):
    """A chamber, a union, a ministry, a partner that delivers, a funder."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nombre"), max_length=200)
    acronym = models.CharField(_("sigla"), max_length=30, blank=True)
    aliases = models.JSONField(default=list, blank=True)
    constituency = models.CharField(
        _("sector que representa"), max_length=10, choices=Constituency.choices, blank=True
    )
    is_partner = models.BooleanField(_("es socio ejecutor"), default=False)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    needs_review = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("organización")

    def __str__(self) -> str:
        return self.acronym or self.name


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of one table."""

    def living(self) -> Self:
        """Return records in use: not absorbed by a merge, not erased."""
        return self.filter(merged_into=None, erased_at=None)

    def in_departments(self, codes: frozenset[str]) -> Self:
        """Return people whose place is, or lies in, one of the departments."""
        return self.filter(Q(place__code__in=codes) | Q(place__parent__code__in=codes))


class Person(models.Model):
    """Somebody the programme met. Names as the person writes them; keys are hashes or E.164."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_names = models.CharField(_("nombres"), max_length=100)
    surnames = models.CharField(_("apellidos"), max_length=100, blank=True)
    sex = models.CharField(_("sexo"), max_length=11, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("fecha de nacimiento"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("año de nacimiento"), null=True, blank=True)
    document_hash = models.CharField(
        _("huella del documento"), max_length=64, blank=True, editable=False
    )
    document_hint = models.CharField(
        _("final del documento"), max_length=4, blank=True, editable=False
    )
    phone = models.CharField(_("celular"), max_length=16, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people_in_care",
        verbose_name=_("socio"),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absorbed",
        db_index=False,  # nearly all are null: as an index it only leads the planner astray
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("document_hash",)
    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["surnames", "given_names", "id"]
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        indexes: ClassVar = [
            # The list reads living records in this order; fifty rows without sorting 100,000.
            models.Index(
                fields=["surnames", "given_names", "id"],
                condition=Q(merged_into=None, erased_at=None),
                name="registry_person_by_name",
            ),
            models.Index(fields=["phone"], name="registry_person_by_phone"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document_hash"],
                condition=Q(merged_into=None, erased_at=None) & ~Q(document_hash=""),
                name="registry_person_document_once",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surnames first, as lists in Bolivia are kept."""
        if self.erased_at is not None:
            return str(_("(persona borrada)"))
        return f"{self.surnames}, {self.given_names}" if self.surnames else self.given_names

    def year_born(self) -> int | None:
        """The year of birth, from the date where there is one."""
        return self.birth_date.year if self.birth_date is not None else self.birth_year


class Affiliation(models.Model):
    """A dated link: this person, in this role, with this enterprise or organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("dueña/o")
        MANAGER = "manager", _("gerente")
        WORKER = "worker", _("trabajador/a")
        REPRESENTATIVE = "representative", _("representante")
        TRAINER = "trainer", _("formador/a")
        CONTACT = "contact", _("contacto")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    enterprise = models.ForeignKey(
        "registry.Enterprise",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="affiliations",
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="affiliations"
    )
    role = models.CharField(_("rol"), max_length=14, choices=Role.choices)
    starts_on = models.DateField(_("desde"), null=True, blank=True)
    ends_on = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "id"]
        verbose_name = _("vínculo")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(enterprise=None, organisation__isnull=False)
                | Q(enterprise__isnull=False, organisation=None),
                name="registry_affiliation_one_target",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None)
                | Q(starts_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="registry_affiliation_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

    @property
    def target(self) -> Any:
        """The enterprise or the organisation."""
        return self.enterprise or self.organisation

    def is_current_on(self, day: date) -> bool:
        """Whether the link holds on `day`; an open end holds for ever."""
        has_begun = self.starts_on is None or self.starts_on <= day
        return has_begun and (self.ends_on is None or day <= self.ends_on)
