"""Small code lists of version 2.03, as our own tables of codes.

Codes are facts of the standard (IATI Standard, iatistandard.org, CC BY 4.0). Lists that are large
or that others keep (countries, currencies, languages, CRS sectors, file formats…) are not here:
whoever validates imports them.
"""

from collections.abc import Mapping
from typing import Final

EMBEDDED: Final = frozenset(
    {
        "ActivityDateType",
        "ActivityStatus",
        "BudgetStatus",
        "BudgetType",
        "DocumentCategory",
        "GazetteerAgency",
        "OrganisationRole",
        "RelatedActivityType",
        "TransactionType",
    }
)
"""Lists that change only with a version of the standard: a code outside them is an error."""


def _written(codes: str) -> tuple[str, ...]:
    return tuple(codes.split())


def _numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, last + 1))


_TARGETS: Final = {  # goal: last numbered target, last lettered one
    1: (5, "b"), 2: (5, "c"), 3: (9, "d"), 4: (7, "c"), 5: (6, "c"), 6: (6, "b"), 7: (3, "b"),
    8: (10, "b"), 9: (5, "c"), 10: (7, "c"), 11: (7, "c"), 12: (8, "c"), 13: (3, "b"),
    14: (7, "c"), 15: (9, "c"), 16: (10, "b"), 17: (19, ""),
}  # fmt: skip


def _targets() -> tuple[str, ...]:
    letters = "abcd"
    return tuple(
        f"{goal}.{target}"
        for goal, (last, letter) in _TARGETS.items()
        for target in (*_numbers(1, last), *letters[: letters.find(letter) + 1 if letter else 0])
    )


CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "ActivityDateType": _numbers(1, 4),
    "ActivityScope": _numbers(1, 8),
    "ActivityStatus": _numbers(1, 6),
    "AidType": _written(
        "A01 A02 B01 B02 B021 B022 B03 B031 B032 B033 B04 C01 D01 D02 E01 E02 F01 G01 "
        "H01 H02 H03 H04 H05 H06"
    ),
    "AidTypeVocabulary": _numbers(1, 4),
    "BudgetIdentifierVocabulary": _numbers(1, 5),
    "BudgetNotProvided": _numbers(1, 3),
    "BudgetStatus": _numbers(1, 2),
    "BudgetType": _numbers(1, 2),
    "CRSAddOtherFlags": _numbers(1, 4),
    "CashandVoucherModalities": _numbers(1, 2),
    "CollaborationType": ("1", "2", "3", "4", "6", "7", "8"),
    "ConditionType": _numbers(1, 3),
    "ContactType": _numbers(1, 4),
    "DescriptionType": _numbers(1, 4),
    "DisbursementChannel": _numbers(1, 4),
    "DocumentCategory": tuple(
        [f"A{number:02d}" for number in range(1, 13)]
        + [f"B{number:02d}" for number in range(1, 19)]
    ),
    "EarmarkingCategory": _numbers(1, 4),
    "FlowType": ("10", "20", "21", "22", "30", "35", "36", "37", "40", "50"),
    "GeographicExactness": _numbers(1, 2),
    "GeographicLocationClass": _numbers(1, 4),
    "GeographicLocationReach": _numbers(1, 2),
    "GeographicVocabulary": ("A1", "A2", "A3", "A4", "G1", "G2"),
    "HumanitarianScopeType": _numbers(1, 2),
    "HumanitarianScopeVocabulary": ("1-2", "2-1", "99"),
    "IndicatorMeasure": _numbers(1, 5),
    "IndicatorVocabulary": (*_numbers(1, 9), "99"),
    "LoanRepaymentPeriod": ("1", "2", "4", "12"),
    "LoanRepaymentType": ("1", "2", "3", "5"),
    "OrganisationRole": _numbers(1, 4),
    "OrganisationType": _written("10 11 15 21 22 23 24 30 40 60 70 71 72 73 80 90"),
    "OtherIdentifierType": ("A1", "A2", "A3", "A4", "A9", "B1", "B9"),
    "PolicyMarker": _numbers(1, 12),
    "PolicyMarkerVocabulary": ("1", "99"),
    "PolicySignificance": _numbers(0, 4),
    "Region": _written(
        "88 89 189 289 298 380 389 489 498 589 619 679 689 789 798 889 998 1027 1028 1029 1030 "
        "1031 1032 1033 1034 1035"
    ),
    "RegionVocabulary": ("1", "2", "99"),
    "RelatedActivityType": _numbers(1, 5),
    "ResultType": ("1", "2", "3", "9"),
    "ResultVocabulary": ("99",),
    "SectorVocabulary": (*_numbers(1, 12), "98", "99"),
    "TagVocabulary": (*_numbers(1, 5), "99"),
    "TiedStatus": _numbers(3, 5),
    "TransactionType": _numbers(1, 13),
    "UNSDG-Goals": _numbers(1, 17),
    "UNSDG-Targets": _targets(),
    "Version": ("1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"),
}
"""List → its codes, as of June 2026."""

