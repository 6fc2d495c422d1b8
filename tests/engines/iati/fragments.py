"""Hand-made pieces of files: for every rule one or more that break it and that keep it."""

NOW = "2026-06-30"
AGENCIES = frozenset({"XX-AAA"})


def activity(inside: str = "", attributes: str = 'xml:lang="es" default-currency="USD"') -> bytes:
    """A file with one activity."""
    return _file("iati-activities", "iati-activity", inside, attributes)


def organisation(
    inside: str = "", attributes: str = 'xml:lang="es" default-currency="USD"'
) -> bytes:
    """A file with one organisation."""
    return _file("iati-organisations", "iati-organisation", inside, attributes)


def _file(root: str, record: str, inside: str, attributes: str) -> bytes:
    return f'<{root} version="2.03"><{record} {attributes}>{inside}</{record}></{root}>'.encode()


def dated(tag: str, start: str, end: str, more: str = "") -> str:
    """An element with a period."""
    return f'<{tag}><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{more}</{tag}>'


def transaction(inside: str) -> str:
    return f"<transaction>{inside}</transaction>"


def indicator(inside: str, measure: int = 1) -> str:
    return f'<result><indicator measure="{measure}">{inside}</indicator></result>'


def valued(name: str, value: str | None) -> str:
    """A baseline, or a period with a target or an actual."""
    said = "" if value is None else f' value="{value}"'
    return f"<{name}{said}/>" if name == "baseline" else f"<period><{name}{said}/></period>"


def shares(tag: str, *percentages: str | None, more: str = "") -> str:
    """Several elements with or without percentage."""
    said = ("" if one is None else f' percentage="{one}"' for one in percentages)
    return "".join(f"<{tag} {more}{one}/>" for one in said)


BUDGETS = (
    "total-budget",
    "recipient-org-budget",
    "recipient-country-budget",
    "recipient-region-budget",
    "total-expenditure",
)
DAC, OWN = 'vocabulary="1"', 'vocabulary="2"'
_VALUES = (("8.8", "baseline"), ("8.9", "target"), ("8.10", "actual"))

