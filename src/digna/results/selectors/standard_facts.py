"""The facts of a programme that its self-check rests on, each counted once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from digna.accounts.models import Membership, Role
from digna.partners.models import CostLine, Income
from digna.programmes.models import Activity, Programme
from digna.results import chain_reading
from digna.results.chain_reading import ChainRead
from digna.results.models import (
    Baseline,
    ChainReview,
    EffectRun,
    EffectStudy,
    Figure,
    IatiFile,
    Indicator,
    ReportingPeriod,
    ResultsChain,
    Target,
)
from digna.results.selectors import freshness
from digna.results.standard_evidence import Facts
from digna.studies.models.assessments import Finding
from digna_engines.systems import chains, reviewing

ADDABLE = {"unique", "count", "sum"}
BREAKS = {"systems.cycle", "systems.backwards", "systems.orphan", "systems.unfed"}
ENOUGH = 0.7
"""The part of a cohort that has to be known for its figure to speak of it."""


def facts_of(programme: Programme, today: date) -> Facts:
    """Count everything in a fixed number of queries."""
    rows = ResultsChain.objects.filter(programme=programme, archived_at=None)
    read = chain_reading.read_all(rows)
    used = list({one.pk: one for chain in read for one in chain.indicators}.values())
    return Facts(
        **_of_chains(read, today),
        **_of_parts(read),
        **_of_indicators(programme, read, used),
        **_of_figures(programme),
        **_of_money(programme, today),
        **_of_reporting(programme, today),
        **_of_management(programme, today),
    )


def _of_chains(read: Iterable[ChainRead], today: date) -> dict[str, Any]:
    rows = list(read)
    reviews: dict[int, list[ChainReview]] = {}
    for review in ChainReview.objects.filter(chain__in=[one.row for one in rows]):
        reviews.setdefault(review.chain_id, []).append(review)
    every = [review for of_one in reviews.values() for review in of_one]
    return {
        "chains": len(rows),
        "whole_chains": sum(_is_whole(one) for one in rows),
        "chains_with_study": sum(one.row.study_id is not None for one in rows),
        "chains_reviewed": sum(_is_recent(one, reviews.get(one.row.pk, []), today) for one in rows),
        "chains_ever_reviewed": len(reviews),
        "reviewers": len({review.by_id for review in every if review.by_id is not None}),
        "chains_with_gender": sum(bool(one.row.gender.strip()) for one in rows),
        "chains_with_displacement": sum(bool(one.row.displacement.strip()) for one in rows),
    }


def _is_whole(chain: ChainRead) -> bool:
    """Whether it goes from what is done to what gets better, over every level, uncut."""
    levels = {box.row.level for box in chain.boxes}
    story = chain_reading.story(chain)
    found = reviewing.review(story, today=date.min, reviewed_on=date.min)
    return levels == set(chains.LEVELS) and not BREAKS & {fault.code for fault in found.faults}


def _is_recent(chain: ChainRead, reviews: list[ChainReview], today: date) -> bool:
    last = max((review.on for review in reviews), default=None)
    if last is None:
        return False
    return reviewing.months_between(last, today) <= chain.row.review_months


def _of_parts(read: Iterable[ChainRead]) -> dict[str, Any]:
    boxes = [box for chain in read for box in chain.boxes if box.row.level != chains.LEVELS[0]]
    arrows = [arrow for chain in read for arrow in chain.arrows]
    behaviour = [box for box in boxes if box.row.level == "behaviour"]
    return {
        "boxes": len(boxes),
        "boxes_with_indicator": sum(bool(box.indicators) for box in boxes),
        "boxes_with_evidence": sum(bool(box.evidence) for box in boxes),
        "behaviour_boxes": len(behaviour),
        "behaviour_measured": sum(bool(box.indicators) for box in behaviour),
        "arrows": len(arrows),
        "arrows_with_evidence": sum(bool(arrow.evidence) for arrow in arrows),
        "arrows_strong": sum((arrow.row.strength or 0) >= 2 for arrow in arrows),
    }


def _of_indicators(
    programme: Programme, read: Iterable[ChainRead], used: list[Indicator]
) -> dict[str, Any]:
    keys = [row.pk for row in used]
    baselines = list(Baseline.objects.filter(indicator__in=keys, amount__isnull=False))
    targets = Target.objects.filter(indicator__in=keys)
    impact = list(
        {
            one.pk: one
            for chain in read
            for box in chain.boxes
            if box.row.level == chains.LEVELS[-1]
            for one in box.indicators
        }.values()
    )
    own = list(Indicator.objects.filter(programme=programme, is_reported=False))
    people = [row for row in own if row.declaration.get("of") == "person_id"]
    return {
        "indicators": len(used),
        "with_target": len(set(targets.values_list("indicator_id", flat=True))),
        "with_baseline": len(baselines),
        "baseline_before": sum(_is_before(row, programme) for row in baselines),
        "impact_indicators": len(impact),
        "impact_addable": sum(row.declaration.get("measure") in ADDABLE for row in impact),
        "impact_unique": sum(row.declaration.get("measure") == "unique" for row in impact),
        "compared": _compared(programme),
        "of_people": len(people),
        "by_sex": sum("sex" in row.declaration.get("disaggregate", ()) for row in people),
        "headlines": sum(row.is_headline for row in own),
    }


def _compared(programme: Programme) -> int:
    """How many studies of effect hold against a comparison and have enough units to be told."""
    runs = EffectRun.objects.filter(study__programme=programme, state=EffectRun.State.DONE)
    held = runs.exclude(study__design=EffectStudy.Design.BEFORE_AFTER).values_list(
        "study_id", "found__is_impact"
    )
    return len({study for study, is_impact in held if is_impact})


def _is_before(row: Baseline, programme: Programme) -> bool:
    """Whether a baseline is of before the programme, or of the year it began."""
    if row.on is not None:
        return row.on <= programme.starts_on
    return int(row.year) <= programme.starts_on.year


def _of_figures(programme: Programme) -> dict[str, Any]:
    rows = Figure.objects.filter(indicator__programme=programme, kind=Figure.Kind.CURRENT)
    pairs = list(rows.filter(period=None, cohort__gt=0, n__isnull=False).values_list("n", "cohort"))
    fresh = freshness.of(programme)
    return {
        "cohorts": len(pairs),
        "cohorts_answered": sum(
            n >= ENOUGH * cohort for n, cohort in pairs if n is not None and cohort
        ),
        "has_figures": fresh.computed_at is not None,
        "is_fresh": fresh.computed_at is not None and not fresh.is_stale,
    }


def _years(programme: Programme, today: date) -> set[int]:
    return set(range(programme.starts_on.year, min(programme.ends_on, today).year + 1))


def _of_money(programme: Programme, today: date) -> dict[str, Any]:
    years = _years(programme, today)
    spent = CostLine.objects.filter(cycle__programmes=programme, actual__isnull=False)
    with_cost = set(spent.values_list("cycle__starts_on__year", flat=True))
    activities = Activity.objects.filter(programme=programme)
    lined = activities.exclude(budget_line="").filter(budget_amount__isnull=False)
    payers = Income.objects.filter(cycle__programmes=programme).exclude(source="donor")
    return {
        "years": len(years),
        "years_with_cost": len(years & with_cost),
        "activities": activities.count(),
        "activities_with_line": lined.count(),
        "other_payers": payers.order_by().values("source").distinct().count(),
    }


def _of_reporting(programme: Programme, today: date) -> dict[str, Any]:
    frozen = ReportingPeriod.objects.filter(programme=programme, state="frozen")
    ended = {end.year for end in frozen.values_list("ends_on", flat=True)}
    return {
        "years_frozen": len(_years(programme, today) & ended),
        "iati_files": IatiFile.objects.filter(programme=programme).count(),
        "is_public": programme.is_public,
    }


def _of_management(programme: Programme, today: date) -> dict[str, Any]:
    findings = Finding.objects.filter(study__programme=programme)
    in_force = Q(ends_on=None) | Q(ends_on__gte=today)
    roles = {
        member.role
        for member in Membership.objects.filter(in_force, role__in=(Role.LEAD, Role.MEL))
        if not member.programmes or programme.code in member.programmes
    }
    return {
        "findings": findings.count(),
        "findings_decided": findings.exclude(decision="").count(),
        "has_lead": Role.LEAD in roles,
        "has_mel": Role.MEL in roles,
    }
