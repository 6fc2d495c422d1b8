"""The index behind search as you type: the words of names, and who uses them.

Derived data: `digna search rebuild` makes it anew. A vocabulary of distinct words stays small
(thousands) however many people there are, so typing errors are looked for there.
"""

from typing import ClassVar

from django.db import models


class SearchToken(models.Model):
    """One word of a name: lower case, without accents."""

    text = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.text


class SearchUse(models.Model):
    """This person, enterprise or organisation has that word in its name."""

    class Kind(models.IntegerChoices):
        PERSON = 1
        ENTERPRISE = 2
        ORGANISATION = 3

    token = models.ForeignKey(SearchToken, on_delete=models.CASCADE, related_name="uses")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    object_id = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["token", "kind", "object_id"], name="registry_use_by_token"),
            models.Index(fields=["kind", "object_id"], name="registry_use_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
