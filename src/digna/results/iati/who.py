"""The organisations of an activity: who reports it, pays for it, answers for it, carries it out."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from digna.programmes.models import Funder, Programme
from digna.registry import models as registry
from digna.results.iati import lacks
from digna.results.iati.lacks import Lack
from digna.results.models import IatiProfile
from digna.training.models import Cycle
from digna_engines.iati.model import Contact, Organisation
from digna_engines.iati.shapes import Narrative, Words

FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
GENERAL = "1"


def reporting(profile: IatiProfile) -> Organisation:
    """Return the organisation that reports, with what is known of it."""
    names = (Narrative(profile.org_name),) if profile.org_name else ()
    return Organisation(ref=profile.org_ref or None, type=profile.org_type or None, names=names)


def funders(programme: Programme) -> list[registry.Organisation]:
    """Return who pays, by name."""
    rows = Funder.objects.filter(programme=programme).select_related("organisation")
    return sorted((row.organisation for row in rows), key=_by_name)


def partners(programme: Programme) -> list[registry.Organisation]:
    """Return the partners that carry activities and cycles out, by name."""
    cycles = Cycle.objects.filter(programmes=programme, is_cancelled=False, partner__isnull=False)
    rows = registry.Organisation.objects.filter(
        Q(activity__programme=programme) | Q(pk__in=cycles.values("partner"))
    )
    return sorted(rows.distinct(), key=_by_name)


def _by_name(row: registry.Organisation) -> tuple[str, int]:
    return row.name, row.pk


def participating(
    programme: Programme, profile: IatiProfile
) -> tuple[tuple[Organisation, ...], list[Lack]]:
    """Return who takes part and in what role; nobody at all is a lack."""
    found = list(_as(FUNDING, funders(programme), profile))
    if profile.is_accountable and profile.org_name:
        mine = reporting(profile)
        found.append(Organisation(ref=mine.ref, type=mine.type, role=ACCOUNTABLE, names=mine.names))
    found += _as(IMPLEMENTING, partners(programme), profile)
    if found:
        return tuple(found), _without_type(programme, profile)
    sentence = _("El programa no tiene financiadores ni socios: IATI pide al menos uno.")
    return (), [Lack(sentence, lacks.settings_url(programme, "is_accountable"), is_required=True)]


def _as(
    role: str, rows: Iterable[registry.Organisation], profile: IatiProfile
) -> Iterable[Organisation]:
    for row in rows:
        known = profile.organisations.get(str(row.pk), {})
        yield Organisation(
            ref=known.get("ref") or None,
            type=known.get("type") or None,
            role=role,
            names=(Narrative(row.name),),
        )


def _without_type(programme: Programme, profile: IatiProfile) -> list[Lack]:
    rows = {row.pk: row for row in (*funders(programme), *partners(programme))}
    bare = [row for key, row in rows.items() if not profile.organisations.get(str(key))]
    if not bare:
        return []
    names = ", ".join(sorted(row.name for row in bare))
    sentence = _("Sin identificador ni tipo de organización: %(names)s.") % {"names": names}
    field = f"org_{min(row.pk for row in bare)}_ref"
    return [Lack(sentence, lacks.settings_url(programme, field))]


def contacts(profile: IatiProfile) -> tuple[Contact, ...]:
    """Return how to reach who knows; none where nothing was said."""
    said = (
        profile.contact_name, profile.contact_email, profile.contact_phone,
        profile.contact_website,
    )  # fmt: skip
    if not any(said):
        return ()
    name, email, phone, website = said
    return (
        Contact(
            type=GENERAL,
            organisation=Words.of(profile.org_name) if profile.org_name else None,
            person_name=Words.of(name) if name else None,
            telephones=(phone,) if phone else (),
            emails=(email,) if email else (),
            websites=(website,) if website else (),
        ),
    )
