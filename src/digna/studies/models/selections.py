"""Sector selections: sectors, criteria, people, rounds, answers, results and the decision."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.registry.models import Sector
from digna.registry.models.reference import Reference
from digna.web.languages import either

LOW, HIGH = 1, 5
"""The ends of every scale: anchored scores from 1 to 5."""


def new_token() -> str:
    """Return an unguessable token for an address that needs no account."""
    return secrets.token_urlsafe(12)


class Scheme(Reference):
    """A published way of choosing sectors, as a kit brought it: dimensions, criteria, anchors."""

    code = models.SlugField(max_length=60, unique=True)
    name_es = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    description_es = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    is_weight_confirmed = models.BooleanField(_("pesos confirmados"), default=False)
    content = models.JSONField(help_text="dimensions and criteria, in both languages")

    class Meta:
        ordering: ClassVar = ["name_es"]
        verbose_name = _("esquema de criterios")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use."""
        return either(self.name_es, self.name_en)

    @property
    def description(self) -> str:
        """The description in the language in use."""
        return either(self.description_es, self.description_en)


class Selection(models.Model):
    """One choosing of sectors, from the question to the decision. Once decided it is frozen."""

    class Weighting(models.TextChoices):
        POINTS = "points", _("repartir 100 puntos")
        SWING = "swing", _("valorar el cambio de peor a mejor (swing)")
        RANKING = "ranking", _("ordenar por importancia (ROC)")
        AHP = "ahp", _("comparar de a dos (AHP)")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("título"), max_length=200)
    question = models.TextField(_("pregunta"))
    scope = models.TextField(_("alcance"), blank=True)
    held_on = models.DateField(_("fecha"))
    programmes = models.ManyToManyField(
        Programme, related_name="selections", verbose_name=_("programas")
    )
    weighting = models.CharField(
        _("cómo se dan los pesos"),
        max_length=8,
        choices=Weighting.choices,
        default=Weighting.POINTS,
    )
    seats = models.PositiveSmallIntegerField(_("sectores por elegir"), default=3)
    scheme = models.ForeignKey(Scheme, null=True, blank=True, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField(_("versión"), default=1)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-held_on", "-version", "-id"]
        verbose_name = _("selección de sectores")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="studies_selection_has_seats")
        ]

    def __str__(self) -> str:
        return self.title if self.version == 1 else f"{self.title} (v{self.version})"


class Candidate(models.Model):
    """A sector on the long list: one of the register's, or free words."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="candidates")
    sector = models.ForeignKey(Sector, null=True, blank=True, on_delete=models.PROTECT)
    name = models.CharField(_("nombre"), max_length=160)
    description = models.TextField(_("descripción"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("sector candidato")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "name"], name="studies_candidate_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The register's name in the language in use, or the words it was entered with."""
        return self.sector.name if self.sector is not None else self.name


class Criterion(models.Model):
    """What sectors are compared by, in this selection's own words; a knock-out is not scored."""

    class Direction(models.TextChoices):
        MORE = "max", _("más es mejor")
        LESS = "min", _("menos es mejor")

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=60)
    dimension = models.CharField(_("dimensión"), max_length=120, blank=True)
    dimension_en = models.CharField(max_length=120, blank=True)
    name = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    direction = models.CharField(
        _("sentido"), max_length=3, choices=Direction.choices, default=Direction.MORE
    )
    is_knock_out = models.BooleanField(_("excluyente"), default=False)
    anchors = models.JSONField(
        _("anclas"), default=list, blank=True, help_text="five sentences, of 1 to 5"
    )
    anchors_en = models.JSONField(default=list, blank=True)
    questions = models.JSONField(_("preguntas guía"), default=list, blank=True)
    questions_en = models.JSONField(default=list, blank=True)
    default_weight = models.DecimalField(
        _("peso de partida, %"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("criterio")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "code"], name="studies_criterion_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language in use."""
        return either(self.name, self.name_en)

    @property
    def group(self) -> str:
        """The dimension in the language in use."""
        return either(self.dimension, self.dimension_en)

    @property
    def told_anchors(self) -> list[str]:
        """The anchors in the language in use; Spanish where they were put in other words."""
        return list(_of_language(self.anchors, self.anchors_en))

    @property
    def told_questions(self) -> list[str]:
        """The guiding questions in the language in use, as `told_anchors`."""
        return list(_of_language(self.questions, self.questions_en))


def _of_language(spanish: list[str], english: list[str]) -> list[str]:
    is_english = (get_language() or "").startswith("en")
    return english if is_english and len(english) == len(spanish) else spanish


class Verdict(models.Model):
    """What a knock-out criterion says of one sector, and on what evidence."""

    class Outcome(models.TextChoices):
        PASSES = "passes", _("pasa")
        FAILS = "fails", _("queda fuera")
        UNKNOWN = "unknown", _("sin evidencia")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="verdicts")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="verdicts")
    outcome = models.CharField(_("veredicto"), max_length=8, choices=Outcome.choices)
    reason = models.TextField(_("por qué"), blank=True)
    evidence = models.JSONField(_("evidencia"), default=list, blank=True, help_text="public ids")

    class Meta:
        verbose_name = _("veredicto")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="studies_verdict_once")
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} by {self.criterion_id}: {self.outcome}"


