"""Rounds and timetables as JSON holds them; the shape is told in ``docs/methods/rounds.md``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar, get_args

from digna_engines.errors import DeclarationError, Fault
from digna_engines.rounds.problem import Fixed, Interpreter, Party, Round, Slot, Wish
from digna_engines.rounds.timetable import Fairness, Held, Meeting, Timetable

Plain = Mapping[str, Any]
Thing = TypeVar("Thing")
SETS = ("slots", "languages")


def read_round(plain: Plain) -> Round:
    """Read a round.

    Errors: ``declaration.faulty`` naming each list and place that is missing, is of another shape
    or has a word that means nothing here, besides what ``Round`` itself refuses.
    """
    faults: list[Fault] = []

    def every(name: str, make: Callable[[Plain], Thing]) -> tuple[Thing, ...]:
        return tuple(_each(plain, name, make, faults))

    parts: dict[str, Any] = {
        "slots": every("slots", _slot),
        "parties": every("parties", lambda one: _of(Party, one)),
        "wishes": every("wishes", lambda one: _of(Wish, one)),
        "interpreters": every("interpreters", lambda one: _of(Interpreter, one)),
        "fixed": every("fixed", lambda one: _of(Fixed, one)),
        "without": frozenset(every("without", lambda one: (str(one[0]), str(one[1])))),  # type: ignore[index]
    }
    for name in ("tables", "rooms"):
        value = plain.get(name)
        if value is None and name == "rooms":
            parts[name] = None
        elif isinstance(value, int) and not isinstance(value, bool):
            parts[name] = value
        else:
            faults.append(_fault(name, "Falta un número entero.", "A whole number is missing."))
    if faults:
        raise DeclarationError("round", faults)
    return Round(**parts)


def _fault(path: str, es: str, en: str) -> Fault:
    return Fault(path, "round.unreadable", es, en)


def _each(
    plain: Plain, name: str, make: Callable[[Plain], Thing], faults: list[Fault]
) -> Iterable[Thing]:
    rows = plain.get(name, [])
    if not isinstance(rows, (list, tuple)):
        faults.append(_fault(name, "Debe ser una lista.", "It must be a list."))
        return
    for number, row in enumerate(rows):
        try:
            yield make(row)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            faults.append(
                _fault(
                    f"{name}[{number}]",
                    f"No se entiende: {error}.",
                    f"It cannot be understood: {error}.",
                )
            )


WORDS: dict[str, frozenset[str]] = {
    "side": frozenset({"buyer", "seller"}),
    "buyer_says": frozenset({"must", "meet", "", "no"}),
    "seller_says": frozenset({"must", "meet", "", "no"}),
    "mode": frozenset({"on_site", "virtual", "either"}),
}
NUMBERS = ("most", "least", "weight")


def _of(kind: type[Thing], plain: Plain) -> Thing:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    for key, value in plain.items():
        if key not in known:
            raise ValueError(key)
        if key in WORDS and value not in WORDS[key]:
            raise ValueError(f"{key} = {value!r}")
        if key in SETS and isinstance(value, str):
            raise ValueError(f"{key} = {value!r}")
        if key in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | None)):
            raise ValueError(f"{key} = {value!r}")
    values = {
        key: frozenset(value) if key in SETS and value is not None else value
        for key, value in plain.items()
    }
    return kind(**values)


def _slot(plain: Plain) -> Slot:
    at = datetime.fromisoformat(plain["starts_at"])
    return _of(Slot, {**plain, "starts_at": at})


def _meeting(plain: Plain) -> Meeting:
    if plain.get("mode", "on_site") not in get_args(Held):
        raise ValueError(f"mode = {plain['mode']!r}")
    return Meeting(**plain)


def write_round(round_: Round) -> dict[str, Any]:
    """Write a round, what is as usual left out."""
    written: dict[str, Any] = {
        "slots": [_written(s) | {"starts_at": s.starts_at.isoformat()} for s in round_.slots],
        "parties": [_written(one) for one in round_.parties],
        "wishes": [_written(one) for one in round_.wishes],
        "tables": round_.tables,
    }
    if round_.rooms is not None:
        written["rooms"] = round_.rooms
    for name in ("interpreters", "fixed"):
        if rows := getattr(round_, name):
            written[name] = [_written(one) for one in rows]
    if round_.without:
        written["without"] = [list(pair) for pair in sorted(round_.without)]
    return written


def _written(thing: Any) -> dict[str, Any]:
    found = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        if value != one.default:
            found[one.name] = sorted(value) if isinstance(value, frozenset) else value
    return found


def write_timetable(timetable: Timetable) -> dict[str, Any]:
    """Write a timetable with what it says for itself; ``read_timetable`` reads its meetings."""
    changes = timetable.changes
    return {
        "method": timetable.method,
        "version": timetable.version,
        "value": timetable.value,
        "upper_bound": timetable.upper_bound,
        "share_of_bound": timetable.share_of_bound,
        "meetings": [asdict(one) for one in timetable.meetings],
        "unmet": [
            {
                "buyer": one.buyer, "seller": one.seller, "points": one.points, "code": one.code,
                "details": dict(one.details),
                "es": one.sentence("es"), "en": one.sentence("en"),
            }
            for one in timetable.unmet
        ],
        "fairness": asdict(timetable.fairness) | {"is_honoured": timetable.fairness.is_honoured},
        "gaps": timetable.gaps,
        "changes": None if changes is None else asdict(changes),
        "warnings": list(timetable.warnings),
        "workings": dict(timetable.workings),
    }  # fmt: skip


def read_timetable(plain: Plain) -> Timetable:
    """Read the meetings of a timetable back, to keep them; its reasons and fairness stay behind.

    Errors: ``declaration.faulty`` naming the meeting that cannot be read.
    """
    faults: list[Fault] = []
    meetings = tuple(_each(plain, "meetings", _meeting, faults))
    if faults:
        raise DeclarationError("timetable", faults)
    return Timetable(
        meetings=meetings,
        value=int(plain.get("value", 0)),
        upper_bound=int(plain.get("upper_bound", 0)),
        unmet=(),
        fairness=Fairness((), 0, 0, 0, 0.0),
        gaps=int(plain.get("gaps", 0)),
    )
