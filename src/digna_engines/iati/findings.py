"""What a validation says: findings, each with rule, place and a sentence in two languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "not checked"]
Kind = Literal["activities", "organisations"]

_STANDARD = {"activities": "activity-standard", "organisations": "organisation-standard"}
_ORDER = {"error": 0, "warning": 1, "not checked": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a file.

    Symbols: ``rule`` is the id of the published ruleset («8.9.1»), «schema» or «digna.<name>»;
    ``line`` counts from 1, ``None`` when the finding is about the whole file; ``path`` is the XPath
    of the element or attribute, with positions; ``field`` is where the standard's reference
    explains it, without host.
    """

    rule: str
    severity: Severity
    line: int | None
    path: str
    message_es: str
    message_en: str
    field: str = ""

    def message(self, language: str) -> str:
        """The sentence for ``language``: English for ``en…``, Spanish for anything else."""
        return self.message_en if language.startswith("en") else self.message_es

    def to_plain(self, language: str = "es") -> dict[str, object]:
        """The finding as plain values, for JSON.

        >>> Finding("schema", "error", 3, "/a", "Falta.", "Missing.").to_plain("en")["message"]
        'Missing.'
        """
        return {
            "rule": self.rule,
            "severity": self.severity,
            "line": self.line,
            "path": self.path,
            "message": self.message(language),
            "field": self.field,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a file of one kind, in the order of its lines.

    ``is_clean`` says that there is neither error nor warning; what could not be checked (a missing
    code list, a missing date) is listed apart and is never taken for passed.
    """

    kind: Kind
    version: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What forbids to publish the file."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What should be looked at before publishing."""
        return self._of("warning")

    @property
    def not_checked(self) -> tuple[Finding, ...]:
        """What could not be judged, and why."""
        return self._of("not checked")

    @property
    def is_clean(self) -> bool:
        """Whether nothing that was checked was found wanting."""
        return not self.errors and not self.warnings

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == severity)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by severity, line and rule, each once.

    >>> two = [Finding("b", "warning", 1, "/", "", ""), Finding("a", "error", 9, "/", "", "")]
    >>> [one.rule for one in in_order([*two, *two])]
    ['a', 'b']
    """
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda f: (_ORDER[f.severity], f.line or 0, f.rule, f.path)))


def field_of(kind: Kind, path: str) -> str:
    """Where the standard's reference explains the element of ``path``.

    >>> field_of("activities", "/iati-activities/iati-activity[2]/sector[1]/@code")
    'activity-standard/iati-activities/iati-activity/sector/'
    """
    steps = [re.sub(r"\[.*?\]", "", step) for step in path.split("/")]
    names = [step for step in steps if step and step[0] not in "@*" and "(" not in step]
    return "/".join([_STANDARD[kind], *names, ""])
