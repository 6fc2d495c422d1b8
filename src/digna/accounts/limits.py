"""What a membership can be limited to, by name: partners, departments, programmes.

Their tables live on floors above this one, so the rooms that own them offer their lists here when
they start (`AppConfig.ready`). Where nobody offers, the codes already in use are the list.
"""

from collections.abc import Callable, Iterable

from digna.accounts.models import Membership

PARTNER, DEPARTMENT, PROGRAMME = "partner", "department", "programme"
Choices = list[tuple[str, str]]

_offers: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {}


def offer(kind: str, ask: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """Say where the codes and names of a kind of limit come from."""
    _offers[kind] = ask


def is_offered(kind: str) -> bool:
    """Whether the list of a kind of limit is known to be whole."""
    return kind in _offers


def choices(kind: str) -> Choices:
    """Return the codes and names of a kind of limit, by name."""
    if kind in _offers:
        return sorted(_offers[kind](), key=lambda pair: pair[1])
    return [(code, code) for code in sorted(_in_use(kind))]


def _in_use(kind: str) -> set[str]:
    if kind == PARTNER:
        partners = Membership.objects.exclude(partner="").order_by()
        return set(partners.values_list("partner", flat=True).distinct())
    column = "departments" if kind == DEPARTMENT else "programmes"
    lists = Membership.objects.exclude(**{column: []}).order_by().values_list(column, flat=True)
    return {code for codes in lists for code in codes}


def names() -> dict[tuple[str, str], str]:
    """Return the name of every code, by kind and code: one query a kind."""
    return {
        (kind, code): name
        for kind in (PARTNER, DEPARTMENT, PROGRAMME)
        for code, name in choices(kind)
    }
