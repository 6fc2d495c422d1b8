"""The journal of a copy: the lines about its rows, without what stays, sealed as a chain anew.

A line told in part can no longer be proved by the seal it had; each is sealed again, in order,
from the beginning. The seal the source had when the copy was made stands in the manifest.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from digna.journal import sealing, tables, writes
from digna.journal.models import Change, Head, Line
from digna.partners import choosing
from digna.partners.choosing import Choice


class Retold:
    """Tells lines and changes once each, in step, and keeps the seal of the last."""

    def __init__(self, choice: Choice, alias: str) -> None:
        self.choice, self.alias = choice, alias
        self.count, self.seal, self.emptied = 0, sealing.GENESIS, 0
        self.changes: list[bytes] = []
        self._links: dict[str, dict[str, str]] = {}

    def lines(self) -> Iterator[bytes]:
        """Yield the table of lines; `changes` fills while it is read."""
        fields = tables.columns(Line)
        yield tables.heading(Line)
        stored = Line.objects.using(self.alias).order_by("pk")
        every = Prefetch("changes", queryset=Change.objects.using(self.alias).order_by("pk"))
        for line in stored.prefetch_related(every).iterator(chunk_size=1000):
            if self._retell(line):
                yield tables.line(fields, [getattr(line, f.attname) for f in fields])

    def change_lines(self) -> Iterator[bytes]:
        """Yield the table of changes of the lines already told."""
        yield tables.heading(Change)
        yield from self.changes

    def head_lines(self) -> Iterator[bytes]:
        """Yield the head of the chain: where the next line is joined."""
        yield tables.heading(Head)
        fields = tables.columns(Head)
        head = {"id": 1, "line_count": self.count, "seal": self.seal}
        yield tables.line(fields, [head[f.attname] for f in fields])

    def _retell(self, line: Line) -> bool:
        every = list(line.changes.all())
        told = [change for change in every if self._is_ours(change)]
        if not told:
            return False
        is_whole = len(told) == len(every)
        for change in told:
            is_whole &= not self._redact(change)
        self._redact_line(line, is_whole)
        line.digest = sealing.digest_of_all(change.digest for change in told)
        line.previous = self.seal
        line.seal = sealing.seal_of(previous=line.previous, facts=writes.facts_of(line))
        self.seal, self.count = line.seal, self.count + 1
        fields = tables.columns(Change)
        self.changes += [
            tables.line(fields, [getattr(change, f.attname) for f in fields]) for change in told
        ]
        return True

    def _is_ours(self, change: Change) -> bool:
        if change.kind == Change.Kind.BULK:
            return False  # one digest over rows of everybody
        return self._key(change) is not None

    def _key(self, change: Change) -> Any:
        """Return the key of the row told of, where it goes."""
        keys = self.choice.keys.get(change.model)
        if not keys:
            return None
        model = choosing.model_of(change.model)
        key = model._meta.pk.to_python(change.object_id)
        return key if key in keys else None

    def _redact(self, change: Change) -> bool:
        """Take out what does not go; return whether anything was."""
        if change.forgotten_at is not None:
            return False
        if self.choice.is_quiet(change.model, self._key(change)) or not _is_plain(change):
            # The digest stays, as when somebody is erased: the chain still verifies.
            change.before = change.after = None
            change.salt, change.forgotten_at = "", change.line.at
            self.emptied += 1
            return True
        before, after = self._unlinked(change, change.before), self._unlinked(change, change.after)
        if (before, after) == (change.before, change.after):
            return False
        change.before, change.after = before, after
        change.digest = sealing.digest_of(
            change.salt, change.kind, change.model, change.object_id, before, after
        )
        return True

    def _unlinked(self, change: Change, values: Mapping[str, Any] | None) -> Any:
        if values is None:
            return None
        links = self._links_of(change.model)
        return {
            name: None
            if name in links and value is not None and not self._links_to(links[name], value)
            else value
            for name, value in values.items()
        }

    def _links_to(self, label: str, value: Any) -> bool:
        if isinstance(value, list):
            return all(self.choice.has(label, one) for one in value)
        return self.choice.has(label, value)

    def _links_of(self, label: str) -> dict[str, str]:
        if label not in self._links:
            model = choosing.model_of(label)
            found = {
                f.attname: choosing.label_of(f.related_model) for f in choosing.links_of(model)
            }
            found |= {
                f.name: choosing.label_of(f.related_model) for f in model._meta.local_many_to_many
            }
            self._links[label] = found
        return self._links[label]

    def _redact_line(self, line: Line, is_whole: bool) -> None:
        if not self.choice.has("accounts.user", line.actor_id):
            line.actor_id = None
        if not is_whole:
            line.reason = ""
        receipt = line.receipt
        row = receipt if isinstance(receipt, dict) and set(receipt) == {"model", "pk"} else None
        if row is None or not self.choice.has(row["model"], row["pk"]):
            line.receipt = None


def _is_plain(change: Change) -> bool:
    """A note may quote anything; only one that holds no list and no document is told on."""
    if change.kind != Change.Kind.NOTED:
        return True
    return not any(isinstance(v, list | dict) for v in (change.after or {}).values())
