"""Finding who in 100,000 a new row might be: keys first, then names that sound alike.

Read once per run into memory, so that each row costs a millisecond. A record is a candidate when
two words of its name sound like two words of the row's; those are compared by `likeness`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz, process

from digna.registry import likeness
from digna.registry.likeness import Likeness, Traits

SOUNDS = (
    (r"ph", "f"), (r"gu(?=[ei])", "g"), (r"qu|q|ck?(?![eih])|k", "k"), (r"c(?=[ei])|z|x", "s"),
    (r"g(?=[ei])", "j"), (r"v|w", "b"), (r"ll|y", "i"), (r"(?<!c)h", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
CLOSEST = 25


def sound(word: str) -> str:
    """Return the consonants of a word as Bolivian Spanish hears them, by first letter.

    >>> sound("quispe") == sound("kispi"), sound("vargas") == sound("bargas")
    (True, True)
    """
    for pattern, replacement in SOUNDS:
        word = re.sub(pattern, replacement, word)
    return word[:1] + re.sub(r"[aeiou]", "", word[1:])


def sound_pairs(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the keys under which a name is filed: each two of its words as they sound."""
    sounds = sorted({sound(word) for word in words})
    if len(sounds) == 1:
        yield (sounds[0],)
    yield from combinations(sounds, 2)


@dataclass
class Candidates:
    """Everybody there is, filed for comparison. Records made meanwhile are added."""

    traits: dict[int, Traits] = field(default_factory=dict)
    _by_document: dict[str, int] = field(default_factory=dict)
    _by_phone: dict[str, int] = field(default_factory=dict)
    _by_email: dict[str, int] = field(default_factory=dict)
    _by_sound: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[int, str] = field(default_factory=dict)

    def add(self, key: int, traits: Traits) -> None:
        """File one record. `document_hash` is any exact key: for firms, the NIT."""
        self.traits[key] = traits
        self._names[key] = " ".join(sorted(traits.words))
        for index, value in self._keys(traits):
            index.setdefault(value, key)
        for pair in sound_pairs(traits.words):
            self._by_sound[pair].append(key)

    def _keys(self, traits: Traits) -> Iterator[tuple[dict[str, int], str]]:
        if traits.document_hash:
            yield self._by_document, traits.document_hash
        if traits.phone:
            yield self._by_phone, traits.phone
        if traits.email:
            yield self._by_email, traits.email.casefold()

    def exactly(self, traits: Traits) -> tuple[int, str] | None:
        """Return (key, reason) of the record that an exact key names.

        A telephone or an e-mail alone is not a person (families share them): it must come with a
        name that is at least near, and with no different document.
        """
        if traits.document_hash in self._by_document:
            return self._by_document[traits.document_hash], "same_document"
        for index, value, reason in (
            (self._by_email, traits.email.casefold(), "same_email"),
            (self._by_phone, traits.phone, "same_phone"),
        ):
            key = index.get(value) if value else None
            if key is not None and self._is_same_person(self.traits[key], traits):
                return key, reason
        return None

    def holder_of_phone(self, phone: str) -> int | None:
        """Return who has a telephone already."""
        return self._by_phone.get(phone) if phone else None

    @staticmethod
    def _is_same_person(one: Traits, other: Traits) -> bool:
        documents = {one.document_hash, other.document_hash} - {""}
        return len(documents) < 2 and likeness.of_words(one.words, other.words) >= likeness.DOUBTFUL

    def nearest(
        self, traits: Traits, floor: float = likeness.DOUBTFUL
    ) -> tuple[int, Likeness] | None:
        """Return the most alike record at or above `floor`, and why."""
        best: tuple[int, Likeness] | None = None
        for key in self._close(traits):
            found = likeness.compare(traits, self.traits[key])
            if found.score >= floor and (best is None or found.score > best[1].score):
                best = (key, found)
        return best

    def _close(self, traits: Traits) -> list[int]:
        """Keys of the few whose whole name is spelt most like the row's."""
        keys = {key for pair in sound_pairs(traits.words) for key in self._by_sound.get(pair, ())}
        if len(keys) <= CLOSEST:
            return sorted(keys)
        name = " ".join(sorted(traits.words))
        spelt = {key: self._names[key] for key in keys}
        found = process.extract(name, spelt, scorer=fuzz.ratio, limit=CLOSEST, score_cutoff=55)
        return [key for _, _, key in found]
