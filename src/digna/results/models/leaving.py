"""What IATI asks of a programme and its records do not hold, and the files that were published."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.results.models.figures import Indicator


class OrganisationType(models.TextChoices):
    """Types of organisations, by their code in the standard."""

    GOVERNMENT = "10", _("gobierno nacional")
    LOCAL_GOVERNMENT = "11", _("gobierno local")
    OTHER_PUBLIC = "15", _("otra entidad pública")
    INTERNATIONAL_NGO = "21", _("ONG internacional")
    NATIONAL_NGO = "22", _("ONG nacional")
    REGIONAL_NGO = "23", _("ONG regional")
    PARTNER_COUNTRY_NGO = "24", _("ONG del país")
    PUBLIC_PRIVATE = "30", _("alianza público-privada")
    MULTILATERAL = "40", _("organismo multilateral")
    FOUNDATION = "60", _("fundación")
    PRIVATE = "70", _("sector privado")
    PRIVATE_PROVIDER = "71", _("sector privado del país donante")
    PRIVATE_RECIPIENT = "72", _("sector privado del país")
    PRIVATE_THIRD = "73", _("sector privado de un tercer país")
    ACADEMIC = "80", _("universidad o centro de investigación")
    OTHER = "90", _("otra")


class ActivityStatus(models.TextChoices):
    """How far an activity is, by its code in the standard."""

    PIPELINE = "1", _("en preparación")
    IMPLEMENTATION = "2", _("en ejecución")
    FINALISATION = "3", _("por cerrar cuentas")
    CLOSED = "4", _("terminada")
    CANCELLED = "5", _("cancelada")
    SUSPENDED = "6", _("suspendida")


class ResultType(models.TextChoices):
    """What a result is in the chain, by its code in the standard."""

    OUTPUT = "1", _("producto")
    OUTCOME = "2", _("efecto")
    IMPACT = "3", _("impacto")
    OTHER = "9", _("otro")


class IatiProfile(models.Model):
    """Who reports a programme and under which identifiers and codes. Empty is «falta»."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="iati_profile"
    )
    org_ref = models.CharField(_("identificador de la organización"), max_length=80, blank=True)
    org_name = models.CharField(_("organización que informa"), max_length=160, blank=True)
    org_type = models.CharField(
        _("tipo de organización"), max_length=2, choices=OrganisationType.choices, blank=True
    )
    is_accountable = models.BooleanField(_("responde por el programa"), default=False)
    activity_ref = models.CharField(_("identificador de la actividad"), max_length=120, blank=True)
    status = models.CharField(
        _("estado"), max_length=1, choices=ActivityStatus.choices, blank=True,
        help_text="empty: told by the programme's dates",
    )  # fmt: skip
    country = models.CharField(_("país"), max_length=2, blank=True)
    currency = models.CharField(_("moneda de la actividad"), max_length=3, blank=True)
    contact_name = models.CharField(_("contacto"), max_length=160, blank=True)
    contact_email = models.EmailField(_("correo de contacto"), blank=True)
    contact_phone = models.CharField(_("teléfono de contacto"), max_length=40, blank=True)
    contact_website = models.CharField(_("página de contacto"), max_length=200, blank=True)
    sectors = models.JSONField(default=list, blank=True, help_text="vocabulary, code, percentage")
    tags = models.JSONField(default=list, blank=True, help_text="vocabulary, code")
    references = models.JSONField(
        default=list,
        blank=True,
        help_text="indicator, vocabulary, code: what each one is elsewhere",
    )
    area_types = models.JSONField(default=dict, blank=True, help_text="area code → result type")
    organisations = models.JSONField(
        default=dict, blank=True, help_text="organisation key → ref and type"
    )

    class Meta:
        verbose_name = _("datos para IATI")
        verbose_name_plural = _("datos para IATI")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.org_ref}"


class Baseline(models.Model):
    """Where an indicator stood before the programme; in the unit in which it is shown."""

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="baseline")
    year = models.PositiveSmallIntegerField(_("año"))
    on = models.DateField(_("fecha"), null=True, blank=True)
    amount = models.DecimalField(_("valor"), max_digits=20, decimal_places=4, null=True, blank=True)
    comment = models.CharField(_("comentario"), max_length=300, blank=True)
    source = models.CharField(_("fuente"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["indicator_id"]
        verbose_name = _("línea de base de un indicador")
        verbose_name_plural = _("líneas de base de indicadores")

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


class IatiFile(models.Model):
    """A file that was published: as it was, never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="iati_files")
    file = models.FileField(upload_to="iati/%Y/%m/")
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    warning_count = models.PositiveIntegerField(default=0)
    not_checked_count = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        verbose_name = _("archivo IATI publicado")
        verbose_name_plural = _("archivos IATI publicados")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.sha256[:8]}"
