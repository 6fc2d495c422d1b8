"""Pairs that may be one, and the merges that made them one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models.enterprises import Enterprise
from digna.registry.models.people import Person

ONE_KIND = Q(person_a__isnull=False, person_b__isnull=False, enterprise_a=None, enterprise_b=None)
OTHER_KIND = Q(person_a=None, person_b=None, enterprise_a__isnull=False, enterprise_b__isnull=False)


class DuplicatePair(models.Model):
    """Two people, or two firms, that a person must look at. `a` is the older record."""

    class State(models.TextChoices):
        OPEN = "open", _("por resolver")
        SAME = "same", _("la misma")
        DIFFERENT = "different", _("distintas")

    person_a = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="pairs_as_a"
    )
    person_b = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="pairs_as_b"
    )
    enterprise_a = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.CASCADE, related_name="pairs_as_a"
    )
    enterprise_b = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.CASCADE, related_name="pairs_as_b"
    )
    score = models.DecimalField(_("parecido"), max_digits=4, decimal_places=3)
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        verbose_name = _("par dudoso")
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_KIND | OTHER_KIND, name="registry_pair_one_kind"),
            models.CheckConstraint(
                condition=Q(person_a=None) | ~Q(person_a=F("person_b")),
                name="registry_pair_two_people",
            ),
            models.UniqueConstraint(
                fields=["person_a", "person_b"], name="registry_pair_people_once"
            ),
            models.UniqueConstraint(
                fields=["enterprise_a", "enterprise_b"], name="registry_pair_firms_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.state}"


class Merge(models.Model):
    """One record absorbed by another: what was moved and what was overwritten, to undo it."""

    kept_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="merges_kept"
    )
    absorbed_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="merges_absorbed"
    )
    kept_enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="merges_kept"
    )
    absorbed_enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="merges_absorbed"
    )
    moved = models.JSONField(
        default=list, blank=True, help_text="rows repointed: model, key, field"
    )
    dropped = models.JSONField(
        default=list, blank=True, help_text="rows the kept record already had"
    )
    overwritten = models.JSONField(
        default=dict, blank=True, help_text="the kept record's values before"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("dropped", "overwritten")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("fusión")

    def __str__(self) -> str:
        return f"{self.kept_person_id or self.kept_enterprise_id}"
