"""Search that forgives accents, order and typing errors, as you type, at 100,000 names.

The words of all names make a small vocabulary; each word typed is looked up there first as it
stands or as a beginning, then, if little was found, among words an error or two away. Works the
same on SQLite and PostgreSQL, with no extension (ADR 0007).
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from rapidfuzz import process
from rapidfuzz.distance import OSA

from digna.registry import likeness, names
from digna.registry.models import Enterprise, Organisation, Person, SearchToken, SearchUse

Kind = SearchUse.Kind
CANDIDATES = 150


@dataclass
class _Vocabulary:
    """The distinct words, read once per process and topped up when there are new ones.

    The newest word known must still stand where it stood: a transaction that was rolled back
    after we read its words, or a rebuilt index, gives their keys to others.
    """

    newest: tuple[int, str] = (0, "")
    texts: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> None:
        with self.lock:
            last_id, _text = self.newest
            rows = list(
                SearchToken.objects.filter(id__gte=last_id).order_by("id").values_list("id", "text")
            )
            if last_id and (not rows or rows[0] != self.newest):
                self.newest, self.texts, self.ids = (0, ""), [], {}
                rows = list(SearchToken.objects.order_by("id").values_list("id", "text"))
            for key, text in rows:
                if text not in self.ids:
                    self.texts.append(text)
                self.ids[text] = key
            if rows:
                self.newest = rows[-1]


_vocabulary = _Vocabulary()


def words_of(row: Person | Enterprise | Organisation) -> tuple[str, ...]:
    """Return the words under which a record is found."""
    if isinstance(row, Person):
        return names.words(f"{row.given_names} {row.surnames}")
    if isinstance(row, Enterprise):
        return names.words(f"{row.name} {row.legal_name}")
    return names.words(" ".join([row.name, row.acronym, *row.aliases]))


KIND_OF = {Person: Kind.PERSON, Enterprise: Kind.ENTERPRISE, Organisation: Kind.ORGANISATION}


def index(row: Person | Enterprise | Organisation) -> None:
    """Bring the index of one record up to date. Called by the services that change names."""
    kind = KIND_OF[type(row)]
    SearchUse.objects.filter(kind=kind, object_id=row.pk).delete()
    index_many(kind, [(row.pk, words_of(row))])


def index_many(kind: Kind, entries: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Index many new records of one kind at once."""
    wanted = {word[:40] for _, words in entries for word in words}
    SearchToken.objects.bulk_create(
        [SearchToken(text=word) for word in sorted(wanted)], ignore_conflicts=True, batch_size=500
    )
    found: dict[str, int] = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):
        chunk = ordered[start : start + 500]
        found.update(SearchToken.objects.filter(text__in=chunk).values_list("text", "id"))
    SearchUse.objects.bulk_create(
        [
            SearchUse(token_id=found[word[:40]], kind=kind, object_id=key)
            for key, words in entries
            for word in dict.fromkeys(words)
        ],
        batch_size=5000,
    )


def forget(kind: Kind, key: int) -> None:
    """Take a record out of the index: it was merged or erased."""
    SearchUse.objects.filter(kind=kind, object_id=key).delete()


def forget_many(kind: Kind, keys: Sequence[int]) -> None:
    """Take many records out of the index."""
    for start in range(0, len(keys), 500):
        SearchUse.objects.filter(kind=kind, object_id__in=keys[start : start + 500]).delete()


def find(kind: Kind, text: str, visible: models.QuerySet, limit: int = 20) -> list[int]:  # type: ignore[type-arg]
    """Return the keys of the visible records whose names best fit `text`, the best first."""
    typed = names.words(text)[:6]
    if not typed:
        return []
    _vocabulary.refresh()
    keys = _candidates(kind, [_exactly(word) for word in typed], visible)
    if len(keys) < limit:
        near = _candidates(kind, [_nearly(word) for word in typed], visible)
        keys = list(dict.fromkeys([*keys, *near]))
    return _ranked(kind, keys, typed)[:limit]


def _exactly(word: str) -> list[int]:
    """Token keys that are the word or begin with it."""
    return list(
        SearchToken.objects.filter(text__gte=word, text__lt=word + "\U0010ffff")
        .order_by("text")
        .values_list("id", flat=True)[:200]
    )


def _nearly(word: str) -> list[int]:
    """Token keys within an error of the word (two from seven letters on), or beginning with it."""
    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    close = process.extract(
        word,
        _vocabulary.texts,
        scorer=OSA.distance,
        score_cutoff=allowed,
        limit=60,
    )
    return list(dict.fromkeys([*_exactly(word), *(_vocabulary.ids[text] for text, *_ in close)]))


def _candidates(
    kind: Kind,
    tokens_per_word: list[list[int]],
    visible: models.QuerySet,  # type: ignore[type-arg]
) -> list[int]:
    """Keys of visible records that have one token of each word."""
    rows = visible
    for tokens in tokens_per_word:
        if not tokens:
            return []
        uses = SearchUse.objects.filter(kind=kind, token_id__in=tokens)
        rows = rows.filter(pk__in=uses.values("object_id"))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:CANDIDATES])


def _ranked(kind: Kind, keys: list[int], typed: tuple[str, ...]) -> list[int]:
    """Order candidates: how well each typed word is met, beginnings counting almost as equal."""
    texts: dict[int, list[str]] = {key: [] for key in keys}
    uses = SearchUse.objects.filter(kind=kind, object_id__in=keys)
    for key, text in uses.values_list("object_id", "token__text"):
        texts[key].append(text)

    def fit(key: int) -> tuple[float, int]:
        have = tuple(texts[key])
        met = sum(max((_fit_of_word(word, other) for other in have), default=0.0) for word in typed)
        return (-met, len(have))

    return sorted(keys, key=fit)


def _fit_of_word(typed: str, other: str) -> float:
    if typed == other:
        return 1.0
    if other.startswith(typed):
        return 0.95
    return likeness.of_words((typed,), (other,)) * 0.9


def rebuild() -> int:
    """Make the whole index anew from the living records; return how many were indexed."""
    SearchUse.objects.all().delete()
    SearchToken.objects.all().delete()
    count = 0
    registers: tuple[tuple[Kind, models.QuerySet], ...] = (  # type: ignore[type-arg]
        (Kind.PERSON, Person.objects.living()),
        (Kind.ENTERPRISE, Enterprise.objects.living()),
        (Kind.ORGANISATION, Organisation.objects.all()),
    )
    for kind, rows in registers:
        batch: list[tuple[int, tuple[str, ...]]] = []
        for row in rows.iterator(2000):
            batch.append((row.pk, words_of(row)))
            if len(batch) == 2000:
                index_many(kind, batch)
                count, batch = count + len(batch), []
        if batch:
            index_many(kind, batch)
        count += len(batch)
    return count
