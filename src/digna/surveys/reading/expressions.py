"""Conditions and calculations of a form: are they XPath, and of functions that a telephone has?

pyxform passes them on unread; ODK's own check of them needs Java. Source of the functions: the ODK
XForms specification, section «XPath functions», less what the field app's engine lacks.
"""

import re

from lxml import etree  # type: ignore[import-untyped]

FUNCTIONS = frozenset(
    (
        "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string",
        "concat", "starts-with", "contains", "substring-before", "substring-after", "substring",
        "string-length", "normalize-space", "translate", "boolean", "not", "true", "false", "lang",
        "number", "sum", "floor", "ceiling", "round", "node", "text", "comment", "if", "selected",
        "selected-at", "count-selected", "jr:choice-name", "choice-name", "indexed-repeat",
        "coalesce", "instance", "current", "pulldata", "join", "substr", "regex",
        "ends-with", "uuid", "digest", "base64-decode", "count-non-empty", "max", "min", "pow",
        "log", "log10", "abs", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sqrt", "exp",
        "exp10", "pi", "int", "random", "randomize", "once", "today", "now", "date", "date-time",
        "decimal-date-time", "decimal-time", "format-date", "format-date-time",
        "boolean-from-string", "checklist", "weighted-checklist", "area", "distance", "geofence",
        "jr:itext", "itext",
    )
)  # fmt: skip
REFERENCE = re.compile(r"\$\{([^}]*)\}")
CALL = re.compile(r"([A-Za-z][\w:.-]*)\s*\(")
TEXTS = re.compile(r"'[^']*'|\"[^\"]*\"")


def references(told: str) -> list[str]:
    """Return the questions that an expression names.

    >>> references("${a} + ${ last-saved#b }")
    ['a', 'b']
    """
    found = [name.strip() for name in REFERENCE.findall(told)]
    return [name.removeprefix("last-saved#") for name in found]


def is_sound(told: str) -> bool:
    """Whether an expression is XPath.

    >>> [is_sound(t) for t in ("${a} > 3 and . != ''", "(1 + ", "${a} = ")]
    [True, False, False]
    """
    try:
        etree.XPath(REFERENCE.sub(" /x ", told).strip() or "''")
    except etree.XPathSyntaxError:
        return False
    return True


def unknown_functions(told: str) -> list[str]:
    """Return the functions that no telephone knows.

    >>> unknown_functions("if(selected(${a}, 'si('), suma(1), 'no')")
    ['suma']
    """
    bare = TEXTS.sub("''", REFERENCE.sub(" /x ", told))
    operators = {"and", "or", "div", "mod"}
    return [name for name in CALL.findall(bare) if name not in FUNCTIONS | operators]
