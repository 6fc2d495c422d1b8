"""Points earned over points applicable: what a self-check adds up to, and what fails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from digna_engines.errors import EngineError

Kind = Literal["must", "recommended"]
Verdict = Literal["yes", "partly", "no", "cannot_tell", "not_applicable"]
KINDS: tuple[Kind, ...] = ("must", "recommended")
VERDICTS: tuple[Verdict, ...] = ("yes", "partly", "no", "cannot_tell", "not_applicable")
WEIGHTS: Mapping[str, Fraction] = {"must": Fraction(2), "recommended": Fraction(1)}
PARTLY = Fraction(1, 2)


@dataclass(frozen=True)
class ControlPoint:
    """One thing a standard asks: ``element`` is its chapter, ``kind`` how strictly it asks."""

    code: str
    element: int
    kind: Kind = "must"


@dataclass(frozen=True)
class Found:
    """What was found at one point."""

    code: str
    verdict: Verdict


@dataclass(frozen=True)
class ElementScore:
    """``earned`` of ``applicable`` points at ``n_applicable`` of ``n`` control points.

    ``failing`` are the codes that did not earn all of theirs, the strict ones first;
    ``unknown`` how many nobody could tell.
    """

    element: int | None
    earned: Fraction
    applicable: Fraction
    n_applicable: int
    n: int
    unknown: int
    failing: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Earned over applicable, 0 to 1; None where nothing applies."""
        return self.earned / self.applicable if self.applicable else None


@dataclass(frozen=True)
class Score:
    """The whole, and each element in order."""

    whole: ElementScore
    elements: tuple[ElementScore, ...]


def graded(
    part: int | None,
    whole: int | None,
    *,
    yes_from: Fraction = Fraction(4, 5),
    partly_from: Fraction = Fraction(1, 5),
) -> Verdict:
    """The verdict of a share: of so many, so many meet a criterion.

    Symbols: ``part`` of ``whole`` cases; ``yes_from`` and ``partly_from`` shares of the whole, both
    inclusive. No standard fixes them: four fifths leaves room for what is new, one fifth asks for
    more than an accident; both can be moved.

    Edge cases: nothing counted, or None, is ``cannot_tell``: of nobody, nothing is a share.

    Errors: ``standards.part`` (a part below zero or above its whole).

    >>> graded(4, 5), graded(1, 5), graded(0, 5), graded(0, 0)
    ('yes', 'partly', 'no', 'cannot_tell')
    """
    if part is None or whole is None or whole == 0:
        return "cannot_tell"
    if not 0 <= part <= whole:
        raise EngineError(
            "standards.part",
            f"{part} no puede ser parte de {whole}. Revise la cuenta.",
            f"{part} cannot be a part of {whole}. Check the count.",
            part=part,
            whole=whole,
        )
    share = Fraction(part, whole)
    if share >= yes_from:
        return "yes"
    return "partly" if share >= partly_from else "no"


def score(
    points: Sequence[ControlPoint],
    found: Iterable[Found],
    *,
    weights: Mapping[str, Fraction] = WEIGHTS,
    partly: Fraction = PARTLY,
    unknown_earns_nothing: bool = True,
) -> Score:
    """Add up a self-check: points earned over points applicable, by element and in all.

    Formula: sum over applicable points of w_k * g / sum of w_k, with g = 1 for yes, ``partly`` for
    partly, 0 for no; not applicable is in neither sum.

    Symbols: ``weights`` points by kind (a must counts twice a recommendation, because the standard
    requires the one and suggests the other; the official weights are the auditors'); ``partly`` the
    part earned half way; ``unknown_earns_nothing``: what nobody can tell counts as not met, because
    it would not convince a sceptical reader; otherwise it is left out of both sums.

    Edge cases: a point without a finding is ``cannot_tell``; where nothing applies the share is
    None. The whole is the sum of its elements, never the mean of their shares.

    Source: DCED Standard, version VIII (2017): control points that are musts and recommended,
    audited in per cent.

    Errors: ``standards.repeated`` (a code twice), ``standards.unknown`` (a finding of no point),
    ``standards.verdict`` (a verdict or kind that is none).

    >>> points = [ControlPoint("1.1", 1), ControlPoint("1.2", 1, "recommended")]
    >>> told = score(points, [Found("1.1", "partly"), Found("1.2", "yes")])
    >>> told.whole.earned, told.whole.applicable, told.whole.share, told.whole.failing
    (Fraction(2, 1), Fraction(3, 1), Fraction(2, 3), ('1.1',))
    """
    verdicts = _verdicts(points, found)
    gains = {"yes": Fraction(1), "partly": partly}

    def added(element: int | None, chosen: Sequence[ControlPoint]) -> ElementScore:
        left_out = (
            {"not_applicable"} if unknown_earns_nothing else {"not_applicable", "cannot_tell"}
        )
        counted = [p for p in chosen if verdicts[p.code] not in left_out]
        failing = [p for p in counted if verdicts[p.code] != "yes"]
        failing.sort(key=lambda point: KINDS.index(point.kind))
        return ElementScore(
            element,
            sum((weights[p.kind] * gains.get(verdicts[p.code], 0) for p in counted), Fraction(0)),
            sum((weights[p.kind] for p in counted), Fraction(0)),
            len(counted),
            len(chosen),
            sum(verdicts[p.code] == "cannot_tell" for p in chosen),
            tuple(point.code for point in failing),
        )

    numbers = sorted({point.element for point in points})
    return Score(
        added(None, points),
        tuple(added(n, [p for p in points if p.element == n]) for n in numbers),
    )


def _verdicts(points: Sequence[ControlPoint], found: Iterable[Found]) -> dict[str, Verdict]:
    verdicts: dict[str, Verdict] = {}
    for point in points:
        if point.code in verdicts:
            _refuse("repeated", point.code, "está dos veces", "is there twice")
        if point.kind not in KINDS:
            _refuse("verdict", point.code, "no dice si se exige", "does not say if it is a must")
        verdicts[point.code] = "cannot_tell"
    for one in found:
        if one.code not in verdicts:
            _refuse("unknown", one.code, "no está en la lista", "is not on the list")
        if one.verdict not in VERDICTS:
            _refuse("verdict", one.code, "tiene un veredicto que no existe", "has no such verdict")
        verdicts[one.code] = one.verdict
    return verdicts


def _refuse(code: str, name: str, es: str, en: str) -> None:
    raise EngineError(
        f"standards.{code}",
        f"El punto «{name}» {es}. Corríjalo.",
        f"The point “{name}” {en}. Correct it.",
        name=name,
    )
