"""From a mapping, as a kit writes it, to an ``Indicator``; all faults at once, with their paths."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from digna_engines.errors import DeclarationError, Fault
from digna_engines.indicators import coherence
from digna_engines.indicators.declaration import (
    DIRECTIONS,
    MEASURES,
    OPERATORS,
    SEMANTICS,
    STATISTICS,
    WITH_LIST,
    WITHOUT_VALUE,
    Cohort,
    Condition,
    Indicator,
)

_REQUIRED = ("code", "source", "measure", "unit")
_TEXTS = ("code", "source", "unit", "of", "value", "per", "on", "hours", "months", "heads")
_CHOICES: dict[str, tuple[str, ...]] = {
    "measure": MEASURES,
    "direction": DIRECTIONS,
    "semantics": SEMANTICS,
    "statistic": STATISTICS,
}
_CONDITIONS = ("where", "meets", "among", "before", "after")
_KNOWN = frozenset(field.name for field in fields(Indicator))


def read(declared: Mapping[str, object], *, ignore: Collection[str] = ()) -> Indicator:
    """The checked door behind ``Indicator.from_mapping``."""
    reader = _Reader()
    cleaned = reader.indicator(declared, ignore)
    subject = str(declared.get("code") or "?")
    if reader.faults:
        raise DeclarationError(subject, reader.faults)
    indicator = Indicator(**cleaned)
    if faults := coherence.faults_of(indicator):
        raise DeclarationError(subject, faults)
    return indicator


class _Reader:
    """Walks a declaration once, keeping what it can read and noting what it cannot."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def indicator(self, declared: Mapping[str, object], ignore: Collection[str]) -> dict[str, Any]:
        self._keys(declared, _KNOWN | set(ignore), _REQUIRED, "")
        found: dict[str, Any] = {}
        for name in _TEXTS:
            found[name] = self._text(declared.get(name), name)
        for name, choices in _CHOICES.items():
            if declared.get(name) is not None:
                found[name] = self._choice(declared[name], choices, name)
        for name in _CONDITIONS:
            found[name] = self._conditions(declared.get(name), name)
        found["cohort"] = self._cohort(declared.get("cohort"))
        found["disaggregate"] = self._dimensions(declared.get("disaggregate"))
        found["window"] = self._window(declared.get("window"))
        found["gate"] = self._gate(declared.get("gate"))
        return found

    def _window(self, value: object) -> tuple[str, ...]:
        if value is None:
            return ()
        if isinstance(value, list | tuple) and len(value) == 2:
            named = [self._text(item, f"window[{n}]") for n, item in enumerate(value)]
            return tuple(name for name in named if name is not None)
        self._note(
            "window",
            "declaration.window",
            "La temporada son dos columnas de fecha: desde y hasta.",
            "The season is two date columns: start and end.",
        )
        return ()

    def _gate(self, value: object) -> Decimal | None:
        if value is None:
            return None
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal(0)
        if found.is_finite() and found > 0:
            return found
        self._note(
            "gate",
            "declaration.gate",
            "Escriba cuántas desviaciones (MAD) se aceptan: un número mayor que cero, como 3.5.",
            "Write how many deviations (MAD) are accepted: a number above zero, such as 3.5.",
        )
        return None

    def _keys(
        self,
        given: Mapping[str, object],
        known: Collection[str],
        required: Sequence[str],
        at: str,
    ) -> None:
        for key in given:
            if key not in known:
                self._note(
                    f"{at}{key}",
                    "declaration.unknown_key",
                    f"No se conoce el campo «{key}».",
                    f"There is no field “{key}”.",
                )
        for key in required:
            if given.get(key) is None:
                self._note(
                    f"{at}{key}",
                    "declaration.missing",
                    f"Falta «{key}».",
                    f"“{key}” is missing.",
                )

    def _text(self, value: object, path: str) -> str | None:
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._note(
            path,
            "declaration.not_text",
            "Debe ser un texto que no esté vacío.",
            "It must be a text that is not empty.",
        )
        return None

    def _choice(self, value: object, choices: tuple[str, ...], path: str) -> str | None:
        if isinstance(value, str) and value in choices:
            return value
        self._note(
            path,
            "declaration.not_a_choice",
            f"«{value}» no vale; elija entre {', '.join(choices)}.",
            f"“{value}” is not valid; choose one of {', '.join(choices)}.",
        )
        return None

    def _conditions(self, value: object, path: str) -> tuple[Condition, ...]:
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self._not_a_list(path)
            return ()
        read = [self._condition(item, f"{path}[{n}]") for n, item in enumerate(value)]
        return tuple(condition for condition in read if condition is not None)

    def _condition(self, value: object, path: str) -> Condition | None:
        if not isinstance(value, Mapping):
            self._not_a_mapping(path)
            return None
        before = len(self.faults)
        self._keys(value, ("column", "op", "value"), ("column", "op"), f"{path}.")
        column = self._text(value.get("column"), f"{path}.column")
        op = value.get("op")
        if op is not None:
            self._choice(op, OPERATORS, f"{path}.op")
        operand = value.get("value")
        if len(self.faults) == before:
            self._operand(op, operand, f"{path}.value")
        if len(self.faults) > before:
            return None
        kept = tuple(operand) if isinstance(operand, list | tuple) else operand
        return Condition(str(column), op, kept)  # type: ignore[arg-type]  # op was just checked

    def _operand(self, op: object, operand: object, path: str) -> None:
        is_list = isinstance(operand, list | tuple)
        if op in WITHOUT_VALUE and operand is not None:
            self._note(
                path,
                "declaration.value_not_used",
                f"«{op}» no lleva valor.",
                f"“{op}” takes no value.",
            )
        elif op in WITH_LIST and (not is_list or not operand):
            self._not_a_list(path)
        elif op not in WITHOUT_VALUE | WITH_LIST and (is_list or operand is None):
            self._note(
                path,
                "declaration.one_value",
                f"«{op}» lleva un solo valor; para lo que falta use «is_missing».",
                f"“{op}” takes one value; for what is missing use “is_missing”.",
            )

    def _cohort(self, value: object) -> Cohort | None:
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._not_a_mapping("cohort")
            return None
        self._keys(value, ("source", "of", "where"), ("source", "of"), "cohort.")
        source = self._text(value.get("source"), "cohort.source")
        of = self._text(value.get("of"), "cohort.of")
        where = self._conditions(value.get("where"), "cohort.where")
        return Cohort(source or "", of or "", where)

    def _dimensions(self, value: object) -> dict[str, str]:
        if value is None:
            return {}
        if isinstance(value, list | tuple):
            names = [self._text(item, f"disaggregate[{n}]") for n, item in enumerate(value)]
            return {name: name for name in names if name is not None}
        if not isinstance(value, Mapping):
            self._not_a_list("disaggregate")
            return {}
        read = {str(key): self._text(item, f"disaggregate.{key}") for key, item in value.items()}
        return {key: column for key, column in read.items() if column is not None}

    def _not_a_list(self, path: str) -> None:
        self._note(
            path,
            "declaration.not_a_list",
            "Debe ser una lista que no esté vacía.",
            "It must be a list that is not empty.",
        )

    def _not_a_mapping(self, path: str) -> None:
        self._note(
            path,
            "declaration.not_a_mapping",
            "Debe tener campos con nombre.",
            "It must have named fields.",
        )

    def _note(self, path: str, code: str, message_es: str, message_en: str) -> None:
        self.faults.append(Fault(path, code, message_es, message_en))
