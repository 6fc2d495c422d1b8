"""What each section of a kit must look like, and the sentence for each way it does not.

The shape is a JSON Schema (draft 2020-12) per section in ``kit_schema``: a new section is a new
schema file. Three annotations are ours. ``x-defines: sector`` says that a value names a sector;
``x-refers: sector`` that it must be the name of one; ``x-expects`` says in plain words, in both
languages, what a value should look like, for the person who wrote another.
"""

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from digna.programmes.kit_faults import SCHEMA_FOLDER, Both, Faults, Place
from digna.programmes.kit_text import KitText

NOT_SECTIONS = frozenset({"fact", "kit", "messages", "page"})

_TYPES = {
    "string": Both("texto", "text"),
    "integer": Both("un número entero", "a whole number"),
    "number": Both("un número", "a number"),
    "boolean": Both("true o false", "true or false"),
    "array": Both("una lista", "a list"),
    "object": Both("un grupo de claves", "a group of keys"),
    "null": Both("null (sin dato)", "null (no data)"),
}


@dataclass(frozen=True)
class Name:
    """A value that names a thing of a kind (``is_new``) or refers to one."""

    kind: str
    value: Any
    text: KitText
    place: Place
    is_new: bool


@dataclass(frozen=True)
class _Complaint:
    code: str
    place: Place
    details: Mapping[str, object]
    is_at_key: bool = False


def section_files() -> Mapping[str, str]:
    """The section of each file; a schema may name another file than ``<section>.yaml``."""
    return _section_files()


def check_shape(text: KitText, schema: str, faults: Faults) -> list[Name]:
    """Blames what does not fit the schema; returns the names it defines and refers to."""
    names: list[Name] = []
    for error in _validator(schema).iter_errors(text.value):
        place: Place = tuple(error.absolute_path)
        if error.validator in ("x-defines", "x-refers"):
            is_new = error.validator == "x-defines"
            names.append(Name(error.message, error.instance, text, place, is_new))
            continue
        for complaint in _complaints(error, place):
            mark = text.key_mark if complaint.is_at_key else text.mark
            where = mark(complaint.place)
            faults.blame(complaint.code, text.file, where, complaint.place, **complaint.details)
    return names


def near(word: str, known: Iterable[str]) -> Both:
    """ "Did you mean …?" when a known word is close, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    if not close:
        return Both("", "")
    return Both(f" ¿Quiso decir «{close[0]}»?", f" Did you mean “{close[0]}”?")


def _complaints(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    describe = _DESCRIBERS.get(str(error.validator), _other)
    yield from describe(error, place)


def _unknown_keys(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key not in known:
            details = {"key": key, "near": near(key, known)}
            yield _Complaint("unknown_key", (*place, key), details, is_at_key=True)


def _missing_keys(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    for key in error.validator_value:
        if key not in error.instance:
            expects = _expects(error.schema.get("properties", {}).get(key, {}))
            yield _Complaint("missing_key", place, {"key": key, "expects": expects})


def _wrong_type(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    wanted = error.validator_value
    wanted = [wanted] if isinstance(wanted, str) else wanted
    details = {"expects": _expects(error.schema), "value": _shown(error.instance)}
    if "string" in wanted and isinstance(error.instance, int | float):
        yield _Complaint("number_for_text", place, details)
        return
    words = Both(
        " o ".join(_TYPES[name].es for name in wanted),
        " or ".join(_TYPES[name].en for name in wanted),
    )
    yield _Complaint("wrong_type", place, {**details, "wanted": words})


def _not_listed(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    options = [str(option) for option in error.validator_value]
    details = {"value": _shown(error.instance), "options": ", ".join(options)}
    yield _Complaint("not_listed", place, {**details, "near": near(str(error.instance), options)})


def _wrong_form(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    details = {"value": _shown(error.instance), "expects": _expects(error.schema)}
    yield _Complaint("wrong_form", place, details)


def _out_of_range(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    details = {"value": _shown(error.instance), "limit": error.validator_value}
    code = "too_small" if "inimum" in str(error.validator) else "too_large"
    yield _Complaint(code, place, details)


def _too_few(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    yield _Complaint("too_few", place, {"limit": error.validator_value})


def _repeated(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    yield _Complaint("repeated", place, {})


def _other(error: ValidationError, place: Place) -> Iterator[_Complaint]:
    details = {"rule": error.validator, "value": _shown(error.instance)}
    yield _Complaint("not_allowed", place, {**details, "expects": _expects(error.schema)})


_DESCRIBERS: Mapping[str, Callable[[ValidationError, Place], Iterator[_Complaint]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _not_listed,
    "pattern": _wrong_form,
    "format": _wrong_form,
    "minimum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_few,
    "minLength": _too_few,
    "uniqueItems": _repeated,
}


def _expects(schema: Mapping[str, Any]) -> Both:
    """The schema's own words for what it wants, looked up through one ``$ref``."""
    if "x-expects" not in schema and "$ref" in schema:
        schema = _schemas().resolver().lookup(schema["$ref"]).contents
    words = schema.get("x-expects")
    if words is None:
        return Both("", "")
    return Both(f" Se espera {words['es']}.", f" Expected: {words['en']}.")


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _declare(_: Validator, kind: Any, value: Any, __: Any) -> Iterator[ValidationError]:
    """Says "here is a name of this kind" as an error: errors are what carries a path."""
    if isinstance(value, str):
        yield ValidationError(kind)


@cache
def _schemas() -> Registry[Any]:
    resources = [
        (path.name, Resource(json.loads(path.read_text(encoding="utf-8")), DRAFT202012))
        for path in SCHEMA_FOLDER.glob("*.json")
    ]
    return Registry().with_resources(resources)


@cache
def _section_files() -> Mapping[str, str]:
    names = (path.stem for path in SCHEMA_FOLDER.glob("*.json"))
    return {
        _schemas().contents(f"{name}.json").get("x-file", f"{name}.yaml"): name
        for name in names
        if name not in NOT_SECTIONS
    }


@cache
def _validator(schema: str) -> Validator:
    ours = {"x-defines": _declare, "x-refers": _declare}
    checker: Any = validators.extend(Draft202012Validator, ours)
    validator: Validator = checker(
        _schemas().contents(f"{schema}.json"),
        registry=_schemas(),
        format_checker=FormatChecker(["date", "regex"]),
    )
    return validator
