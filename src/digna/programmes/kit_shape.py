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
from referencing import Registry
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
class _Misfit:
    """A value that breaks one rule of its schema."""

    rule: str
    wanted: Any
    value: Any
    schema: Mapping[str, Any]
    place: Place


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
    for misfit in map(_misfit, _validator(schema).iter_errors(text.value)):
        if misfit.rule in ("x-defines", "x-refers"):
            is_new = misfit.rule == "x-defines"
            names.append(Name(misfit.wanted, misfit.value, text, misfit.place, is_new))
            continue
        for complaint in _DESCRIBERS.get(misfit.rule, _other)(misfit):
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


def _misfit(error: Any) -> _Misfit:
    place = tuple(error.absolute_path)
    return _Misfit(error.validator, error.validator_value, error.instance, error.schema, place)


def _unknown_keys(misfit: _Misfit) -> Iterator[_Complaint]:
    known = misfit.schema.get("properties", {})
    for key in misfit.value:
        if key not in known:
            details = {"key": key, "near": near(key, known)}
            yield _Complaint("unknown_key", (*misfit.place, key), details, is_at_key=True)


def _missing_keys(misfit: _Misfit) -> Iterator[_Complaint]:
    for key in misfit.wanted:
        if key not in misfit.value:
            expects = _expects(misfit.schema.get("properties", {}).get(key, {}))
            yield _Complaint("missing_key", misfit.place, {"key": key, "expects": expects})


def _wrong_type(misfit: _Misfit) -> Iterator[_Complaint]:
    wanted = misfit.wanted
    wanted = [wanted] if isinstance(wanted, str) else wanted
    details = {"expects": _expects(misfit.schema), "value": _shown(misfit.value)}
    if "string" in wanted and type(misfit.value) in (int, float):
        yield _Complaint("number_for_text", misfit.place, details)
        return
    words = Both(
        " o ".join(_TYPES[name].es for name in wanted),
        " or ".join(_TYPES[name].en for name in wanted),
    )
    yield _Complaint("wrong_type", misfit.place, {**details, "wanted": words})


def _not_listed(misfit: _Misfit) -> Iterator[_Complaint]:
    options = [str(option) for option in misfit.wanted]
    details = {"value": _shown(misfit.value), "options": ", ".join(options)}
    yield _Complaint(
        "not_listed", misfit.place, {**details, "near": near(str(misfit.value), options)}
    )


def _wrong_form(misfit: _Misfit) -> Iterator[_Complaint]:
    details = {"value": _shown(misfit.value), "expects": _expects(misfit.schema)}
    yield _Complaint("wrong_form", misfit.place, details)


def _out_of_range(misfit: _Misfit) -> Iterator[_Complaint]:
    details = {"value": _shown(misfit.value), "limit": misfit.wanted}
    code = "too_small" if "inimum" in misfit.rule else "too_large"
    yield _Complaint(code, misfit.place, details)


def _too_few(misfit: _Misfit) -> Iterator[_Complaint]:
    yield _Complaint("too_few", misfit.place, {"limit": misfit.wanted})


def _repeated(misfit: _Misfit) -> Iterator[_Complaint]:
    yield _Complaint("repeated", misfit.place, {})


def _other(misfit: _Misfit) -> Iterator[_Complaint]:
    details = {"rule": misfit.rule, "value": _shown(misfit.value)}
    yield _Complaint("not_allowed", misfit.place, {**details, "expects": _expects(misfit.schema)})


_DESCRIBERS: Mapping[str, Callable[[_Misfit], Iterator[_Complaint]]] = {
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
    return Both(f" Se espera: {words['es']}.", f" Expected: {words['en']}.")


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
        (path.name, DRAFT202012.create_resource(json.loads(path.read_text(encoding="utf-8"))))
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
    extend: Any = validators.extend  # its stub has no types
    checker = extend(Draft202012Validator, ours)
    validator: Validator = checker(
        _schemas().contents(f"{schema}.json"),
        registry=_schemas(),
        format_checker=FormatChecker(["date", "regex"]),
    )
    return validator
