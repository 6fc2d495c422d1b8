"""Firms and the dated facts about them."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models.people import Organisation
from digna.registry.models.reference import LegalForm, Place, Sector


class SizeBand(models.TextChoices):
    """Bands that the size rules of kits decide between."""

    MICRO = "micro", _("micro")
    SMALL = "small", _("pequeña")
    MEDIUM = "medium", _("mediana")
    LARGE = "large", _("grande")


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Reads of one table."""

    def living(self) -> Self:
        """Return records in use: not absorbed by a merge."""
        return self.filter(merged_into=None)

    def in_departments(self, codes: frozenset[str]) -> Self:
        """Return firms whose place is, or lies in, one of the departments."""
        return self.filter(Q(place__code__in=codes) | Q(place__parent__code__in=codes))


class Enterprise(models.Model):
    """A firm, formal or not. `sector`, `legal_form` and `size_band` repeat its latest fact.

    The facts themselves, with date, method and the rule that classed them, are
    `EnterpriseFact`; services keep both in step.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=160)
    legal_name = models.CharField(_("razón social"), max_length=200, blank=True)
    nit = models.CharField(_("NIT"), max_length=15, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("rubro")
    )
    legal_form = models.ForeignKey(
        LegalForm,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("forma jurídica"),
    )
    size_band = models.CharField(_("tamaño"), max_length=6, choices=SizeBand.choices, blank=True)
    is_formal = models.BooleanField(_("formalizada"), null=True, blank=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    phone = models.CharField(_("celular"), max_length=16, blank=True)
    email = models.EmailField(_("correo"), blank=True)
    founded_on = models.DateField(_("fundada el"), null=True, blank=True)
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enterprises_in_care",
        verbose_name=_("socio"),
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

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        verbose_name = _("empresa")
        verbose_name_plural = _("empresas")
        indexes: ClassVar = [
            models.Index(
                fields=["name", "id"],
                condition=Q(merged_into=None),
                name="registry_enterprise_by_name",
            ),
            models.Index(fields=["phone"], name="registry_enterprise_by_phone"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nit"],
                condition=Q(merged_into=None) & ~Q(nit=""),
                name="registry_enterprise_nit_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseFact(models.Model):
    """One thing known about a firm on a date, how it is known and which rule decided it."""

    class Kind(models.TextChoices):
        SIZE_BAND = "size_band", _("tamaño")
        SECTOR = "sector", _("rubro")
        LEGAL_FORM = "legal_form", _("forma jurídica")
        FORMALITY = "formality", _("formalidad")
        ANNUAL_SALES = "annual_sales", _("ventas del año")
        ASSETS = "assets", _("activos productivos")
        EXPORTS = "exports", _("exportaciones del año")
        WORKERS_WOMEN = "workers_women", _("trabajadoras")
        WORKERS_MEN = "workers_men", _("trabajadores")

    class Method(models.TextChoices):
        RECORD = "record", _("registro contable")
        DECLARED = "declared", _("declarado")
        ESTIMATE = "estimate", _("estimado")
        RULE = "rule", _("regla")

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    on = models.DateField(_("fecha"))
    number = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    text = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.DECLARED)
    rule = models.CharField(max_length=40, blank=True)
    rule_version = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "kind", "-id"]
        verbose_name = _("dato de la empresa")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(text=""),
                name="registry_fact_has_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"

    @property
    def said(self) -> str:
        """The fact's text in words: a size band or formality; codes of tables as they are."""
        words = dict(SizeBand.choices) | {"formal": _("formal"), "informal": _("informal")}
        return str(words.get(self.text, self.text))