BREAKING: dict[str, list[bytes]] = {
    "1.1.3": [
        activity('<iati-identifier>XX-AAA-1</iati-identifier><reporting-org ref="XX-AAA-1"/>')
    ],
    "1.1.21": [
        activity('<iati-identifier>YY-1</iati-identifier><reporting-org ref="XX-AAA-1"/>'),
        activity('<iati-identifier>XX-AAA-11</iati-identifier><reporting-org ref="XX-AAA-1"/>'),
        activity("<iati-identifier>YY-1</iati-identifier>"),
    ],
    "1.14.8": [activity('<reporting-org ref="ZZ-BBB-1"/>'), activity('<reporting-org ref="ZZ"/>')],
    "1.18.8": [organisation('<reporting-org ref="ZZ-BBB-1"/>')],
    "1.3.13": [activity("<iati-identifier>XX-AAA-1/2</iati-identifier>")],
    "1.14.13": [activity('<reporting-org ref="XX-AAA-1?"/>')],
    "1.11.13": [activity('<other-identifier><owner-org ref="a|b"/></other-identifier>')],
    "1.10.13": [
        activity(transaction('<provider-org ref="a/b"/>')),
        activity('<planned-disbursement><provider-org ref="a/b"/></planned-disbursement>'),
    ],
    "1.15.13": [
        activity(transaction('<receiver-org ref="a&amp;b"/>')),
        activity('<planned-disbursement><receiver-org ref="a/b"/></planned-disbursement>'),
    ],
    "1.8.13": [activity('<participating-org ref="a/b"/>')],
    "1.12.13": [organisation("<organisation-identifier>a/b</organisation-identifier>")],
    "1.18.13": [organisation('<reporting-org ref="XX-AAA-1|"/>')],
    "1.3.1": [activity("<iati-identifier> XX-AAA-1</iati-identifier>")],
    "1.14.1": [activity('<reporting-org ref="XX-AAA-1 "/>')],
    "1.16.1": [activity('<other-identifier type="B1" ref=" a"/>')],
    "1.6.1": [activity('<other-identifier type="A3" ref="a "/>')],
    "1.7.1": [activity('<related-activity ref=" a"/>')],
    "1.11.1": [activity('<other-identifier><owner-org ref="a "/></other-identifier>')],
    "1.10.1": [activity(transaction('<provider-org ref=" a"/>'))],
    "1.4.1": [activity(transaction('<provider-org provider-activity-id=" a"/>'))],
    "1.15.1": [activity(transaction('<receiver-org ref=" a"/>'))],
    "1.5.1": [activity(transaction('<receiver-org receiver-activity-id="a "/>'))],
    "1.8.1": [activity('<participating-org ref=" a"/>')],
    "1.9.1": [activity('<participating-org activity-id=" a"/>')],
    "1.12.1": [organisation("<organisation-identifier>a\n</organisation-identifier>")],
    "1.17.1": [
        organisation('<recipient-org-budget><recipient-org ref=" a"/></recipient-org-budget>')
    ],
    "1.18.1": [organisation('<reporting-org ref=" XX-AAA-1"/>')],
    "4.3.1": [
        activity("<title/>"),
        activity("<title><narrative/></title>"),
        activity("<result><title/></result>"),
    ],
    "4.4.1": [
        activity("<description/>"),
        organisation("<document-link><description/></document-link>"),
    ],
    "4.1.1": [activity("<title><narrative>a</narrative></title>", "")],
    "4.5.1": [organisation("<name><narrative>a</narrative></name>", "")],
    "6.8.1": [activity("<other-identifier><owner-org/></other-identifier>")],
    "6.9.1": [
        activity(transaction("<provider-org/>")),
        activity("<planned-disbursement><provider-org/></planned-disbursement>"),
    ],
    "6.9.2": [activity(transaction("<receiver-org/>"))],
    "6.10.1": [activity("<participating-org/>")],
    "6.11.1": [activity('<activity-date type="3" iso-date="2020-01-01"/>')],
    "11.1.1": [activity("", 'last-updated-datetime="2026-07-01T00:00:00Z"')],
    "11.4.1": [organisation("", 'last-updated-datetime="2027-01-01T00:00:00Z"')],
    "11.1.2": [
        activity(
            '<activity-date type="1" iso-date="2020-01-02"/>'
            '<activity-date type="3" iso-date="2020-01-01"/>'
        )
    ],
    "11.1.3": [
        activity(
            '<activity-date type="2" iso-date="2020-01-02"/>'
            '<activity-date type="4" iso-date="2020-01-01"/>'
        )
    ],
    "11.1.4": [activity('<activity-date type="2" iso-date="2026-07-01"/>')],
    "11.1.5": [activity('<activity-date type="4" iso-date="2026-07-01"/>')],
    "6.2.2": [activity()],
    "6.7.2": [activity(transaction("<sector/>") + transaction(""))],
    "6.6.2": [activity("<sector/>" + transaction("<sector/>"))],
    "2.1.1": [
        activity(shares("sector", "50", None, more=DAC)),
        activity(shares("sector", None, None)),
        activity(shares("sector", "50", None, more=OWN)),
    ],
    "2.1.2": [
        activity(shares("sector", "50", "49.9", more=DAC)),
        activity(shares("sector", "33.3", "33.3", "33.3")),
    ],
    "2.1.4": [
        activity(shares("sector", "99", more=DAC)),
        activity(shares("sector", "99", more=OWN)),
    ],
    "2.2.1": [activity('<sector vocabulary="99"/>'), activity('<sector vocabulary="98"/>')],
    "102.1.1": [activity(shares("sector", None, more=OWN))],
    "12.3.1": [activity(shares("sector", "-1", "101"))],
    "6.14.1": [activity('<policy-marker vocabulary="1"/>'), activity("<policy-marker/>")],
    "6.13.1": [activity('<policy-marker vocabulary="99"/>')],
    "107.1.1": [activity('<default-aid-type vocabulary="2"/>')],
    "107.1.2": [
        activity('<default-aid-type vocabulary="1"/><default-aid-type/>'),
        activity('<default-aid-type vocabulary="2"/><default-aid-type vocabulary="2"/>'),
    ],
    "107.2.1": [activity(transaction('<aid-type vocabulary="2"/>'))],
    "107.2.2": [
        activity(transaction('<aid-type vocabulary="1"/><aid-type/>')),
        activity(transaction('<aid-type vocabulary="3"/><aid-type vocabulary="3"/>')),
    ],
    "3.1.1": [activity(shares("recipient-country", "50", None))],
    "3.1.2": [activity(shares("recipient-country", "50", "60"))],
    "3.1.4": [activity(shares("recipient-country", "50"))],
    "3.4.1": [activity(shares("recipient-region", "50", None, more=DAC))],
    "3.4.2": [
        activity(shares("recipient-region", "50", "49", more=DAC)),
        activity(shares("recipient-region", "50", more=DAC) + shares("recipient-country", "49")),
    ],
    "3.4.4": [activity(shares("recipient-region", "50", more=DAC))],
    "3.6.2": [
        activity("<recipient-country/>" + transaction("<recipient-country/>")),
        activity("<recipient-country/>" + transaction("<recipient-region/>")),
    ],
    "3.7.1": [activity()],
    "3.7.2": [activity(transaction("<recipient-country/>") + transaction(""))],
    "12.1.1": [
        activity(shares("recipient-country", "101")),
        activity(shares("recipient-region", "-0.1", more=DAC)),
    ],
    "7.8.1": [
        activity("<budget><value>1</value></budget>", ""),
        activity("<fss><forecast>1</forecast></fss>", ""),
        activity("<crs-add><loan-status/></crs-add>", ""),
    ],
    "7.8.2": [organisation("<total-budget><value>1</value></total-budget>", "")],
    "11.2.1": [activity(transaction('<transaction-date iso-date="2026-07-01"/>'))],
    "11.2.2": [activity(transaction('<value value-date="2026-07-01"/>'))],
    "8.6.3": [
        *(activity(dated(tag, "2020-02-01", "2020-01-01"))
          for tag in ("budget", "planned-disbursement")),
        *(organisation(dated(tag, "2020-02-01", "2020-01-01")) for tag in BUDGETS),
    ],
    "7.5.3": [
        activity(dated("budget", "2020-01-01", "2021-01-02")),
        *(organisation(dated(tag, "2020-01-01", "2021-01-01")) for tag in BUDGETS),
    ],
    "11.3.1": [
        organisation(
            dated("recipient-country-budget", "2020-01-01", "2020-12-31",
                  '<budget-line><value value-date="2021-01-01"/></budget-line>')
        )
    ],
    "7.9.1": [
        activity('<country-budget-items vocabulary="4"><budget-item/><budget-item/>'
                 "</country-budget-items>")
    ],
    "7.9.2": [
        activity('<country-budget-items vocabulary="4"><budget-item percentage="1"/>'
                 '<budget-item percentage="2"/></country-budget-items>')
    ],
    "7.9.4": [
        activity('<country-budget-items vocabulary="4"><budget-item percentage="1"/>'
                 "</country-budget-items>")
    ],
    "12.2.1": [
        activity('<capital-spend percentage="101"/>'),
        activity('<country-budget-items vocabulary="4"><budget-item percentage="-1"/>'
                 "</country-budget-items>"),
    ],
    "8.11.1": [
        activity("<result><reference/><indicator><reference/></indicator></result>"),
    ],
    "8.6.1": [activity(indicator(dated("period", "2020-01-02", "2020-01-01")))],
    **{f"{n}.1": [activity(indicator(valued(name, None), m)) for m in (1, 2, 3, 4)]
       for n, name in _VALUES},
    **{f"{n}.2": [activity(indicator(valued(name, said), 1)) for said in ("1,5", "1.500,00", "n/a")]
       for n, name in _VALUES},
    **{f"{n}.3": [activity(indicator(valued(name, "7"), 5))] for n, name in _VALUES},
}  # fmt: skip
"""Rule → files that break it."""

