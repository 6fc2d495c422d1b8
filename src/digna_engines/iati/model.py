# ruff: noqa: RUF009  (a field says where it stands by a call, as dataclasses.field does)
"""Activities as frozen values: what Digna writes and reads of the activity standard 2.03.

Each class is an element, each field stands in the order of the schema. Every value is a text as
written; ``number_of`` and ``day_of`` read them. What is not here (humanitarian scopes, budget
items of a country, capital spend, CRS and forward-spending additions, legacy data) is listed by
``read`` when a file brings it.
"""

from dataclasses import dataclass

from digna_engines.iati.shapes import (
    XML_LANG,
    Narrative,
    Words,
    all_held,
    attribute,
    held,
    many,
    many_texts,
    narratives,
    one,
    text,
    texts,
    word,
    words,
)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Who reports, takes part or owns: identifier, type, role, and its name."""

    ref: str | None = attribute("ref")
    type: str | None = attribute("type")
    role: str | None = attribute("role")
    activity_id: str | None = attribute("activity-id")
    crs_channel_code: str | None = attribute("crs-channel-code")
    secondary_reporter: str | None = attribute("secondary-reporter")
    names: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class Payer:
    """Who gives or receives money, and the activity of theirs that it belongs to."""

    ref: str | None = attribute("ref")
    provider_activity_id: str | None = attribute("provider-activity-id")
    receiver_activity_id: str | None = attribute("receiver-activity-id")
    type: str | None = attribute("type")
    names: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class Description:
    """A description; ``type`` 1 general, 2 objectives, 3 target groups, 4 other."""

    type: str | None = attribute("type")
    narratives: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class OtherIdentifier:
    """Another identifier of the activity or its reporter, and who gave it."""

    ref: str | None = attribute("ref")
    type: str | None = attribute("type")
    owner: Organisation | None = one("owner-org", Organisation)


@dataclass(frozen=True, kw_only=True)
class ActivityDate:
    """A date; ``type`` 1 planned start, 2 actual start, 3 planned end, 4 actual end."""

    type: str | None = attribute("type")
    iso_date: str | None = attribute("iso-date")
    narratives: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How to reach who knows."""

    type: str | None = attribute("type")
    organisation: Words | None = texts("organisation")
    department: Words | None = texts("department")
    person_name: Words | None = texts("person-name")
    job_title: Words | None = texts("job-title")
    telephones: tuple[str, ...] = words("telephone")
    emails: tuple[str, ...] = words("email")
    websites: tuple[str, ...] = words("website")
    mailing_addresses: tuple[Words, ...] = many_texts("mailing-address")


@dataclass(frozen=True, kw_only=True)
class Share:
    """A code of a vocabulary with its percentage: a country, a region, a sector, a tag."""

    vocabulary: str | None = attribute("vocabulary")
    vocabulary_uri: str | None = attribute("vocabulary-uri")
    code: str | None = attribute("code")
    percentage: str | None = attribute("percentage")
    narratives: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class PlaceCode:
    """A code of a gazetteer or administrative vocabulary."""

    vocabulary: str | None = attribute("vocabulary")
    level: str | None = attribute("level")
    code: str | None = attribute("code")


@dataclass(frozen=True, kw_only=True)
class Point:
    """A position: «latitude longitude»."""

    srs_name: str | None = attribute("srsName")
    position: str | None = word("pos")


@dataclass(frozen=True, kw_only=True)
class Location:
    """A place of the activity; ``ref`` is how results name it (ISO 3166-2, «BO-L»)."""

    ref: str | None = attribute("ref")
    reach: str | None = held("location-reach", "code")
    ids: tuple[PlaceCode, ...] = many("location-id", PlaceCode)
    name: Words | None = texts("name")
    description: Words | None = texts("description")
    activity_description: Words | None = texts("activity-description")
    administrative: tuple[PlaceCode, ...] = many("administrative", PlaceCode)
    point: Point | None = one("point", Point)
    exactness: str | None = held("exactness", "code")
    location_class: str | None = held("location-class", "code")
    feature_designation: str | None = held("feature-designation", "code")


