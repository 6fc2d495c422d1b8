"""Lists with their chips: people, firms, organisations, doubtful pairs, imports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.journal import selectors as journal
from digna.registry import access, search
from digna.registry.models import DuplicatePair, ImportBatch, Organisation, Place, Sector
from digna.registry.models.enterprises import SizeBand
from digna.registry.models.people import Constituency, Sex
from digna.web import paging


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: what it filters by, how many there are, where it leads, whether it is on."""

    label: str
    count: int | None
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a register: its rows, its chips by group, what was searched for."""

    page: Page[Any]
    groups: tuple[tuple[str, list[Filter]], ...]
    query: str
    open_pairs: int


DEPARTMENT = Coalesce("place__parent__code", "place__code")


def people_page(request: HttpRequest) -> ListPage:
    """Return the list of people that the address asks for."""
    visible = access.visible_people(request.user)
    rows: QuerySet[Any] = visible.select_related("place__parent")
    query = request.GET.get("q", "").strip()
    filters = {"sexo": "sex", "departamento": "department"}
    groups = (
        (_("Sexo"), _chips(request, visible, "sexo", "sex", Sex.choices)),
        (_("Departamento"), _chips(request, visible, "departamento", DEPARTMENT, _departments())),
    )
    rows = _filtered(request, rows, filters)
    return _list_page(request, rows, groups, query, search.Kind.PERSON)


def enterprises_page(request: HttpRequest) -> ListPage:
    """Return the list of firms that the address asks for."""
    visible = access.visible_enterprises(request.user)
    rows: QuerySet[Any] = visible.select_related("place__parent", "sector", "legal_form")
    query = request.GET.get("q", "").strip()
    filters = {"rubro": "sector__code", "tamano": "size_band", "departamento": "department"}
    sectors = [(sector.code, sector.name) for sector in Sector.objects.all()]
    groups = (
        (_("Rubro"), _chips(request, visible, "rubro", F("sector__code"), sectors)),
        (_("Tamaño"), _chips(request, visible, "tamano", "size_band", SizeBand.choices)),
        (_("Departamento"), _chips(request, visible, "departamento", DEPARTMENT, _departments())),
    )
    rows = _filtered(request, rows, filters)
    return _list_page(request, rows, groups, query, search.Kind.ENTERPRISE)


def _departments() -> list[tuple[str, str]]:
    rows = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
    return list(rows.values_list("code", "name"))


UNKNOWN = "sin-dato"


def _filtered(request: HttpRequest, rows: QuerySet[Any], filters: dict[str, str]) -> QuerySet[Any]:
    for parameter, column in filters.items():
        value = request.GET.get(parameter)
        if not value:
            continue
        if column == "department":
            rows = rows.filter(place__in=_places_of(value)) if value != UNKNOWN else rows
            rows = rows.filter(place=None) if value == UNKNOWN else rows
        elif value == UNKNOWN:
            is_key = column == "sector__code"
            rows = rows.filter(**({f"{column}__isnull": True} if is_key else {column: ""}))
        else:
            rows = rows.filter(**{column: value})
    return rows


def _places_of(department: str) -> list[int]:
    """Return the keys of a department and all that lies in it: few, so the list stays indexed."""
    rows = Place.objects.filter(Q(code=department) | Q(parent__code=department))
    return list(rows.order_by().values_list("pk", flat=True))


def _chips(
    request: HttpRequest, visible: QuerySet[Any], parameter: str, column: Any, labels: Sequence[Any]
) -> list[Filter]:
    """Return the chips of one dimension; categories nobody is in are left out."""
    expression = F(column) if isinstance(column, str) else column
    key = f"chips:{visible.model.__name__}:{parameter}:{_scope_key(request)}"

    def count() -> dict[Any, int]:
        rows = visible.order_by().annotate(category=expression).values("category")
        return {row["category"] or "": row["n"] for row in rows.annotate(n=Count("pk"))}

    counts = paging.remembered(key, journal.version(), count)
    chosen = request.GET.get(parameter, "")
    named = [(str(value), str(label)) for value, label in labels]
    chips = [
        Filter(label, counts.get(value), _with(request, parameter, value, chosen), chosen == value)
        for value, label in named
        if counts.get(value) or chosen == value
    ]
    if counts.get(""):
        url = _with(request, parameter, UNKNOWN, chosen)
        chips.append(Filter(_("sin dato"), counts[""], url, chosen == UNKNOWN))
    return chips


def _with(request: HttpRequest, parameter: str, value: str, chosen: str) -> str:
    """Return this address with a chip switched: on if it was off, off if it was on."""
    query = request.GET.copy()
    query.pop("pagina", None)
    query.pop(parameter, None)
    if value != chosen:
        query[parameter] = value
    return f"?{query.urlencode()}"


def _scope_key(request: HttpRequest) -> str:
    """Return what a user's counts depend on: nothing for the office, else the user."""
    is_office = rights.reach(request.user, access.SEE_PEOPLE).is_everything
    return "all" if is_office else f"user{request.user.pk}"