class Seat(models.TextChoices):
    """For whom somebody evaluates."""

    GOVERNMENT = "government", _("gobierno")
    EMPLOYERS = "employers", _("empleadores")
    WORKERS = "workers", _("trabajadores")
    TECHNICAL = "technical", _("equipo técnico")


class Evaluator(models.Model):
    """Somebody who weighs and scores, through a link of their own and without an account."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="evaluators")
    name = models.CharField(_("nombre"), max_length=160)
    constituency = models.CharField(_("a quién representa"), max_length=10, choices=Seat.choices)
    organisation = models.CharField(_("organización"), max_length=160, blank=True)
    phone = models.CharField(_("celular"), max_length=20, blank=True)
    token = models.CharField(max_length=24, default=new_token, unique=True)
    left_at = models.DateTimeField(_("se retiró"), null=True, blank=True)
    answers_stand = models.BooleanField(_("sus respuestas valen"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    # Who holds the token answers in this person's name: the journal's readers must not.
    journal_hidden: ClassVar[tuple[str, ...]] = ("token", "phone")

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("persona evaluadora")

    def __str__(self) -> str:
        return self.name


class Round(models.Model):
    """A stretch in which everybody answers without seeing the others; closed, it is shown."""

    class Kind(models.TextChoices):
        WEIGHTS = "weights", _("pesos")
        SCORES = "scores", _("puntajes")

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="rounds")
    kind = models.CharField(_("de qué"), max_length=8, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("ronda"))
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the answers, when closed")

    class Meta:
        ordering: ClassVar = ["kind", "number"]
        verbose_name = _("ronda")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["selection", "kind", "number"], name="studies_round_once"
            ),
            models.UniqueConstraint(
                fields=["selection", "kind"],
                condition=Q(closed_at=None),
                name="studies_round_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.closed_at is None


class WeightVote(models.Model):
    """How much one criterion matters to one person: points, swing, place, or times another."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="weight_votes")
    evaluator = models.ForeignKey(Evaluator, on_delete=models.CASCADE, related_name="weight_votes")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    value = models.DecimalField(max_digits=12, decimal_places=6)
    at = models.DateTimeField(default=timezone.now)

    # Blind until the round closes, and the journal is read at any time; the round's hash seals it.
    journal_hidden: ClassVar[tuple[str, ...]] = ("value",)

    class Meta:
        verbose_name = _("voto de peso")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "evaluator", "criterion"],
                condition=Q(other=None),
                name="studies_weight_once",
            ),
            models.UniqueConstraint(
                fields=["round", "evaluator", "criterion", "other"], name="studies_pair_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="studies_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator_id} on {self.criterion_id}"


class Score(models.Model):
    """One person's score of one sector on one criterion; null is «no evidence», never zero."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="scores")
    evaluator = models.ForeignKey(Evaluator, on_delete=models.CASCADE, related_name="scores")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField(_("puntaje"), null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(_("seguridad"), null=True, blank=True)
    rationale = models.TextField(_("por qué"), blank=True)
    evidence = models.JSONField(_("evidencia"), default=list, blank=True, help_text="public ids")
    at = models.DateTimeField(default=timezone.now)

    # Blind until the round closes, and the journal is read at any time; the round's hash seals it.
    journal_hidden: ClassVar[tuple[str, ...]] = ("score", "confidence", "rationale", "evidence")

    class Meta:
        verbose_name = _("puntaje")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "evaluator", "candidate", "criterion"], name="studies_score_once"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=LOW, score__lte=HIGH),
                name="studies_score_on_scale",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=3),
                name="studies_confidence_on_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator_id}: {self.candidate_id} on {self.criterion_id}"


class DiscussionNote(models.Model):
    """What was said about a cell between two rounds."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="notes")
    candidate = models.ForeignKey(Candidate, null=True, blank=True, on_delete=models.CASCADE)
    criterion = models.ForeignKey(Criterion, null=True, blank=True, on_delete=models.CASCADE)
    text = models.TextField(_("qué se dijo"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        verbose_name = _("nota de discusión")

    def __str__(self) -> str:
        return self.text[:60]


class Outcome(models.Model):
    """A computed ranking as a snapshot: inputs, hash, engine, value. A new run is a new row."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="outcomes")
    inputs_sha256 = models.CharField(max_length=64)
    inputs = models.JSONField(help_text="numbers by place; people only by constituency")
    engine_version = models.CharField(max_length=20)
    value = models.JSONField()
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-computed_at", "-id"]
        get_latest_by: ClassVar = ["computed_at", "id"]
        verbose_name = _("resultado de selección")

    def __str__(self) -> str:
        return f"{self.selection_id}: {self.inputs_sha256[:8]}"


class Decision(models.Model):
    """What was decided, by whom, and why where it differs from the ranking. Never changed."""

    selection = models.OneToOneField(Selection, on_delete=models.CASCADE, related_name="decision")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="decisions")
    chosen = models.ManyToManyField(Candidate, related_name="+", verbose_name=_("elegidos"))
    differs = models.BooleanField(_("difiere del orden calculado"), default=False)
    justification = models.TextField(_("justificación"), blank=True)
    signatories = models.JSONField(_("firmas"), default=list)
    dissent = models.JSONField(_("disensos"), default=list, blank=True, help_text="who, text")
    decided_on = models.DateField(_("fecha"))
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decisión")

    def __str__(self) -> str:
        return f"{self.selection_id} on {self.decided_on}"
