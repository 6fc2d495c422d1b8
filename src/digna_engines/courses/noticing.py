"""Reads plain values one by one and remembers each fault with the way to it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from digna_engines.courses.content import LANGUAGES, Text

Place = tuple[str | int, ...]

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
KINDS = "svg, webp, jpg, png, opus, ogg, mp3, weba, mp4, webm"
FILE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:svg|webp|jpe?g|png|opus|ogg|mp3|weba|mp4|webm)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One fault of a course: the way to it, and the sentence in both languages."""

    place: Place
    code: str
    es: str
    en: str

    @property
    def path(self) -> str:
        """The way as text.

        >>> Found(("units", 0, "code"), "course.missing", "", "").path
        'units[0].code'
        """
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place]
        return "".join(steps).removeprefix(".")


@dataclass
class Noticing:
    """The faults found so far."""

    found: list[Found] = field(default_factory=list)

    def blame(self, place: Place, code: str, es: str, en: str) -> None:
        self.found.append(Found(place, f"course.{code}", es, en))

    def missing(self, place: Place) -> None:
        name = place[-1]
        es, en = f"Falta «{name}». Complételo.", f"“{name}” is missing. Fill it in."
        self.blame(place, "missing", es, en)

    def keys(self, value: Mapping[str, Any], known: Iterable[str], place: Place) -> None:
        """Blame keys that nothing reads: misspelt ones would be lost in silence."""
        for key in value:
            if key not in known:
                es = f"«{key}» no es una clave conocida en este lugar. Corrija el nombre o quítela."
                en = f"“{key}” is not a known key in this place. Correct the name or remove it."
                self.blame((*place, key), "unknown_key", es, en)

    def group(self, value: Any, place: Place) -> Mapping[str, Any]:
        """A mapping, or an empty one after blame."""
        if isinstance(value, Mapping):
            return value
        es, en = "Debe ser un grupo de claves.", "It must be a group of keys."
        self.blame(place, "wrong_type", es, en)
        return {}

    def rows(
        self, holder: Mapping[str, Any], key: str, place: Place, least: int = 1
    ) -> Iterator[tuple[Mapping[str, Any], Place]]:
        """Each mapping of a list, with the way to it."""
        value = holder.get(key, ())
        if not isinstance(value, list | tuple):
            self.blame((*place, key), "wrong_type", "Debe ser una lista.", "It must be a list.")
            return
        if len(value) < least:
            es = f"Necesita al menos {least}. Agregue lo que falta."
            en = f"It needs at least {least}. Add what is missing."
            self.blame((*place, key), "too_few", es, en)
        for position, entry in enumerate(value):
            here = (*place, key, position)
            yield self.group(entry, here), here

    def text(
        self, holder: Mapping[str, Any], key: str, place: Place, *, needed: bool = True
    ) -> Text:
        """A wording by language; Spanish is asked for where the text is."""
        value, here = holder.get(key), (*place, key)
        if value is None:
            if needed:
                self.missing(here)
            return {}
        told = self.group(value, here)
        if told is not value:
            return {}
        self.keys(told, LANGUAGES, here)
        words = {name: word.strip() for name, word in told.items() if isinstance(word, str)}
        if len(words) < len(told):
            es, en = "Cada idioma lleva texto.", "Each language holds text."
            self.blame(here, "wrong_type", es, en)
        if needed and not words.get("es"):
            self.missing((*here, "es"))
        return {name: words[name] for name in LANGUAGES if words.get(name)}

    def code(self, holder: Mapping[str, Any], place: Place, key: str = "code") -> str:
        """A code that may stand in an address."""
        value = holder.get(key)
        if isinstance(value, str) and CODE.fullmatch(value):
            return value
        if value in (None, ""):
            self.missing((*place, key))
            return ""
        es = f"«{value}» no sirve de código: use minúsculas, números y guiones."
        en = f"“{value}” cannot be a code: use small letters, digits and hyphens."
        self.blame((*place, key), "wrong_form", es, en)
        return ""

    def once(self, codes: Iterable[tuple[str, Place]]) -> None:
        """Blame a code that was used before."""
        seen: set[str] = set()
        for code, place in codes:
            if code and code in seen:
                es = f"El código «{code}» ya se usó. Dé otro."
                en = f"The code “{code}” is taken. Give another."
                self.blame((*place, "code"), "code_twice", es, en)
            seen.add(code)

    def option(
        self, holder: Mapping[str, Any], key: str, place: Place, known: tuple[str, ...], usual: str
    ) -> str:
        """One of a few words."""
        value = holder.get(key, usual)
        if value in known:
            return str(value)
        options = ", ".join(known)
        es = f"«{value}» no es una opción. Use una de estas: {options}."
        en = f"“{value}” is not an option. Use one of: {options}."
        self.blame((*place, key), "not_listed", es, en)
        return usual

    def files(self, holder: Mapping[str, Any], key: str, place: Place) -> Text:
        """Names of files in the kit's ``media`` folder, by language."""
        named = self.text(holder, key, place, needed=False)
        for language, name in named.items():
            if not FILE.fullmatch(name):
                es = f"«{name}» no es un archivo que se admita: {KINDS}."
                en = f"“{name}” is not a file that is taken: {KINDS}."
                self.blame((*place, key, language), "wrong_file", es, en)
        return named

    def number(
        self,
        holder: Mapping[str, Any],
        key: str,
        place: Place,
        *,
        least: int = 0,
        most: int | None = None,
        usual: Decimal | None = None,
    ) -> Decimal | None:
        """A number within limits; absent (or null) is ``usual``."""
        value = holder.get(key)
        if value is None:
            return usual
        try:
            number = None if isinstance(value, bool) else Decimal(str(value).replace(",", "."))
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            self.blame((*place, key), "wrong_type", "Debe ser un número.", "It must be a number.")
            return usual
        if number < least or (most is not None and number > most):
            es = f"{number} no está entre {least} y {most if most is not None else 'lo admitido'}."
            en = f"{number} is not between {least} and {most if most is not None else 'the limit'}."
            self.blame((*place, key), "out_of_range", es, en)
        return number
