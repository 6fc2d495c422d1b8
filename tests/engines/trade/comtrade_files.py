"""UN Comtrade's three layouts, written by hand: the header as it is published, figures invented."""

from pathlib import Path

NEW = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,"
    "flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,"
    "classificationCode,classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,"
    "aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,"
    "isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,"
    "grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,isReported,"
    "isAggregate"
)
LEGACY = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,"
    "Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,"
    "2nd Partner Code,2nd Partner,2nd Partner ISO,Customs Proc. Code,Customs,"
    "Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,"
    "Alt Qty Unit Code,Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),Trade Value (US$),"
    "CIF Trade Value (US$),FOB Trade Value (US$),Flag"
)
PARTNERS = {"842": ("USA", "USA"), "276": ("DEU", "Germany"), "490": ("S19", "Other Asia, nes"),
            "0": ("W00", "World"), "68": ("BOL", "Bolivia")}  # fmt: skip
ROWS = [
    {"partner": "842", "value": "3246264.4", "weight": "581000.2"},
    {"partner": "276", "value": "1079168", "weight": ""},
    {"partner": "490", "value": "950", "weight": "0"},
    {"partner": "0", "value": "4326382", "weight": "600000"},
]
"""Bolivian coffee to three places and the row of all of them."""


def row_new(**told: str) -> str:
    cells = dict.fromkeys(NEW.split(","), "") | {
        "typeCode": "C", "freqCode": "A", "refYear": told.get("year", "2022"),
        "reporterCode": told.get("reporter", "68"), "reporterISO": "BOL",
        "reporterDesc": "Bolivia (Plurinational State of)", "flowCode": told.get("flow", "X"),
        "partnerCode": told["partner"], "partnerISO": PARTNERS[told["partner"]][0],
        "partnerDesc": f'"{PARTNERS[told["partner"]][1]}"', "partner2Code": told.get("second", "0"),
        "classificationCode": told.get("edition", "H5"), "cmdCode": told.get("product", "090111"),
        "cmdDesc": '"Coffee; not roasted, not decaffeinated"', "aggrLevel": "6",
        "customsCode": told.get("customs", "C00"), "mosCode": told.get("supply", "0"),
        "motCode": told.get("transport", "0"), "netWgt": told["weight"],
        "primaryValue": told["value"],
    }  # fmt: skip
    return ",".join(cells.values())


def row_legacy(**told: str) -> str:
    cells = dict.fromkeys(LEGACY.split(","), "") | {
        "Classification": told.get("edition", "H5"), "Year": told.get("year", "2022"),
        "Trade Flow Code": {"X": "2", "M": "1", "RX": "3"}[told.get("flow", "X")],
        "Reporter Code": "68", "Reporter": "Bolivia (Plurinational State of)",
        "Reporter ISO": "BOL", "Partner Code": told["partner"],
        "Partner": f'"{PARTNERS[told["partner"]][1]}"',
        "Partner ISO": PARTNERS[told["partner"]][0],
        "Commodity Code": told.get("product", "090111"),
        "Commodity": '"Coffee; not roasted, not decaffeinated"', "Netweight (kg)": told["weight"],
        "Trade Value (US$)": told["value"],
    }  # fmt: skip
    return ",".join(cells.values())


def new(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("\n".join([NEW, *(row_new(**row) for row in rows)]) + "\n", encoding="utf-8")
    return path


def web(path: Path, rows: list[dict[str, str]]) -> Path:
    header = ",".join(name[0].upper() + name[1:] for name in NEW.split(",")) + ","
    lines = [header, *(row_new(**row) + "," for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="latin-1")
    return path


def legacy(path: Path, rows: list[dict[str, str]]) -> Path:
    lines = [LEGACY, *(row_legacy(**row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def from_r(path: Path, rows: list[dict[str, str]]) -> Path:
    """As R writes a legacy file again: names joined by underscores, the zero of 090111 gone."""
    header = "".join(one if one.isalnum() or one == "," else "_" for one in LEGACY)
    header = header.replace("2nd_", "X2nd_")
    body = [row_legacy(**{"product": "90111", **row}) for row in rows]
    path.write_text("\n".join([header, *body]) + "\n", encoding="utf-8")
    return path
