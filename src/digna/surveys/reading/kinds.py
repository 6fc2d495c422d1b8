"""Kinds of question: what a cell of `type` may say, and what Digna can show, fill and export.

Source: the reference table of xlsform.org, read with pyxform 4.5. A kind that the field app cannot
fill is refused when the form is uploaded, by its name: better then than in front of a firm.
"""

import re

TAKEN = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "note": "note",
    "calculate": "calculate",
    "hidden": "calculate",
    "select_one": "select_one",
    "select_multiple": "select_multiple",
    "select_one_from_file": "select_one",
    "select_multiple_from_file": "select_multiple",
    "rank": "rank",
    "range": "range",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "image": "image",
    "photo": "image",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "geopoint": "geopoint",
    "gps": "geopoint",
    "location": "geopoint",
    "barcode": "barcode",
    "start": "metadata",
    "end": "metadata",
    "today": "metadata",
    "deviceid": "metadata",
    "username": "metadata",
    "phonenumber": "metadata",
    "email": "metadata",
    "csv-external": "lookup",
}
REFUSED = frozenset(
    (
        "geotrace", "geoshape", "osm", "audit", "background-audio", "background-geopoint",
        "start-geopoint", "xml-external", "select_one_external", "simserial", "subscriberid",
        "select one external", "loop", "begin loop", "begin_loop", "end loop", "end_loop",
        "cascading_select",
    )
)  # fmt: skip
BLOCKS = re.compile(r"^(begin|end)[ _](group|repeat)$", re.IGNORECASE)
CHOOSING = re.compile(
    r"^(select[ _]one|select[ _]multiple|rank)(?:[ _]from[ _]file)?\s+(\S+)", re.I
)
ATTACHED = frozenset(("image", "audio", "video", "file"))
LISTED = frozenset(("select_one", "select_multiple", "rank"))


def named(cell: str) -> str:
    """Return the kind that a cell of `type` names, without its list and its extras.

    >>> [named(c) for c in ("Select_one  d or_other", "select one from file m.csv", "begin group")]
    ['select_one', 'select_one_from_file', 'begin group']
    """
    told = " ".join(cell.split()).lower()
    found = re.match(r"(select[ _](?:one|multiple)(?:[ _](?:from[ _]file|external))?|rank)\b", told)
    if found:
        return found.group(1).replace(" ", "_")
    return told


def list_of(cell: str) -> str:
    """Return the list that a cell of `type` names, "" for none.

    >>> [list_of(c) for c in ("select_one dep or_other", "rank r", "text")]
    ['dep', 'r', '']
    """
    found = CHOOSING.match(" ".join(cell.split()))
    return found.group(2) if found else ""
