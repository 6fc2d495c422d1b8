"""Results chains: what is done, what it brings about, why anybody thinks so, and what they found.

A part that is taken out stays, marked with when, and can be put back. Keys (`public_id`) are a
part's identity in every saved version; its words are not.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme, StrategicArea
from digna.results.models.figures import Indicator
from digna.studies.models.assessments import Study
from digna.web.languages import either


class ResultsChain(models.Model):
    """The story of one intervention, from what is done to what gets better."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="results_chains"
    )
    name_es = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    area = models.ForeignKey(
        StrategicArea, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    study = models.ForeignKey(Study, null=True, blank=True, on_delete=models.SET_NULL)
    intervention = models.CharField(_("intervención"), max_length=160, blank=True)
    gender = models.TextField(_("mujeres y hombres"), blank=True)
    displacement = models.TextField(_("a quién podría perjudicar"), blank=True)
    review_months = models.PositiveSmallIntegerField(_("se revisa cada (meses)"), default=12)
    kit_code = models.SlugField(
        max_length=60, blank=True, help_text="the example it began from; empty if begun by hand"
    )
    is_example = models.BooleanField(_("ejemplo sintético"), default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name_es", "id"]
        verbose_name = _("cadena de resultados")
        verbose_name_plural = _("cadenas de resultados")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "name_es"], name="results_chain_once")
        ]

    def __str__(self) -> str:
        return either(self.name_es, self.name_en)

    def get_absolute_url(self) -> str:
        """The page that draws it."""
        return reverse("results:chain", args=[self.programme.code, self.public_id])


class BoxSet(models.QuerySet["ChainBox"]):
    """Boxes of chains."""

    def standing(self) -> "BoxSet":
        """Those that were not taken out."""
        return self.filter(removed_at=None)


class ArrowSet(models.QuerySet["ChainArrow"]):
    """Arrows of chains."""

    def standing(self) -> "ArrowSet":
        """Those that were not taken out."""
        return self.filter(removed_at=None)


