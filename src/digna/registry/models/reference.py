"""Reference facts that kits bring: places, sectors, legal forms, rules of size.

Each keeps where it was read, when it was checked and how sure we are.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from digna.web.languages import either


class Certainty(models.TextChoices):
    """How sure a reference fact is; a low one is shown as «por confirmar»."""

    HIGH = "high", _("alta")
    MEDIUM = "medium", _("media")
    LOW = "low", _("por confirmar")


class Reference(models.Model):
    """What every fact of a kit carries."""

    kit = models.CharField(max_length=40, blank=True)
    source = models.CharField(_("fuente"), max_length=200, blank=True)
    checked_on = models.DateField(_("verificado"), null=True, blank=True)
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM)

    class Meta:
        abstract = True


class Bilingual(Reference):
    """A reference fact with a Spanish and an English name."""

    name_es = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use; Spanish where there is no other."""
        return either(self.name_es, self.name_en)


class Place(Reference):
    """A country, a department or a municipality. Codes are text and keep their zeros."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("país")
        DEPARTMENT = "department", _("departamento")
        MUNICIPALITY = "municipality", _("municipio")

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("nombre"), max_length=120)
    aliases = models.JSONField(default=list, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    iso = models.CharField(max_length=6, blank=True)
    ine = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("lugar")

    def __str__(self) -> str:
        return self.name

    @property
    def department_code(self) -> str:
        """ISO 3166-2 code of the department it is or lies in; "" for a country."""
        if self.kind == self.Kind.DEPARTMENT:
            return self.code
        if self.kind == self.Kind.MUNICIPALITY and self.parent is not None:
            return self.parent.code
        return ""


class Sector(Bilingual):
    """A trade the programme works in, with its ISIC/CAEB classes."""

    code = models.CharField(max_length=40, unique=True)
    isic = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["name_es"]
        verbose_name = _("rubro")


class LegalForm(Bilingual):
    """What the law calls a firm: sole trader, limited company, association, cooperative…"""

    code = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering: ClassVar = ["name_es"]
        verbose_name = _("forma jurídica")


class SizeRule(Bilingual):
    """A dated rule that classes firms by size: several coexist, a firm's fact says which."""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    thresholds = models.JSONField()
    decides = models.CharField(max_length=20, default="highest")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="registry_sizerule_once")
        ]
