"""Who buys, the personal links by which they come in, and what they ask for."""

import secrets
import uuid
from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.linkages.labels import UNITS
from digna.programmes.models import Programme
from digna.registry.models import Organisation, Person
from digna.web.languages import either

HS_CODE = RegexValidator(r"^\d{6}(\d{2}|\d{4})?$", _("Escriba 6, 8 o 10 dígitos: 1008.50."))
"""The Harmonized System's subheading has six digits; countries add two or four of their own."""


class HsEdition(models.TextChoices):
    """The edition of the Harmonized System in which a code is read: codes change meaning."""

    HS2022 = "HS2022", "HS 2022"
    HS2017 = "HS2017", "HS 2017"


def new_token() -> str:
    """Return an unguessable token for an address that needs no account."""
    return secrets.token_urlsafe(18)


class Buyer(models.Model):
    """An organisation that buys: at home or abroad, a tractor company, a public purchaser."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("comprador nacional")
        FOREIGN = "foreign", _("comprador extranjero")
        TRACTOR = "tractor", _("empresa tractora")
        PUBLIC = "public", _("compra pública")
        PLATFORM = "platform", _("tienda o plataforma")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        related_name="buyer",
        verbose_name=_("organización"),
    )
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="buyers", verbose_name=_("programas")
    )
    kind = models.CharField(_("tipo"), max_length=8, choices=Kind.choices)
    country = models.CharField(
        _("país"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Escriba el código de dos letras: BO, DE."))],
    )
    city = models.CharField(_("ciudad"), max_length=80, blank=True)
    time_zone = models.CharField(_("zona horaria"), max_length=50, default="America/La_Paz")
    languages = models.JSONField(_("idiomas"), default=list, blank=True)
    contact = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="buying_for",
        verbose_name=_("persona de contacto"),
    )
    email = models.EmailField(_("correo público"), blank=True)
    phone = models.CharField(_("teléfono público"), max_length=20, blank=True)
    seeks_es = models.TextField(_("qué busca"), blank=True)
    seeks_en = models.TextField(_("qué busca, en inglés"), blank=True)
    supplier_programme = models.CharField(_("programa de proveedores"), max_length=160, blank=True)
    is_active = models.BooleanField(_("activo"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["organisation__name", "id"]
        verbose_name = _("comprador")
        verbose_name_plural = _("compradores")

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def seeks(self) -> str:
        """What is sought, in the language in use; the other one where there is no such text."""
        return either(self.seeks_es, self.seeks_en) or self.seeks_en

    @property
    def is_foreign(self) -> bool:
        """Whether a sale to this buyer leaves the country."""
        return self.country != "BO"


class BuyerLink(models.Model):
    """A personal link by which somebody of a buyer's comes in without an account."""

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(_("para quién"), max_length=120)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    language = models.CharField(_("idioma"), max_length=2, default="en")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_on = models.DateField(_("vale hasta"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(_("abierto por última vez"), null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("token",)

    class Meta:
        ordering: ClassVar = ["buyer_id", "id"]
        verbose_name = _("enlace de comprador")

    def __str__(self) -> str:
        return f"{self.name} ({self.buyer_id})"

    def works_on(self, day: date) -> bool:
        """Whether the link opens anything on a day."""
        return self.revoked_at is None and (self.expires_on is None or day <= self.expires_on)

    def was_seen_near(self, moment: datetime) -> bool:
        """Whether an opening was noted in the hour before: one note an hour is enough."""
        return self.seen_at is not None and (moment - self.seen_at).total_seconds() < 3600


class Demand(models.Model):
    """What a buyer asks for: product, quantity, price, requirements, until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    buyer = models.ForeignKey(
        Buyer, on_delete=models.PROTECT, related_name="demands", verbose_name=_("comprador")
    )
    product_es = models.CharField(_("producto"), max_length=160)
    product_en = models.CharField(_("producto, en inglés"), max_length=160, blank=True)
    details_es = models.TextField(_("detalles"), blank=True)
    details_en = models.TextField(_("detalles, en inglés"), blank=True)
    hs_code = models.CharField(_("código HS"), max_length=10, blank=True, validators=[HS_CODE])
    hs_edition = models.CharField(
        _("edición del HS"), max_length=6, choices=HsEdition.choices, default=HsEdition.HS2022
    )
    quantity_per_month = models.DecimalField(
        _("cantidad al mes"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unidad"), max_length=12, choices=UNITS, blank=True)
    price_wanted = models.DecimalField(
        _("precio que busca"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    price_unit = models.CharField(_("precio por"), max_length=12, choices=UNITS, blank=True)
    requirements = models.JSONField(
        _("requisitos"), default=list, blank=True, help_text="[{code, level: must|wish}]"
    )
    languages = models.JSONField(_("idiomas"), default=list, blank=True)
    months = models.JSONField(_("meses"), default=list, blank=True)
    delivery_place = models.CharField(_("lugar de entrega"), max_length=120, blank=True)
    valid_from = models.DateField(_("desde"))
    valid_until = models.DateField(_("hasta"), null=True, blank=True)
    is_published = models.BooleanField(_("publicada"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-valid_from", "-id"]
        verbose_name = _("demanda")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="linkages_demand_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.product

    @property
    def product(self) -> str:
        """What is asked for, in the language in use."""
        return either(self.product_es, self.product_en)

    @property
    def details(self) -> str:
        """More about it, in the language in use."""
        return either(self.details_es, self.details_en)

    def is_open_on(self, day: date) -> bool:
        """Whether it can be answered on a day."""
        ends = self.valid_until
        return self.is_published and self.valid_from <= day and (ends is None or day <= ends)
