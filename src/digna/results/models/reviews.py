"""The review of a period: who sent each indicator, who approved it, what was asked about it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.results.models.figures import Indicator, ReportingPeriod


class IndicatorReview(models.Model):
    """How far the review of an indicator in a period has come; no row is a draft nobody sent.

    What the figure said when it was sent and when it was approved is kept, so that a figure that
    moved afterwards is seen not to be the one that was approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        SUBMITTED = "submitted", _("enviado")
        APPROVED = "approved", _("aprobado")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="reviews")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_alone = models.BooleanField(
        default=False, help_text="nobody else could approve: who sent it approved it"
    )
    returned_because = models.TextField(blank=True)
    said = models.CharField(
        max_length=120, blank=True, help_text="the figure as it read when it was sent or approved"
    )
    seal = models.CharField(
        max_length=64, blank=True, help_text="what the figure said, as a SHA-256; see `sealing`"
    )

    class Meta:
        ordering: ClassVar = ["period_id", "indicator_id"]
        verbose_name = _("revisión de un indicador")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "period"], name="results_review_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="results_review_sent_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.state}"


class ReviewComment(models.Model):
    """A question or an answer about an indicator in a period; resolved once it was attended to."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="comments")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("comentario"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        verbose_name = _("comentario de revisión")

    def __str__(self) -> str:
        return self.text[:60]
