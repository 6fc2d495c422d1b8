"""The words of categories that live in the database: places, sectors, modules, practices."""

from collections.abc import Callable, Collection

from digna.improvement import wording
from digna.improvement.models import Instrument, Project
from digna.programmes.models import StrategicArea
from digna.registry.models import LegalForm, Organisation, Place, Sector
from digna.training.models import Module

Words = dict[str, str]


def names_of(dimensions: Collection[str]) -> dict[str, Words]:
    """Return the words of the dimensions asked, a read or two for each."""
    return {name: WORDS[name]() for name in WORDS if name in dimensions}


def _departments() -> Words:
    places = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
    return dict(places.values_list("code", "name"))


def _sectors() -> Words:
    return {row.code: row.name for row in Sector.objects.all()}


def _legal_forms() -> Words:
    return {row.code: row.name for row in LegalForm.objects.all()}


def _partners() -> Words:
    return {row.code: str(row) for row in Organisation.objects.filter(is_partner=True)}


def _areas() -> Words:
    """Strategic areas, and the areas of improvement projects: two lists that share no code."""
    areas = {row.code: row.name for row in StrategicArea.objects.all()}
    return areas | {code: str(label) for code, label in Project.Area.choices}


def _modules() -> Words:
    return {row.code: row.name for row in Module.objects.filter(is_current=True)}


def _kpis() -> Words:
    rows = Instrument.objects.filter(kind=Instrument.Kind.KPI).select_related("current")
    return {row.code: str(row) for row in rows}


def _practices() -> Words:
    rows = Instrument.objects.filter(kind=Instrument.Kind.PRACTICES).select_related("current")
    return {
        item["code"]: wording.say(item, "text")
        for row in rows
        if row.current is not None
        for item in row.current.items
    }


WORDS: dict[str, Callable[[], Words]] = {
    "department": _departments,
    "sector": _sectors,
    "legal_form": _legal_forms,
    "partner": _partners,
    "area": _areas,
    "module": _modules,
    "kpi": _kpis,
    "practice": _practices,
}
