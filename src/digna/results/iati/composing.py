"""A programme as one IATI activity, and what it lacks to be a whole one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from digna.programmes.models import ExpectedResult, Programme
from digna.results.iati import lacks, money, reached, where, who, written
from digna.results.iati.lacks import Lack
from digna.results.models import ActivityStatus, IatiProfile
from digna_engines.iati import write
from digna_engines.iati.model import Activity, ActivityDate, Description, Share
from digna_engines.iati.shapes import Narrative

LANGUAGE = "es"
GENERAL, OBJECTIVES = "1", "2"
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"


@dataclass(frozen=True, slots=True)
class Composed:
    """An activity, the codes of its indicators by result, and what is missing."""

    activity: Activity
    codes: tuple[tuple[str, ...], ...]
    lacks: tuple[Lack, ...]
    generated_at: str

    @property
    def content(self) -> bytes:
        """The file."""
        return write([self.activity], generated_at=self.generated_at)


def profile_of(programme: Programme) -> IatiProfile:
    """Return what is known for IATI; an empty profile where nothing was said yet."""
    standing = IatiProfile.objects.filter(programme=programme).first()
    return IatiProfile(programme=programme) if standing is None else standing


def compose(programme: Programme, at: datetime) -> Composed:
    """Return the activity of a programme as its records are at `at`."""
    profile = profile_of(programme)
    moment = at.astimezone(UTC)
    today = moment.date()
    told = reached.results(programme, profile, today)
    bodies, body_lacks = who.participating(programme, profile)
    budgets, budget_lacks = money.budgets(programme)
    moved, money_lacks = money.transactions(programme, today)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    activity = Activity(
        language=LANGUAGE,
        default_currency=profile.currency or None,
        last_updated=stamp,
        hierarchy="1",
        identifier=identifier(programme, profile),
        reporting_org=who.reporting(profile),
        title=written.words(programme.name),
        descriptions=_descriptions(programme),
        participating_orgs=bodies,
        status=_status(programme, profile, today),
        dates=_dates(programme, today),
        contacts=who.contacts(profile),
        recipient_countries=where.country(profile),
        locations=where.locations(programme, profile, told.places),
        sectors=_shares(profile.sectors),
        tags=_shares(profile.tags),
        budgets=budgets,
        transactions=moved,
        results=told.results,
    )
    missing = (
        *lacks.of_profile(programme, profile), *lacks.of_summary(programme), *body_lacks,
        *budget_lacks, *money_lacks, *told.lacks,
    )  # fmt: skip
    return Composed(activity, told.codes, missing, stamp)


def identifier(programme: Programme, profile: IatiProfile) -> str | None:
    """Return the activity's own identifier: as said, else the organisation's with the code."""
    if profile.activity_ref:
        return profile.activity_ref
    return f"{profile.org_ref}-{programme.code}" if profile.org_ref else None


def _descriptions(programme: Programme) -> tuple[Description, ...]:
    found = []
    general = written.words(programme.summary_es, programme.summary_en)
    if general is not None:
        found.append(Description(type=GENERAL, narratives=general.narratives))
    statements = list(
        ExpectedResult.objects.filter(programme=programme).values_list("statement", flat=True)
    )
    if statements:
        said = (Narrative(" ".join(statements)),)
        found.append(Description(type=OBJECTIVES, narratives=said))
    return tuple(found)


def _status(programme: Programme, profile: IatiProfile, today: date) -> str:
    if profile.status:
        return profile.status
    if today < programme.starts_on:
        return ActivityStatus.PIPELINE.value
    is_over = today > programme.ends_on
    return ActivityStatus.CLOSED.value if is_over else ActivityStatus.IMPLEMENTATION.value


def _dates(programme: Programme, today: date) -> tuple[ActivityDate, ...]:
    has_begun, is_over = programme.starts_on <= today, programme.ends_on < today
    start, end = programme.starts_on.isoformat(), programme.ends_on.isoformat()
    return (
        ActivityDate(type=ACTUAL_START if has_begun else PLANNED_START, iso_date=start),
        ActivityDate(type=ACTUAL_END if is_over else PLANNED_END, iso_date=end),
    )


def _shares(rows: list[dict[str, str]]) -> tuple[Share, ...]:
    return tuple(
        Share(
            vocabulary=row["vocabulary"],
            code=row["code"],
            percentage=row.get("percentage") or None,
        )
        for row in rows
    )
