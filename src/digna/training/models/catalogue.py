"""Modules as they are taught: data with versions, never rewritten once a cycle stands on one."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.web.languages import either


class DeliveryMode(models.TextChoices):
    """How a module reaches the firms."""

    ON_SITE = "on_site", _("presencial")
    VIRTUAL = "virtual", _("virtual")
    BLENDED = "blended", _("mixta")
    SELF_PACED = "self_paced", _("a su ritmo")


class ModuleKind(models.TextChoices):
    """What sort of module it is; only classic and later ones ask for a first module."""

    CLASSIC = "classic", _("clásico")
    FIRST = "first", _("de entrada")
    LATER = "later", _("complementario")
    CRISIS = "crisis", _("crisis y continuidad")
    HOSPITALITY = "hospitality", _("hospedaje y restaurantes")
    SHORT = "short", _("sesiones cortas")


class ModuleQuerySet(models.QuerySet["Module"]):
    """Reads of one table."""

    def on_offer(self) -> "ModuleQuerySet":
        """Return the newest version of every module that is not retired."""
        return self.filter(is_current=True, is_retired=False)


class Module(models.Model):
    """One version of a module. Versions keep their code; a cycle keeps its version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("código"), max_length=40)
    version = models.PositiveSmallIntegerField(_("versión"), default=1)
    is_current = models.BooleanField(default=True)
    is_retired = models.BooleanField(_("fuera de la oferta"), default=False)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("tipo"), max_length=12, choices=ModuleKind.choices)
    variant_of = models.SlugField(
        _("variante de"), max_length=40, blank=True, help_text="code of the module it adapts"
    )
    name_es = models.CharField(_("nombre"), max_length=200)
    name_en = models.CharField(_("nombre en inglés"), max_length=200)
    aims_es = models.TextField(_("propósito"))
    aims_en = models.TextField(_("propósito en inglés"))
    needs = models.JSONField(
        _("requisitos"),
        default=list,
        blank=True,
        help_text="codes; one of them completed is enough",
    )
    size_bands = models.JSONField(_("tamaños de empresa"), default=list, blank=True)
    min_days = models.DecimalField(_("días de taller, mínimo"), max_digits=4, decimal_places=1)
    visits = models.PositiveSmallIntegerField(_("visitas"), default=3)
    delivery_modes = models.JSONField(_("modalidades"), default=list, blank=True)
    max_firms = models.PositiveSmallIntegerField(_("empresas por ciclo"), default=5)
    seats = models.PositiveSmallIntegerField(_("personas por empresa"), default=4)
    sessions = models.JSONField(
        _("sesiones"),
        default=list,
        blank=True,
        help_text="title, minutes and practice task of each, es and en",
    )
    areas = models.JSONField(
        _("pérdidas que trata"),
        default=list,
        blank=True,
        help_text="which intake problems it answers",
    )
    practices = models.JSONField(
        _("prácticas que trata"),
        default=list,
        blank=True,
        help_text="codes of practices it teaches",
    )
    licence_note_es = models.TextField(_("licencia de los materiales"), blank=True)
    licence_note_en = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    certainty = models.CharField(max_length=6, blank=True)
    kit = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ModuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "code", "-version"]
        verbose_name = _("módulo")
        verbose_name_plural = _("módulos")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version"], name="training_module_version_once"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="training_module_current_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use."""
        return either(self.name_es, self.name_en)

    @property
    def aims(self) -> str:
        """What it is for, in the language in use."""
        return either(self.aims_es, self.aims_en)

    @property
    def licence_note(self) -> str:
        """Whose the materials are, in the language in use."""
        return either(self.licence_note_es, self.licence_note_en)

    @property
    def told_sessions(self) -> list[dict[str, Any]]:
        """The sessions in the language in use: `title`, `minutes`, `task`."""
        return [
            {
                "title": either(s.get("title_es", ""), s.get("title_en", "")),
                "minutes": s.get("minutes"),
                "task": either(s.get("task_es", ""), s.get("task_en", "")),
            }
            for s in self.sessions
        ]
