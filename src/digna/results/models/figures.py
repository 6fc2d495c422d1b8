"""Indicators as declared, targets as promised, figures as computed, periods as frozen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme, StrategicArea
from digna.web.languages import either


class Indicator(models.Model):
    """What is counted, of whom, and for what decision. `declaration` is what the engine reads."""

    class Direction(models.TextChoices):
        ASCENDING = "ascending", _("más es mejor")
        DESCENDING = "descending", _("menos es mejor")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="indicators")
    area = models.ForeignKey(
        StrategicArea, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    code = models.SlugField(max_length=60)
    name_es = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    declaration = models.JSONField(
        blank=True, help_text="source, measure, filter… as the engine reads them; empty if reported"
    )
    unit = models.CharField(_("unidad"), max_length=40, blank=True)
    direction = models.CharField(
        max_length=10, choices=Direction.choices, default=Direction.ASCENDING
    )
    so_what_es = models.TextField(_("¿y para qué?"), blank=True)
    so_what_en = models.TextField(blank=True)
    is_headline = models.BooleanField(_("titular"), default=False)
    is_public = models.BooleanField(_("se publica"), default=True)
    is_reported = models.BooleanField(
        default=False, help_text="its actuals are typed or imported, not computed from records"
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["area__order", "order", "id"]
        verbose_name = _("indicador")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="results_indicator_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use; Spanish where there is no other."""
        return either(self.name_es, self.name_en)

    @property
    def so_what(self) -> str:
        """What the number is for, in the language in use."""
        return either(self.so_what_es, self.so_what_en)


class StatedValue(models.Model):
    """A value somebody stated: typed, and kept as it was written.

    `share_pct` is a share as printed beside a count («35 (60 %F)»); it is never turned into a
    count, because 157, 158 and 159 of 263 all print as 60 %.
    """

    class Kind(models.TextChoices):
        COUNT = "count", _("cuenta")
        NUMBER = "number", _("número")
        PERCENT = "percent", _("porcentaje")
        RATIO = "ratio", _("razón")
        MONEY = "money", _("dinero")
        TEXT = "text", _("texto")
        MISSING = "missing", _("sin dato")

    subject = models.CharField(_("de"), max_length=60, blank=True, help_text="country, partner…")
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.COUNT)
    amount = models.DecimalField(_("valor"), max_digits=20, decimal_places=4, null=True, blank=True)
    base = models.DecimalField(
        _("de un total de"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    share_pct = models.DecimalField(
        _("porcentaje como se escribió"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    share_of = models.CharField(
        max_length=1, blank=True, help_text="F or M; empty where the cell does not say of whom"
    )
    currency = models.CharField(max_length=3, blank=True)
    parts = models.JSONField(default=list, blank=True)
    as_written = models.CharField(_("como se escribió"), max_length=120, blank=True)
    source = models.CharField(_("fuente"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Target(StatedValue):
    """What was promised for a period."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")

    class Meta:
        ordering: ClassVar = ["starts_on", "subject"]
        verbose_name = _("meta")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "subject", "starts_on", "ends_on"], name="results_target_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="results_target_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.as_written}"


class ReportedActual(StatedValue):
    """What a report said was reached, where there are no records to count."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="reported")

    class Meta:
        ordering: ClassVar = ["starts_on", "subject"]
        verbose_name = _("valor informado")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "subject", "starts_on", "ends_on"],
                name="results_reported_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.as_written}"


class ReportingPeriod(models.Model):
    """A stretch of time that is reported on, and then frozen."""

    class State(models.TextChoices):
        OPEN = "open", _("abierto")
        FROZEN = "frozen", _("congelado")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="periods")
    label = models.CharField(_("período"), max_length=40)
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_because = models.TextField(blank=True)
    frozen_despite = models.TextField(
        blank=True, help_text="why it was frozen with indicators that nobody had approved"
    )
    review_due_on = models.DateField(_("plazo de revisión"), null=True, blank=True)
    is_locked = models.BooleanField(
        default=False, help_text="stated values of its days are not changed, frozen or not"
    )
    locked_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "ends_on"]
        verbose_name = _("período")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "label"], name="results_period_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="results_period_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Computation(models.Model):
    """When a programme's figures were last computed, and whether they are being computed."""

    class State(models.TextChoices):
        QUEUED = "queued", _("en espera")
        RUNNING = "running", _("calculando")
        DONE = "done", _("calculado")
        FAILED = "failed", _("no se pudo calcular")

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="computation"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    asked_at = models.DateTimeField(default=timezone.now)
    as_of_line = models.BigIntegerField(default=0, help_text="last journal line it has seen")
    computed_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name = _("cálculo")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether somebody is already computing, or is about to."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}


class Figure(models.Model):
    """A value with everything needed to defend it.

    One is current for each indicator and period, and follows the records; the journal keeps what
    it said before. Freezing copies it: a frozen one never changes, a withdrawn one is a frozen
    one whose period was opened again.
    """

    class Kind(models.TextChoices):
        CURRENT = "current", _("vigente")
        FROZEN = "frozen", _("congelado")
        WITHDRAWN = "withdrawn", _("retirado")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    period = models.ForeignKey(
        ReportingPeriod,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="figures",
        help_text="null: the whole programme to date",
    )
    kind = models.CharField(max_length=9, choices=Kind.choices, default=Kind.CURRENT)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    n = models.BigIntegerField(null=True, blank=True, help_text="rows or units with a value")
    cohort = models.BigIntegerField(null=True, blank=True, help_text="N: the ones there could be")
    parts = models.JSONField(
        default=dict,
        blank=True,
        help_text="dimension → categories with their numbers, as `parts` writes them",
    )
    workings = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    engine = models.CharField(max_length=60)
    declaration = models.JSONField(help_text="the declaration it was computed with")
    record_kind = models.CharField(max_length=60, blank=True)
    record_count = models.BigIntegerField(default=0)
    records = models.BinaryField(null=True, blank=True, help_text="packed keys, see packing")
    records_sha256 = models.CharField(max_length=64, blank=True)
    as_of_line = models.BigIntegerField(default=0, help_text="journal line at which it came out so")
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["indicator_id", "-computed_at"]
        verbose_name = _("cifra")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(kind="current", period__isnull=False),
                name="results_figure_one_current",
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(kind="current", period=None),
                name="results_figure_one_to_date",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(kind="frozen"),
                name="results_figure_one_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"


class FigureSlice(models.Model):
    """The records behind one part of a figure, found out when somebody first asks for them."""

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="slices")
    dimension = models.CharField(max_length=40)
    category = models.CharField(max_length=80, blank=True, help_text="empty: unknown")
    record_count = models.BigIntegerField(default=0)
    records = models.BinaryField(help_text="packed keys, see packing")
    records_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["figure_id", "dimension", "category"]
        verbose_name = _("parte de una cifra")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["figure", "dimension", "category"], name="results_slice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}={self.category}: {self.record_count}"