@dataclass(frozen=True, kw_only=True)
class PolicyMarker:
    """A policy marker and its significance (0 none, 1 significant, 2 principal)."""

    vocabulary: str | None = attribute("vocabulary")
    vocabulary_uri: str | None = attribute("vocabulary-uri")
    code: str | None = attribute("code")
    significance: str | None = attribute("significance")
    narratives: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class AidType:
    """A code of an aid-type vocabulary."""

    code: str | None = attribute("code")
    vocabulary: str | None = attribute("vocabulary")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount as written, with its currency and the date of its value."""

    currency: str | None = attribute("currency")
    value_date: str | None = attribute("value-date")
    amount: str | None = text()


@dataclass(frozen=True, kw_only=True)
class Budget:
    """A budget of a period of a year at most."""

    type: str | None = attribute("type")
    status: str | None = attribute("status")
    start: str | None = held("period-start", "iso-date")
    end: str | None = held("period-end", "iso-date")
    value: Amount | None = one("value", Amount)


@dataclass(frozen=True, kw_only=True)
class PlannedDisbursement:
    """A disbursement that is planned."""

    type: str | None = attribute("type")
    start: str | None = held("period-start", "iso-date")
    end: str | None = held("period-end", "iso-date")
    value: Amount | None = one("value", Amount)
    provider: Payer | None = one("provider-org", Payer)
    receiver: Payer | None = one("receiver-org", Payer)


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """Money that moved; ``type`` 1 incoming funds, 3 disbursement, 4 expenditure…"""

    ref: str | None = attribute("ref")
    humanitarian: str | None = attribute("humanitarian")
    type: str | None = held("transaction-type", "code")
    date: str | None = held("transaction-date", "iso-date")
    value: Amount | None = one("value", Amount)
    description: Words | None = texts("description")
    provider: Payer | None = one("provider-org", Payer)
    receiver: Payer | None = one("receiver-org", Payer)
    disbursement_channel: str | None = held("disbursement-channel", "code")
    sectors: tuple[Share, ...] = many("sector", Share)
    recipient_country: Share | None = one("recipient-country", Share)
    recipient_region: Share | None = one("recipient-region", Share)
    flow_type: str | None = held("flow-type", "code")
    finance_type: str | None = held("finance-type", "code")
    aid_types: tuple[AidType, ...] = many("aid-type", AidType)
    tied_status: str | None = held("tied-status", "code")


@dataclass(frozen=True, kw_only=True)
class DocumentLink:
    """A document that can be fetched."""

    format: str | None = attribute("format")
    url: str | None = attribute("url")
    title: Words | None = texts("title")
    description: Words | None = texts("description")
    categories: tuple[str | None, ...] = all_held("category", "code")
    languages: tuple[str | None, ...] = all_held("language", "code")
    date: str | None = held("document-date", "iso-date")


@dataclass(frozen=True, kw_only=True)
class RelatedActivity:
    """Another activity and how it is related."""

    ref: str | None = attribute("ref")
    type: str | None = attribute("type")


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition attached to the activity."""

    type: str | None = attribute("type")
    narratives: tuple[Narrative, ...] = narratives()


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """Whether conditions are attached, and which."""

    attached: str | None = attribute("attached")
    conditions: tuple[Condition, ...] = many("condition", Condition)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A standard indicator or result that this one is (vocabulary 9: SDG)."""

    vocabulary: str | None = attribute("vocabulary")
    code: str | None = attribute("code")
    vocabulary_uri: str | None = attribute("vocabulary-uri")
    indicator_uri: str | None = attribute("indicator-uri")


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One category of one dimension: sex, female."""

    name: str | None = attribute("name")
    value: str | None = attribute("value")


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Where an indicator began. Its comment goes last (in a target it goes before documents)."""

    year: str | None = attribute("year")
    iso_date: str | None = attribute("iso-date")
    value: str | None = attribute("value")
    locations: tuple[str | None, ...] = all_held("location", "ref")
    dimensions: tuple[Dimension, ...] = many("dimension", Dimension)
    documents: tuple[DocumentLink, ...] = many("document-link", DocumentLink)
    comment: Words | None = texts("comment")


@dataclass(frozen=True, kw_only=True)
class PeriodValue:
    """A target or an actual: the total (no place, no dimension) or one of its parts."""

    value: str | None = attribute("value")
    locations: tuple[str | None, ...] = all_held("location", "ref")
    dimensions: tuple[Dimension, ...] = many("dimension", Dimension)
    comment: Words | None = texts("comment")
    documents: tuple[DocumentLink, ...] = many("document-link", DocumentLink)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period with what was aimed at and what was reached."""

    start: str | None = held("period-start", "iso-date")
    end: str | None = held("period-end", "iso-date")
    targets: tuple[PeriodValue, ...] = many("target", PeriodValue)
    actuals: tuple[PeriodValue, ...] = many("actual", PeriodValue)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What is measured; ``measure`` 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative."""

    measure: str | None = attribute("measure")
    ascending: str | None = attribute("ascending")
    aggregation_status: str | None = attribute("aggregation-status")
    title: Words | None = texts("title")
    description: Words | None = texts("description")
    documents: tuple[DocumentLink, ...] = many("document-link", DocumentLink)
    references: tuple[Reference, ...] = many("reference", Reference)
    baselines: tuple[Baseline, ...] = many("baseline", Baseline)
    periods: tuple[Period, ...] = many("period", Period)


@dataclass(frozen=True, kw_only=True)
class Result:
    """A result; ``type`` 1 output, 2 outcome, 3 impact, 9 other."""

    type: str | None = attribute("type")
    aggregation_status: str | None = attribute("aggregation-status")
    title: Words | None = texts("title")
    description: Words | None = texts("description")
    documents: tuple[DocumentLink, ...] = many("document-link", DocumentLink)
    references: tuple[Reference, ...] = many("reference", Reference)
    indicators: tuple[Indicator, ...] = many("indicator", Indicator)


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An activity whole."""

    language: str | None = attribute(XML_LANG)
    default_currency: str | None = attribute("default-currency")
    last_updated: str | None = attribute("last-updated-datetime")
    humanitarian: str | None = attribute("humanitarian")
    hierarchy: str | None = attribute("hierarchy")
    linked_data_uri: str | None = attribute("linked-data-uri")
    budget_not_provided: str | None = attribute("budget-not-provided")
    identifier: str | None = word("iati-identifier")
    reporting_org: Organisation | None = one("reporting-org", Organisation)
    title: Words | None = texts("title")
    descriptions: tuple[Description, ...] = many("description", Description)
    participating_orgs: tuple[Organisation, ...] = many("participating-org", Organisation)
    other_identifiers: tuple[OtherIdentifier, ...] = many("other-identifier", OtherIdentifier)
    status: str | None = held("activity-status", "code")
    dates: tuple[ActivityDate, ...] = many("activity-date", ActivityDate)
    contacts: tuple[Contact, ...] = many("contact-info", Contact)
    scope: str | None = held("activity-scope", "code")
    recipient_countries: tuple[Share, ...] = many("recipient-country", Share)
    recipient_regions: tuple[Share, ...] = many("recipient-region", Share)
    locations: tuple[Location, ...] = many("location", Location)
    sectors: tuple[Share, ...] = many("sector", Share)
    tags: tuple[Share, ...] = many("tag", Share)
    policy_markers: tuple[PolicyMarker, ...] = many("policy-marker", PolicyMarker)
    collaboration_type: str | None = held("collaboration-type", "code")
    default_flow_type: str | None = held("default-flow-type", "code")
    default_finance_type: str | None = held("default-finance-type", "code")
    default_aid_types: tuple[AidType, ...] = many("default-aid-type", AidType)
    default_tied_status: str | None = held("default-tied-status", "code")
    budgets: tuple[Budget, ...] = many("budget", Budget)
    planned_disbursements: tuple[PlannedDisbursement, ...] = many(
        "planned-disbursement", PlannedDisbursement
    )
    transactions: tuple[Transaction, ...] = many("transaction", Transaction)
    documents: tuple[DocumentLink, ...] = many("document-link", DocumentLink)
    related: tuple[RelatedActivity, ...] = many("related-activity", RelatedActivity)
    conditions: Conditions | None = one("conditions", Conditions)
    results: tuple[Result, ...] = many("result", Result)
