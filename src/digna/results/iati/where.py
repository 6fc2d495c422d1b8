"""The places of an activity: the departments where it works and those its figures name."""

from collections.abc import Iterable

from django.db.models import Q

from digna.events.models import Session
from digna.programmes.models import Programme
from digna.registry.models import Place
from digna.results.models import IatiProfile
from digna.training.models import Cycle
from digna_engines.iati.model import Location, PlaceCode, Share
from digna_engines.iati.shapes import Words

FOR_WHOM, APPROXIMATE = "2", "2"
COUNTRIES = "A4"
"""ISO 3166-2 is no vocabulary of the standard: a department is the `ref`, its country the code."""


def country(profile: IatiProfile) -> tuple[Share, ...]:
    """Return the country of the activity."""
    return (Share(code=profile.country),) if profile.country else ()


def locations(
    programme: Programme, profile: IatiProfile, named: Iterable[str]
) -> tuple[Location, ...]:
    """Return the departments of activities, sessions and cycles, and those that figures name."""
    codes = {place.department_code for place in _places(programme)} | set(named)
    rows = Place.objects.filter(kind=Place.Kind.DEPARTMENT, code__in=codes).order_by("code")
    return tuple(_location(row, profile.country) for row in rows)


def _places(programme: Programme) -> Iterable[Place]:
    sessions = Session.objects.filter(process__programmes=programme).values("place")
    cycles = Cycle.objects.filter(programmes=programme, is_cancelled=False).values("place")
    worked = Q(activities__programme=programme) | Q(pk__in=sessions) | Q(pk__in=cycles)
    return Place.objects.filter(worked).select_related("parent").distinct()


def _location(row: Place, country: str) -> Location:
    return Location(
        ref=row.code,
        reach=FOR_WHOM,
        name=Words.of(row.name),
        administrative=(PlaceCode(vocabulary=COUNTRIES, level="0", code=country),)
        if country
        else (),
        exactness=APPROXIMATE,
    )
