"""What a matching sees, as plain values: kept whole with the draft, to be told again."""

from typing import Any

from digna.mentoring import instruments
from digna.mentoring.models import Application, Cohort, Language, Mentor, Pair, Slot
from digna.registry.models import Organisation, Place, Sector

WEIGHTS = {
    "needs": 0.40, "sector": 0.15, "stage": 0.10, "department": 0.05, "ranking": 0.20,
    "balance": 0.10,
}  # fmt: skip
CHOSEN_WEIGHTS = WEIGHTS | {"ranking": 2.0, "balance": 0.0}
"""Where people chose for themselves, their list comes before everything else."""


def waiting(cohort: Cohort) -> Any:
    """Return the accepted applications that have no pair waiting or going on."""
    held = Pair.objects.filter(cohort=cohort, state__in=Pair.HOLDING).values("application")
    accepted = cohort.applications.filter(state=Application.State.ACCEPTED)
    return (
        accepted.exclude(pk__in=held)
        .select_related("person__place__parent", "sector", "enterprise")
        .prefetch_related("person__affiliations")
        .order_by("received_at", "pk")
    )


def mentors_of(cohort: Cohort) -> Any:
    """Return the mentors a cohort can count on: its partner's and those of no partner."""
    mentors = Mentor.objects.filter(person__merged_into=None, person__erased_at=None)
    if cohort.partner is not None:
        mentors = mentors.filter(partner=cohort.partner) | mentors.filter(partner=None)
    return (
        mentors.select_related("person__place__parent")
        .prefetch_related("seats", "organisations", "person__affiliations")
        .order_by("pk")
    )


def inputs_of(cohort: Cohort, mode: str) -> dict[str, Any]:
    """Return everything the matching of a cohort depends on."""
    mentors = list(mentors_of(cohort))
    taken = _taken(mentors)
    return {
        "weights": CHOSEN_WEIGHTS if mode == "chosen" else WEIGHTS,
        "size": cohort.group_size,
        "mentees": [_mentee(one) for one in waiting(cohort)],
        "mentors": [_mentor(one, taken.get(one.pk, 0)) for one in mentors],
    }


def _taken(mentors: list[Mentor]) -> dict[int, int]:
    found: dict[int, int] = {}
    for key in Pair.objects.filter(mentor__in=mentors, state__in=Pair.HOLDING).values_list(
        "mentor", flat=True
    ):
        found[key] = found.get(key, 0) + 1
    return found


def _department(place: Place | None) -> str:
    return (place.department_code or "") if place is not None else ""


def _bodies(person: Any) -> list[str]:
    """The firms and organisations somebody is of: the same one is a conflict of interest."""
    found = set()
    for row in person.affiliations.all():
        if row.ends_on is None:
            found.add(
                f"org-{row.organisation_id}" if row.organisation_id else f"firm-{row.enterprise_id}"
            )
    return sorted(found)


def _mentee(one: Application) -> dict[str, Any]:
    firm = [f"firm-{one.enterprise_id}"] if one.enterprise_id else []
    return {
        "key": str(one.public_id),
        "name": str(one.person),
        "languages": list(one.languages),
        "slots": list(one.slots),
        "needs": list(one.needs),
        "sector": one.sector.code if one.sector is not None else "",
        "stage": one.stage,
        "department": _department(one.person.place),
        "organisations": sorted({*_bodies(one.person), *firm}),
        "sex": one.person.sex,
        "wants_sex": one.wants_sex,
        "ranking": list(one.ranking),
        "refuses": list(one.refuses),
    }


def _mentor(one: Mentor, taken: int) -> dict[str, Any]:
    bodies = {*_bodies(one.person), *(f"org-{row.pk}" for row in one.organisations.all())}
    return {
        "key": str(one.public_id),
        "name": str(one.person),
        "languages": list(one.languages),
        "slots": list(one.slots),
        "capacity": len(one.seats.all()),
        "taken": taken,
        "expertise": list(one.expertise),
        "sectors": list(one.sectors),
        "stages": list(one.stages),
        "department": _department(one.person.place),
        "organisations": sorted(bodies),
        "sex": one.person.sex,
        "wants_sex": one.wants_sex,
        "is_available": one.is_available,
    }


def names_of(cohort: Cohort, inputs: dict[str, Any]) -> dict[str, str]:
    """Return words for every code and key, in the language in use."""
    terms = cohort.terms or instruments.installed()
    names = {code: str(label) for code, label in (*Language.choices, *Slot.choices)}
    names |= instruments.named(terms.get("areas", ()))
    names |= instruments.named(terms.get("stages", ()))
    names |= {row.code: row.name for row in Sector.objects.all()}
    departments = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
    names |= dict(departments.values_list("code", "name"))
    names |= {f"org-{row.pk}": str(row) for row in Organisation.objects.all()}
    return names | {one["key"]: one["name"] for one in (*inputs["mentees"], *inputs["mentors"])}