_GOOD_ID = '<iati-identifier>XX-AAA-1-P1</iati-identifier><reporting-org ref="XX-AAA-1"/>'
_GOOD_PEOPLE = (
    '<participating-org ref="XX-AAA-2" activity-id="XX-AAA-2-9"/>'
    "<participating-org><narrative>Ñandú</narrative></participating-org>"
    '<other-identifier type="B1" ref="XX-AAA-0"><owner-org ref="XX-AAA-0"/></other-identifier>'
    '<other-identifier type="A3" ref="XX-AAA-0-1"><owner-org><narrative>a</narrative></owner-org>'
    "</other-identifier>"
    '<related-activity ref="XX-AAA-1-P0"/>'
)
_GOOD_MONEY = transaction(
    '<transaction-date iso-date="2026-06-30"/><value value-date="2026-06-30">1</value>'
    '<provider-org ref="XX-AAA-2" provider-activity-id="XX-AAA-2-9"/>'
    '<receiver-org receiver-activity-id="b"><narrative>b</narrative></receiver-org>'
    '<aid-type vocabulary="1"/><aid-type vocabulary="2"/>'
)
_GOOD_DATES = "".join(
    f'<activity-date type="{kind}" iso-date="{day}"/>'
    for kind, day in ((1, "2020-01-01"), (2, "2020-01-01"), (3, "2020-01-01"), (4, NOW))
)
_GOOD_REST = (
    '<default-aid-type vocabulary="1"/><default-aid-type vocabulary="2"/>'
    '<policy-marker significance="0"/><policy-marker vocabulary="99"><narrative>a</narrative>'
    '</policy-marker><capital-spend percentage="0"/>'
    '<country-budget-items vocabulary="4"><budget-item percentage="33.3"/>'
    '<budget-item percentage="66.7"/></country-budget-items>'
)
_GOOD_RESULTS = "".join(
    (
        "<result><title><narrative>r</narrative></title>"
        "<description><narrative>d</narrative></description><reference/>"
        '<indicator measure="1"><baseline value="0"/>'
        '<period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-01-01"/>'
        '<target value="-1.5"/><actual value="0"/></period></indicator></result>',
        '<result><indicator measure="5"><reference/><baseline/>'
        "<period><target/><actual/></period></indicator></result>",
    )
)
WHOLE = activity(
    _GOOD_ID
    + "<title><narrative>t</narrative></title>"
    + "<description><narrative>d</narrative></description>"
    + _GOOD_PEOPLE
    + _GOOD_DATES
    + shares("recipient-country", "33.3")
    + shares("recipient-region", "66.7", more=DAC)
    + shares("sector", "33.3", "33.3", "33.4", more=DAC)
    + '<sector vocabulary="99" percentage="100"><narrative>s</narrative></sector>'
    + _GOOD_REST
    + dated("budget", "2020-01-01", "2020-12-31", "<value>1</value>")
    + dated("planned-disbursement", "2020-01-01", "2022-01-01", '<provider-org ref="a"/>'
            '<receiver-org ref="b"/>')
    + _GOOD_MONEY
    + _GOOD_RESULTS,
    f'xml:lang="es" default-currency="USD" last-updated-datetime="{NOW}T10:00:00Z"',
)  # fmt: skip
"""An activity that keeps every rule and has every element that a rule speaks of."""
WHOLE_ORGANISATION = organisation(
    "<organisation-identifier>XX-AAA-1</organisation-identifier>"
    '<name><narrative>o</narrative></name><reporting-org ref="XX-AAA-1"/>'
    + "".join(
        dated(
            tag, "2020-01-01", "2020-12-31",
            '<recipient-org ref="a"/><value>1</value>'
            '<budget-line><value value-date="2020-12-31">1</value></budget-line>',
        )
        for tag in BUDGETS
    ),
    f'xml:lang="es" default-currency="USD" last-updated-datetime="{NOW}T10:00:00Z"',
)  # fmt: skip
"""An organisation that keeps every rule."""

