"""What people agreed to: per purpose, with the very text they were shown."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digna.registry.models.enterprises import Enterprise
from digna.registry.models.people import Person


class ConsentText(models.Model):
    """A purpose, in one version and language. Never edited: a new wording is a new version."""

    purpose = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    text = models.TextField()
    is_required = models.BooleanField(default=False)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["purpose", "-version"]
        verbose_name = _("texto de consentimiento")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose", "version", "language"], name="registry_consenttext_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Consent(models.Model):
    """A yes or a no, dated. The latest per purpose holds; a withdrawal is a new no."""

    class Channel(models.TextChoices):
        FORM = "form", _("formulario")
        PAPER = "paper", _("papel firmado")
        SPOKEN = "spoken", _("de palabra")

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="answers")
    is_given = models.BooleanField(_("acepta"))
    at = models.DateTimeField()
    channel = models.CharField(max_length=6, choices=Channel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("consentimiento")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person=None, enterprise__isnull=False)
                | Q(person__isnull=False, enterprise=None),
                name="registry_consent_one_giver",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.is_given}"