_A: Final = "//iati-activity/"
_O: Final = "//iati-organisation/"
_DOCUMENTS: Final = (
    f"{_A}document-link",
    f"{_A}result/document-link",
    f"{_A}result/indicator/document-link",
    f"{_A}result/indicator/baseline/document-link",
    f"{_A}result/indicator/period/target/document-link",
    f"{_A}result/indicator/period/actual/document-link",
    f"{_O}document-link",
)
_BUDGETS: Final = tuple(
    f"{_O}{name}"
    for name in (
        "total-budget",
        "recipient-org-budget",
        "recipient-country-budget",
        "recipient-region-budget",
    )
)
_DEFAULT: Final = "@vocabulary = '1' or not(@vocabulary)"


def _under(places: tuple[str, ...], step: str) -> dict[str, str]:
    return {f"{place}/{step}": "" for place in places}


def _each(*places: str) -> dict[str, str]:
    return dict.fromkeys(places, "")


def _in(vocabulary: str, *places: str) -> dict[str, str]:
    return dict.fromkeys(places, _DEFAULT if vocabulary == "1" else f"@vocabulary = '{vocabulary}'")


_AID: Final = (f"{_A}default-aid-type/@code", f"{_A}transaction/aid-type/@code")
_SECTORS: Final = (f"{_A}sector/@code", f"{_A}transaction/sector/@code")

PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "ActivityDateType": _each(f"{_A}activity-date/@type"),
    "ActivityScope": _each(f"{_A}activity-scope/@code"),
    "ActivityStatus": _each(f"{_A}activity-status/@code"),
    "AidType": _in("1", *_AID),
    "AidTypeVocabulary": _each(
        f"{_A}default-aid-type/@vocabulary", f"{_A}transaction/aid-type/@vocabulary"
    ),
    "BudgetIdentifierVocabulary": _each(f"{_A}country-budget-items/@vocabulary"),
    "BudgetNotProvided": _each("//iati-activity/@budget-not-provided"),
    "BudgetStatus": _each(f"{_A}budget/@status") | _under(_BUDGETS, "@status"),
    "BudgetType": _each(f"{_A}budget/@type", f"{_A}planned-disbursement/@type"),
    "CRSAddOtherFlags": _each(f"{_A}crs-add/other-flags/@code"),
    "CRSChannelCode": _each(
        f"{_A}crs-add/channel-code/text()", f"{_A}participating-org/@crs-channel-code"
    ),
    "CashandVoucherModalities": _in("4", *_AID),
    "CollaborationType": _each(f"{_A}collaboration-type/@code"),
    "ConditionType": _each(f"{_A}conditions/condition/@type"),
    "ContactType": _each(f"{_A}contact-info/@type"),
    "Country": _each(
        f"{_A}recipient-country/@code",
        f"{_A}transaction/recipient-country/@code",
        f"{_O}document-link/recipient-country/@code",
        f"{_O}recipient-country-budget/recipient-country/@code",
    )
    | _in("A4", f"{_A}location/administrative/@code"),
    "Currency": _each(
        "//iati-activity/@default-currency",
        "//iati-organisation/@default-currency",
        f"{_A}budget/value/@currency",
        f"{_A}crs-add/loan-status/@currency",
        f"{_A}fss/forecast/@currency",
        f"{_A}planned-disbursement/value/@currency",
        f"{_A}transaction/value/@currency",
    )
    | _under(_BUDGETS, "value/@currency")
    | _under(_BUDGETS[1:], "budget-line/value/@currency"),
    "DescriptionType": _each(f"{_A}description/@type"),
    "DisbursementChannel": _each(f"{_A}transaction/disbursement-channel/@code"),
    "DocumentCategory": _under(_DOCUMENTS, "category/@code"),
    "EarmarkingCategory": _in("2", *_AID),
    "FileFormat": _under(_DOCUMENTS, "@format"),
    "FinanceType": _each(f"{_A}default-finance-type/@code", f"{_A}transaction/finance-type/@code"),
    "FlowType": _each(f"{_A}default-flow-type/@code", f"{_A}transaction/flow-type/@code"),
    "GeographicExactness": _each(f"{_A}location/exactness/@code"),
    "GeographicLocationClass": _each(f"{_A}location/location-class/@code"),
    "GeographicLocationReach": _each(f"{_A}location/location-reach/@code"),
    "GeographicVocabulary": _each(
        f"{_A}location/administrative/@vocabulary", f"{_A}location/location-id/@vocabulary"
    ),
    "HumanitarianScopeType": _each(f"{_A}humanitarian-scope/@type"),
    "HumanitarianScopeVocabulary": _each(f"{_A}humanitarian-scope/@vocabulary"),
    "IndicatorMeasure": _each(f"{_A}result/indicator/@measure"),
    "IndicatorVocabulary": _each(f"{_A}result/indicator/reference/@vocabulary"),
    "Language": _each("//@xml:lang") | _under(_DOCUMENTS, "language/@code"),
    "LoanRepaymentPeriod": _each(f"{_A}crs-add/loan-terms/repayment-plan/@code"),
    "LoanRepaymentType": _each(f"{_A}crs-add/loan-terms/repayment-type/@code"),
    "LocationType": _each(f"{_A}location/feature-designation/@code"),
    "OrganisationRole": _each(f"{_A}participating-org/@role"),
    "OrganisationType": _each(
        f"{_A}participating-org/@type",
        f"{_A}reporting-org/@type",
        f"{_O}reporting-org/@type",
        *(
            f"{_A}{parent}/{name}/@type"
            for parent in ("planned-disbursement", "transaction")
            for name in ("provider-org", "receiver-org")
        ),
    ),
    "OtherIdentifierType": _each(f"{_A}other-identifier/@type"),
    "PolicyMarker": _in("1", f"{_A}policy-marker/@code"),
    "PolicyMarkerVocabulary": _each(f"{_A}policy-marker/@vocabulary"),
    "PolicySignificance": _each(f"{_A}policy-marker/@significance"),
    "Region": _in(
        "1",
        f"{_A}recipient-region/@code",
        f"{_A}transaction/recipient-region/@code",
        f"{_O}recipient-region-budget/recipient-region/@code",
    ),
    "RegionVocabulary": _each(
        f"{_A}recipient-region/@vocabulary",
        f"{_A}transaction/recipient-region/@vocabulary",
        f"{_O}recipient-region-budget/recipient-region/@vocabulary",
    ),
    "RelatedActivityType": _each(f"{_A}related-activity/@type"),
    "ResultType": _each(f"{_A}result/@type"),
    "ResultVocabulary": _each(f"{_A}result/reference/@vocabulary"),
    "Sector": _in("1", *_SECTORS),
    "SectorCategory": _in("2", *_SECTORS),
    "SectorVocabulary": _each(f"{_A}sector/@vocabulary", f"{_A}transaction/sector/@vocabulary"),
    "TagVocabulary": _each(f"{_A}tag/@vocabulary"),
    "TiedStatus": _each(f"{_A}default-tied-status/@code", f"{_A}transaction/tied-status/@code"),
    "TransactionType": _each(f"{_A}transaction/transaction-type/@code"),
    "UNSDG-Goals": _in("7", *_SECTORS) | _in("2", f"{_A}tag/@code"),
    "UNSDG-Targets": _in("8", *_SECTORS) | _in("3", f"{_A}tag/@code"),
    "Version": _each("//iati-activities/@version", "//iati-organisations/@version"),
}
"""List → where its codes stand → the condition on the element that carries them («» for none)."""
