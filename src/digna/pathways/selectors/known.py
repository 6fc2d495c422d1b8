"""What is known of firms for their pathways: from the register, else from their answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.pathways import answers, costs
from digna.pathways.forms import said
from digna.pathways.models import FirmAnswer
from digna.registry.models import Enterprise, EnterpriseFact
from digna_engines.pathways import Library, Question
from digna_engines.pathways.conditions import Answer

FOOD_SECTORS = frozenset({"andean_grains", "coffee"})
"""Trades that grow or make food by their very name; of others it is asked."""
WORKERS = (EnterpriseFact.Kind.WORKERS_WOMEN, EnterpriseFact.Kind.WORKERS_MEN)


@dataclass(frozen=True, slots=True)
class Known:
    """One answer: its value, and since when and from where it is known."""

    question: Question
    value: Answer
    on: date | None
    is_from_register: bool


def of_firm(firm: Enterprise, library: Library) -> dict[str, Known]:
    """Return what is known of one firm, by question."""
    return of_firms([firm], library)[firm.pk]


def of_firms(firms: Iterable[Enterprise], library: Library) -> dict[int, dict[str, Known]]:
    """Return what is known of each firm; legal form, sector and place must be loaded with it."""
    every = list(firms)
    facts, told = _facts(every), _answers(every)
    return {firm.pk: _known(firm, library, facts[firm.pk], told[firm.pk]) for firm in every}


def values(known: Mapping[str, Known]) -> dict[str, Answer]:
    """Return what the engine reads."""
    return {key: one.value for key, one in known.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words, for the page that shows what is known already."""

    asks: str
    value: str
    on: date | None
    is_from_register: bool


def told(held: Mapping[str, Known], tongue: str) -> list[Said]:
    """Return what is known in words."""
    return [
        Said(said(one.question.asks, tongue), _in_words(one, tongue), one.on, one.is_from_register)
        for one in held.values()
    ]


def _in_words(one: Known, tongue: str) -> str:
    if isinstance(one.value, bool):
        return str(_("sí") if one.value else _("no"))
    if isinstance(one.value, str):
        return said(one.question.options[one.value], tongue)
    return costs.plain(Decimal(one.value))


def text_of(one: Known) -> str:
    """Return an answer as a form shows it again."""
    return answers.written(one.value)


def _known(
    firm: Enterprise,
    library: Library,
    facts: Mapping[str, EnterpriseFact],
    told: Mapping[str, FirmAnswer],
) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for key, question in library.questions.items():
        held = _held(firm, question, facts)
        if held is not None:
            found[key] = Known(question, held[0], held[1], is_from_register=True)
        elif key in told and (value := answers.read(question, told[key].value)) is not None:
            found[key] = Known(question, value, told[key].on, is_from_register=False)
    return found


def _held(
    firm: Enterprise, question: Question, facts: Mapping[str, EnterpriseFact]
) -> tuple[Answer, date | None] | None:
    """What the register holds for a question, with its day; None: it must be asked."""
    if question.register == "workers":
        return _workers(facts)
    if question.register == "municipality":
        return _municipality(firm, question)
    if question.register == "makes_food":
        is_food = firm.sector is not None and firm.sector.code in FOOD_SECTORS
        return (True, _day(facts, EnterpriseFact.Kind.SECTOR)) if is_food else None
    kinds = {
        "legal_form": (firm.legal_form.code if firm.legal_form is not None else "", "legal_form"),
        "size_band": (firm.size_band, "size_band"),
    }
    value, kind = kinds.get(question.register, ("", ""))
    return (value, _day(facts, kind)) if value in question.options else None


def _workers(facts: Mapping[str, EnterpriseFact]) -> tuple[Answer, date | None] | None:
    found = [facts[kind] for kind in WORKERS if kind in facts]
    numbers = [one.number for one in found if one.number is not None]
    if any(numbers):
        return True, max(one.on for one in found)
    return (False, max(one.on for one in found)) if len(numbers) == len(WORKERS) else None


def _municipality(firm: Enterprise, question: Question) -> tuple[Answer, date | None] | None:
    if firm.place is None or firm.place.kind != "municipality":
        return None
    code = firm.place.code
    return (code if code in question.options else "other"), None


def _day(facts: Mapping[str, EnterpriseFact], kind: str) -> date | None:
    return facts[kind].on if kind in facts else None


def _facts(firms: list[Enterprise]) -> dict[int, dict[str, EnterpriseFact]]:
    kinds = [*WORKERS, EnterpriseFact.Kind.SECTOR, EnterpriseFact.Kind.LEGAL_FORM]
    kinds.append(EnterpriseFact.Kind.SIZE_BAND)
    rows = EnterpriseFact.objects.filter(enterprise__in=firms, kind__in=kinds)
    found: dict[int, dict[str, EnterpriseFact]] = defaultdict(dict)
    for row in rows.order_by("on", "id"):
        found[row.enterprise_id][row.kind] = row
    return found


def _answers(firms: list[Enterprise]) -> dict[int, dict[str, FirmAnswer]]:
    found: dict[int, dict[str, FirmAnswer]] = defaultdict(dict)
    for row in FirmAnswer.objects.filter(enterprise__in=firms).order_by("on", "id"):
        found[row.enterprise_id][row.question] = row
    return found
