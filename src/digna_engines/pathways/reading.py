"""Libraries from what kits hold: mappings and lists, dates as text, texts in two languages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from digna_engines.errors import DeclarationError, Fault
from digna_engines.pathways.conditions import read
from digna_engines.pathways.library import Library
from digna_engines.pathways.steps import (
    Agency,
    Barrier,
    Exemption,
    Pathway,
    Period,
    Price,
    Question,
    Span,
    Step,
    Variant,
    Words,
)

Plain = Mapping[str, Any]
Thing = TypeVar("Thing", Agency, Pathway, Question, Step)


def read_library(documents: Iterable[Plain]) -> Library:
    """Read the sections ``agencies``, ``questions``, ``steps``, ``pathways`` and ``sources``.

    Several kits are one library: one may require steps of another. The same code twice is a fault.

    Errors: ``declaration.faulty`` with each condition that cannot be read, each repeated code and
    all that ``Library`` refuses.
    """
    kits = list(documents)
    faults: list[Fault] = []

    def every(section: str, make: Callable[[Plain], Thing]) -> dict[str, Thing]:
        found: dict[str, Thing] = {}
        for row in (row for kit in kits for row in kit.get(section, ())):
            code = row["code"]
            if code in found:
                es, en = f"«{code}» está dos veces.", f"“{code}” is there twice."
                faults.append(Fault(section, "pathway.repeated", es, en))
                continue
            try:
                found[code] = make(row)
            except DeclarationError as error:
                faults.extend(
                    Fault(f"{section}.{code}.{f.path}", f.code, f.message_es, f.message_en)
                    for f in error.faults
                )
        return found

    library = {
        "agencies": every("agencies", _agency),
        "questions": every("questions", _question),
        "steps": every("steps", _step),
        "pathways": every("pathways", _pathway),
    }
    if faults:
        raise DeclarationError("pathways", faults)
    sources = frozenset(row["code"] for kit in kits for row in kit.get("sources", ()))
    return Library(**library, sources=sources)  # type: ignore[arg-type]


def _words(plain: Plain, name: str) -> Words:
    """The two languages of ``name_es`` and ``name_en``; empty when neither is there."""
    return {lang: plain[f"{name}_{lang}"] for lang in ("es", "en") if plain.get(f"{name}_{lang}")}


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _period(plain: Plain) -> Period:
    return Period(_day(plain.get("since")), _day(plain.get("until")))


def _span(plain: Plain | None) -> Span | None:
    if plain is None:
        return None
    amount = plain.get("amount")
    return Span(None if amount is None else Decimal(str(amount)), plain["unit"])


def _several(plain: Plain, name: str) -> tuple[Any, ...]:
    return tuple(plain.get(name) or ())


def _price(plain: Plain, certainty: str) -> Price:
    amount = plain["amount"]
    return Price(
        amount=None if amount is None else Decimal(str(amount)),
        currency=plain["currency"],
        when=read(plain.get("when")),
        per=_words(plain, "per"),
        valid=_period(plain),
        certainty=plain.get("certainty", certainty),
        sources=_several(plain, "sources"),
        note=_words(plain, "note"),
    )


def _variant(plain: Plain, certainty: str) -> Variant:
    return Variant(
        when=read(plain["when"]),
        documents=_several(plain, "documents"),
        prices=tuple(_price(one, certainty) for one in _several(plain, "prices")),
        duration=_span(plain.get("duration")),
        url=plain.get("url") or "",
        law=_several(plain, "law"),
        sources=_several(plain, "sources"),
        note=_words(plain, "note"),
    )


def _exemption(plain: Plain | None) -> Exemption | None:
    if plain is None:
        return None
    return Exemption(when=read(plain["when"]), by=plain["by"], asked_by=_several(plain, "asked_by"))


def _step(plain: Plain) -> Step:
    certainty = plain["certainty"]
    return Step(
        key=plain["code"],
        name=_words(plain, "name"),
        phase=plain.get("phase", "preparation"),
        agency=plain.get("agency") or "",
        agency_text=_words(plain, "agency"),
        when=read(plain.get("when")),
        requires=_several(plain, "requires"),
        usually_after=_several(plain, "usually_after"),
        documents=_several(plain, "documents"),
        result=_words(plain, "result"),
        prices=tuple(_price(one, certainty) for one in _several(plain, "prices")),
        duration=_span(plain.get("duration")),
        valid_for=_span(plain.get("valid_for")),
        recurs=_span(plain.get("recurs")),
        exemption=_exemption(plain.get("exempt")),
        variants=tuple(_variant(one, certainty) for one in _several(plain, "variants")),
        modes=_several(plain, "modes"),
        url=plain.get("url") or "",
        law=_several(plain, "law"),
        sources=_several(plain, "sources"),
        source_on=str(plain.get("source_on") or ""),
        checked_on=_day(plain.get("checked_on")),
        certainty=certainty,
        warnings=_several(plain, "warnings"),
        is_optional=bool(plain.get("is_optional")),
        is_milestone=bool(plain.get("is_milestone")),
    )


def _agency(plain: Plain) -> Agency:
    return Agency(
        key=plain["code"],
        name=_words(plain, "name"),
        valid=_period(plain),
        succeeds=_several(plain, "succeeds"),
        web=plain.get("web") or "",
        phone=plain.get("phone") or "",
        certainty=plain["certainty"],
        sources=_several(plain, "sources"),
    )


def _pathway(plain: Plain) -> Pathway:
    return Pathway(
        key=plain["code"],
        name=_words(plain, "name"),
        steps=_several(plain, "steps"),
        barriers=tuple(
            Barrier(when=read(one["when"]), says=_words(one, "says"))
            for one in _several(plain, "barriers")
        ),
        warning=_words(plain, "warning"),
        certainty=plain["certainty"],
    )


def _question(plain: Plain) -> Question:
    return Question(
        key=plain["code"],
        asks=_words(plain, "asks"),
        kind=plain["kind"],
        options={one["code"]: _words(one, "name") for one in _several(plain, "options")},
        register=plain.get("register") or "",
        help=_words(plain, "help"),
    )
