"""What somebody noted of a firm or a person on a day, with a photograph if there is one."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models.enterprises import Enterprise
from digna.registry.models.people import Person


class Note(models.Model):
    """A dated note on a firm, on a person, or on a person within a firm."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    on = models.DateField(_("fecha"))
    text = models.TextField(_("nota"))
    photo = models.FileField(_("foto"), upload_to="registry/notes/%Y/%m/", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("nota")
        verbose_name_plural = _("notas")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(enterprise__isnull=False) | Q(person__isnull=False),
                name="registry_note_of_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:40]}"
