"""The ledger of quality: what was checked of each figure, what failed, what was verified."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.results.models.figures import Indicator, ReportingPeriod


class QualityRun(models.Model):
    """One run of every check over the figures of a period (null: to date). A new run is a new row.

    It is asked for, run by the worker and kept: what was known of a figure on a day stays known.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("en espera")
        DONE = "done", _("revisado")
        FAILED = "failed", _("no se pudo revisar")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="quality_runs")
    period = models.ForeignKey(
        ReportingPeriod,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="quality_runs",
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    as_of_line = models.BigIntegerField(default=0, help_text="last journal line it has seen")
    problem = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("revisión de calidad")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.state}"


class QualityCheck(models.Model):
    """What one rule found in the records behind one figure."""

    class Outcome(models.TextChoices):
        GOOD = "good", _("bien")
        FAIR = "fair", _("a medias")
        POOR = "poor", _("débil")
        NOT_APPLICABLE = "n/a", _("no aplica")
        NOT_RUN = "not run", _("no se pudo revisar")

    run = models.ForeignKey(QualityRun, on_delete=models.CASCADE, related_name="checks")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="checks")
    dimension = models.CharField(max_length=12)
    rule = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1, help_text="of the rule")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    checked = models.BigIntegerField(default=0)
    failing = models.BigIntegerField(default=0)
    record_kind = models.CharField(max_length=60, blank=True)
    records = models.BinaryField(null=True, blank=True, help_text="failing keys, see packing")
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["run_id", "indicator_id", "id"]
        verbose_name = _("control de calidad")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "indicator", "rule"], name="results_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.outcome}"


class QualityGrade(models.Model):
    """The letter of an indicator in a run, and what drew it down."""

    run = models.ForeignKey(QualityRun, on_delete=models.CASCADE, related_name="grades")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="grades")
    grade = models.CharField(max_length=1, blank=True, help_text="empty: too little was judged")
    weak = models.JSONField(default=list, blank=True)
    unjudged = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["run_id", "indicator_id"]
        verbose_name = _("nota de calidad")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "indicator"], name="results_grade_once")
        ]

    def __str__(self) -> str:
        return self.grade or "–"


class VerificationSample(models.Model):
    """Records of a figure drawn by lot, to be looked for and counted again where they happened."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="samples")
    period = models.ForeignKey(
        ReportingPeriod, null=True, blank=True, on_delete=models.CASCADE, related_name="samples"
    )
    seed = models.BigIntegerField(help_text="the same seed draws the same records again")
    population = models.BigIntegerField()
    margin = models.DecimalField(max_digits=4, decimal_places=3, help_text="0.05 is five points")
    record_kind = models.CharField(max_length=60)
    records_sha256 = models.CharField(max_length=64, help_text="of the records drawn from")
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-drawn_at", "-id"]
        verbose_name = _("muestra de verificación")

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.seed}"


class VerifiedRecord(models.Model):
    """One record of a sample, and what was found when somebody looked for it."""

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmado")
        DIFFERS = "differs", _("difiere")
        NOT_FOUND = "not found", _("no se encontró")

    sample = models.ForeignKey(VerificationSample, on_delete=models.CASCADE, related_name="records")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=80)
    result = models.CharField(max_length=9, choices=Result.choices, blank=True)
    reported = models.DecimalField(
        max_digits=20, decimal_places=4, null=True, blank=True, help_text="1 where it is counted"
    )
    recounted = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["sample_id", "place"]
        verbose_name = _("registro verificado")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "place"], name="results_verified_once")
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.result or '–'}"
