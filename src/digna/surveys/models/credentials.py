"""With what a telephone comes in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme


class AppKey(models.Model):
    """A key for one telephone of one person, in one programme; its secrets were shown once.

    `ha1` is what Digest needs of the password (docs/adr/0016); `token_hash` is of the link.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="app_keys",
        verbose_name=_("de quién"),
    )
    label = models.CharField(_("qué teléfono"), max_length=120)
    name = models.CharField(_("usuario"), max_length=40, unique=True)
    ha1 = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("retirada el"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("último uso"), null=True, blank=True)

    journal_hidden: ClassVar = ("ha1", "token_hash")

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        verbose_name = _("clave de aplicación")

    def __str__(self) -> str:
        return self.label
