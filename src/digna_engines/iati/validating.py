"""A file judged whole: well-formed XML, schema, ruleset, code lists, our own checks."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from digna_engines.iati.checks import (
    Check,
    baseline_before_period,
    dimension_names,
    locations_resolve,
    missing_not_zero,
    percentage_aggregation,
    periods_inside_activity,
    sdg_coherence,
    unique_identifiers,
)
from digna_engines.iati.codelists import CodeList, codelist_findings, known_lists
from digna_engines.iati.documents import Document, open_document
from digna_engines.iati.findings import Finding, Report, in_order
from digna_engines.iati.forms import AGENCIES, Given
from digna_engines.iati.judging import judge
from digna_engines.iati.ruleset import RULESET
from digna_engines.iati.schema import schema_findings
from digna_engines.iati.slices import slices_sum

VERSION: Final = "2.03"
"""The version of the standard whose schema and rules are applied."""
CHECKS: Final[tuple[Check, ...]] = (
    unique_identifiers,
    locations_resolve,
    periods_inside_activity,
    baseline_before_period,
    slices_sum,
    percentage_aggregation,
    missing_not_zero,
    sdg_coherence,
    dimension_names,
)
"""Our own checks, in the order in which they run."""


def validate(
    source: bytes | str | Path,
    *,
    codelists: Iterable[CodeList] | None = None,
    as_of: date | None = None,
) -> Report:
    """Judge an IATI file of activities or organisations, without network.

    Symbols
        ``source`` the bytes of a file, or where it is; ``codelists`` lists beside the library's
        own, or in their place; ``as_of`` the day that counts as today.
    Formula
        findings = schema ∪ ruleset ∪ code lists ∪ own checks, each once, by severity and line.
    Source
        IATI Standard 2.03: schemas (2024-10-22), ruleset (2023-04-05), code lists (2024-2026).
    Edge cases
        Without ``as_of`` no date is judged to lie in the future; without a code list its codes
        are not judged: both are findings «not checked», never passed in silence. A file that
        breaks the schema is judged by the rest as well. A file of version 1 has one finding,
        ``digna.version``: its rules were others. 2.01 and 2.02 are judged as 2.03, with a warning.
    Errors
        ``UnreadableError`` when there is nothing to judge (see ``open_document``).

    >>> validate(b'<iati-activities version="1.03"/>').errors[0].rule
    'digna.version'
    >>> validate(b'<iati-activities version="2.03"/>').errors[0].message_en
    '<iati-activities> lacks inside: iati-activity.'
    """
    document = open_document(source)
    if document.version.startswith("1."):
        return Report(document.kind, document.version, (_version(document),))
    lists = known_lists(codelists)
    agencies = lists[AGENCIES].codes if AGENCIES in lists else None
    found: list[Finding] = list(schema_findings(document))
    found.extend(judge(document, RULESET, Given(as_of, agencies)))
    found.extend(codelist_findings(document, lists))
    found.extend(_own(document, as_of))
    return Report(document.kind, document.version, in_order(found))


def _own(document: Document, as_of: date | None) -> Iterator[Finding]:
    if document.version != VERSION:
        yield _version(document)
    for check in CHECKS:
        yield from check(document, as_of)


def _version(document: Document) -> Finding:
    is_old = document.version.startswith("1.")
    said = document.version or "—"
    return Finding(
        "digna.version",
        "error" if is_old or not document.version else "warning",
        document.root.sourceline,
        f"/{document.root.tag}/@version",
        f"El archivo dice ser de la versión {said}; aquí se revisa con la {VERSION}. "
        "Publique en la versión vigente.",
        f"The file says it is version {said}; here {VERSION} is judged. "
        "Publish in the current version.",
    )