def _list_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    groups: tuple[tuple[str, list[Filter]], ...],
    query: str,
    kind: search.Kind,
) -> ListPage:
    if query:
        found = search.find(kind, query, rows.order_by(), limit=25)
        by_key = rows.in_bulk(found)
        listed: Any = [by_key[key] for key in found]
        page = paging.page_of(request, listed, lambda: len(listed))
    else:
        asked = request.GET.copy()
        asked.pop("pagina", None)
        key = f"count:{kind}:{_scope_key(request)}:{asked.urlencode()}"
        counted = rows.order_by()
        page = paging.page_of(
            request,
            rows,
            lambda: paging.remembered(key, journal.version(), counted.count),
        )
    return ListPage(page, groups, query, open_pair_count(request))


def open_pair_count(request: HttpRequest) -> int:
    """Return how many doubtful pairs wait for this user."""
    if not rights.may(request.user, access.MERGE):
        return 0
    pairs = access.visible_pairs(request.user).filter(state=DuplicatePair.State.OPEN)
    key = f"pairs:{_scope_key(request)}"
    return int(paging.remembered(key, journal.version(), pairs.select_related(None).count))


def organisations_page(request: HttpRequest) -> ListPage:
    """Return the list of organisations that the address asks for."""
    visible = Organisation.objects.all()
    rows: QuerySet[Any] = visible.select_related("place")
    groups = (
        (
            _("Representa a"),
            _chips(request, visible, "sector", "constituency", Constituency.choices),
        ),
    )
    rows = _filtered(request, rows, {"sector": "constituency"})
    if request.GET.get("revisar"):
        rows = rows.filter(needs_review=True)
    query = request.GET.get("q", "").strip()
    return _list_page(request, rows, groups, query, search.Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class PairsPage:
    """The queue of doubtful pairs, or those decided."""

    page: Page[DuplicatePair]
    states: list[Filter]


def pairs_page(request: HttpRequest) -> PairsPage:
    """Return the pairs in the state that the address asks for; open ones first of all."""
    state = request.GET.get("estado", DuplicatePair.State.OPEN)
    pairs = access.visible_pairs(request.user)
    counts = dict(
        pairs.select_related(None).order_by().values_list("state").annotate(n=Count("pk"))
    )
    states = [
        Filter(str(label), counts.get(value, 0), f"?estado={value}", value == state)
        for value, label in DuplicatePair.State.choices
    ]
    rows = pairs.filter(state=state)
    return PairsPage(paging.page_of(request, rows, lambda: counts.get(state, 0)), states)


def batches_page(request: HttpRequest) -> Page[ImportBatch]:
    """Return the imports this user may follow, the latest first."""
    rows = access.visible_imports(request.user).select_related("created_by")
    return paging.page_of(request, rows, rows.count)