KEEPING: list[bytes] = [
    WHOLE,
    WHOLE_ORGANISATION,
    activity("<title><narrative xml:lang='es'>a</narrative></title>", ""),
    organisation("<name><narrative xml:lang='es'>a</narrative></name>", ""),
    activity("<budget><value currency='USD'>1</value></budget>", ""),
    organisation("<total-budget><value currency='USD'>1</value></total-budget>", ""),
    activity(transaction("<sector/><recipient-country/>") * 2),
    activity(transaction('<recipient-region vocabulary="1"/>') + transaction("<sector/>")),
    activity(shares("recipient-country", "100")),
    activity(shares("recipient-country", None)),
    activity(shares("recipient-country", "33.33", "33.33", "33.34")),
    activity(shares("recipient-region", "100", more=DAC)),
    activity(shares("recipient-region", "40", "60", more=DAC)),
    activity(shares("sector", None)),
    activity(shares("sector", "100.0", more=OWN) + shares("sector", "0.1", "99.9", more=DAC)),
    activity('<country-budget-items vocabulary="4"><budget-item percentage="100"/>'
             "</country-budget-items>"),
    activity('<country-budget-items vocabulary="4"><budget-item/></country-budget-items>'),
    activity('<iati-identifier>XX-OLD-7</iati-identifier><reporting-org ref="XX-AAA-1"/>'
             '<other-identifier type="B1" ref="XX-OLD"/>'),
    activity(indicator(valued("actual", "1000.50"), 2)),
    activity("<result><indicator><reference/><reference/></indicator></result>"),
]  # fmt: skip
"""Files in which a rule applies and is kept."""
