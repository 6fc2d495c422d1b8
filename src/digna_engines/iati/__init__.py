"""IATI 2.03 files judged without network, read and written: a library of its own.

``validate`` says what is wrong with a file of activities or organisations, in Spanish and English,
with lines. ``read`` and ``write`` turn activities into frozen values and back without losing what
they model, and ``read`` lists what they do not.
"""

from digna_engines.iati.codelists import CodeList, read_codelist, write_codelist
from digna_engines.iati.exchanging import Reading, read, write
from digna_engines.iati.findings import Finding, Report
from digna_engines.iati.ruleset import RULESET
from digna_engines.iati.validating import CHECKS, validate

__all__ = [
    "CHECKS",
    "RULESET",
    "CodeList",
    "Finding",
    "Reading",
    "Report",
    "read",
    "read_codelist",
    "validate",
    "write",
    "write_codelist",
]