class ChainPart(models.Model):
    """A box or an arrow: taken out it is kept, and can be put back."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ChainBox(ChainPart):
    """One change that is claimed to happen, at its level."""

    class Level(models.TextChoices):
        ACTIVITY = "activity", _("actividad")
        OUTPUT = "output", _("producto")
        BEHAVIOUR = "behaviour", _("cambio en quienes actúan en el mercado")
        ENTERPRISE = "enterprise", _("desempeño de la empresa y condiciones de trabajo")
        IMPACT = "impact", _("impacto")

    chain = models.ForeignKey(ResultsChain, on_delete=models.CASCADE, related_name="boxes")
    level = models.CharField(_("nivel"), max_length=10, choices=Level.choices)
    statement_es = models.CharField(_("qué cambia"), max_length=240)
    statement_en = models.CharField(max_length=240, blank=True)
    order = models.PositiveSmallIntegerField(_("orden"), default=0)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="chain_boxes")
    objects = BoxSet.as_manager()

    class Meta:
        ordering: ClassVar = ["chain_id", "order", "id"]
        verbose_name = _("casilla")

    def __str__(self) -> str:
        return either(self.statement_es, self.statement_en)

    def get_absolute_url(self) -> str:
        """The page of the box."""
        return reverse("results:box", args=_address(self))


class ChainArrow(ChainPart):
    """The claim that one change brings about another."""

    class Strength(models.IntegerChoices):
        NONE = 0, _("ninguna: es una suposición")
        WEAK = 1, _("débil: una opinión o un caso")
        MEDIUM = 2, _("media: varias fuentes que coinciden")
        STRONG = 3, _("fuerte: medida con comparación")

    chain = models.ForeignKey(ResultsChain, on_delete=models.CASCADE, related_name="arrows")
    source = models.ForeignKey(ChainBox, on_delete=models.CASCADE, related_name="leading")
    target = models.ForeignKey(ChainBox, on_delete=models.CASCADE, related_name="coming")
    claim_es = models.CharField(_("por qué"), max_length=300, blank=True)
    claim_en = models.CharField(max_length=300, blank=True)
    strength = models.PositiveSmallIntegerField(
        _("fuerza de la evidencia"), choices=Strength.choices, null=True, blank=True
    )
    objects = ArrowSet.as_manager()

    class Meta:
        ordering: ClassVar = ["chain_id", "source__order", "target__order", "id"]
        verbose_name = _("flecha")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "target"],
                condition=Q(removed_at=None),
                name="results_chainarrow_once",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="results_chainarrow_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def get_absolute_url(self) -> str:
        """The page of the arrow."""
        return reverse("results:arrow", args=_address(self))

    @property
    def claim(self) -> str:
        """Why the one leads to the other, in the language in use."""
        return either(self.claim_es, self.claim_en)


def _address(part: "ChainBox | ChainArrow") -> list[Any]:
    return [part.chain.programme.code, part.chain.public_id, part.public_id]


class Attached(models.Model):
    """What hangs on a box or on an arrow, and on one of them alone."""

    box = models.ForeignKey(ChainBox, null=True, blank=True, on_delete=models.CASCADE)
    arrow = models.ForeignKey(ChainArrow, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        abstract = True
        default_related_name = "%(class)ss"

    @property
    def part(self) -> ChainBox | ChainArrow:
        """What it hangs on."""
        found = self.box or self.arrow
        if found is None:
            raise ValueError("attached to nothing: the constraint forbids it")
        return found


ONE_PART = Q(box=None, arrow__isnull=False) | Q(box__isnull=False, arrow=None)


class ChainAssumption(Attached):
    """What has to hold besides, and whether it was found to hold."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("sin revisar")
        HOLDS = "holds", _("se cumple")
        AT_RISK = "at_risk", _("en riesgo")
        BROKEN = "broken", _("roto")

    text_es = models.CharField(_("supuesto"), max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        _("estado"), max_length=8, choices=State.choices, default=State.UNKNOWN
    )
    evidence = models.CharField(_("cómo se sabe"), max_length=300, blank=True)
    since = models.DateField(_("desde"), null=True, blank=True)

    class Meta(Attached.Meta):
        ordering: ClassVar = ["id"]
        verbose_name = _("supuesto")
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_PART, name="results_chainassumption_of_one")
        ]

    def __str__(self) -> str:
        return either(self.text_es, self.text_en)


class ChainEvidence(Attached):
    """Something seen, read or measured that speaks for a box or an arrow."""

    text = models.CharField(_("evidencia"), max_length=300)
    link = models.URLField(_("enlace"), max_length=300, blank=True)
    on = models.DateField(_("fecha"), null=True, blank=True)
    who = models.CharField(_("de quién"), max_length=160, blank=True)

    class Meta(Attached.Meta):
        ordering: ClassVar = ["id"]
        verbose_name = _("evidencia de una cadena")
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_PART, name="results_chainevidence_of_one")
        ]

    def __str__(self) -> str:
        return self.text


class ChainReview(models.Model):
    """Somebody looked at the whole chain again, and what came of it."""

    chain = models.ForeignKey(ResultsChain, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    present = models.CharField(_("quiénes participaron"), max_length=300, blank=True)
    changed = models.TextField(_("qué cambió o se decidió"))
    next_on = models.DateField(_("próxima revisión"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("revisión de una cadena")

    def __str__(self) -> str:
        return f"{self.chain_id} {self.on}"


class ChainVersion(models.Model):
    """A chain as it stood, whole; never changed."""

    chain = models.ForeignKey(ResultsChain, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("nota"), max_length=200, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.JSONField(help_text="boxes and arrows by key, as `chain_documents` writes")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = _("versión de una cadena")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="results_chainversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} v{self.number}"
