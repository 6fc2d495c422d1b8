"""What the tests of assessments need made: a study, its evidence, a chain, a system, causes."""

from datetime import date
from decimal import Decimal
from typing import Any

import make
from digna.programmes.models import Programme
from digna.registry.models import Organisation, Sector
from digna.registry.services import organisations
from digna.studies.models.assessments import Cause, Evidence, Finding, Study
from digna.studies.services import assessments, findings, parts
from digna.studies.services import evidence as gathering

ON = date(2019, 11, 4)


def programme(code: str = "bdp") -> Programme:
    made, _ = Programme.objects.get_or_create(
        code=code,
        defaults={"name": code, "starts_on": date(2019, 1, 1), "ends_on": date(2023, 12, 31)},
    )
    return made


def sector(code: str = "coffee") -> Sector:
    return Sector.objects.get_or_create(code=code, defaults={"name_es": code})[0]


def partner(code: str) -> Organisation:
    return organisations.register_organisation(
        actor=make.actor(), name=code, code=code, is_partner=True
    )


def study(title: str = "Café", round: str = "2019", **values: Any) -> Study:
    facts: dict[str, Any] = {
        "programme": values.pop("programme", None) or programme(),
        "sectors": values.pop("sectors", None) or [sector()],
        "product": "Café verde",
        "starts_on": ON,
    }
    return assessments.open_study(
        actor=values.pop("by", make.actor()), title=title, round=round, **(facts | values)
    )


def evidence(of: Study, **values: Any) -> Evidence:
    facts: dict[str, Any] = {
        "kind": "desk", "source": "Memoria", "on": ON, "reliability": "B",
        "consent": "not_needed", "says": "Lo que dice",
    }  # fmt: skip
    return gathering.note_evidence(actor=make.actor(), study=of, **(facts | values))


def cause(of: Study, name: str) -> Cause:
    return parts.note_cause(actor=make.actor(), study=of, name=name)


def finding(of: Study, text: str = "Nadie publica precios") -> Finding:
    proof = of.evidence.first() or evidence(of)
    return findings.note_finding(actor=make.actor(), study=of, text=text, evidence=[proof])


def whole(**values: Any) -> Study:
    """A study with something of everything."""
    made, who = study(**values), make.actor()
    proof = evidence(made, value=Decimal("18.5"), unit="Bs por kg")
    assessments.set_questions(actor=who, study=made, texts=["¿A quién vende?"])
    (question,) = made.questions.all()
    gathering.type_interview(
        actor=who, study=made, role="Acopiadora", sex="female", answers={question: "A la planta"},
        on=ON, reliability="C", consent="not_given",
    )  # fmt: skip
    link = parts.note_link(actor=who, study=made, name="Acopio", order=1, evidence=[proof])
    bank = parts.note_actor(actor=who, study=made, name="Banco", role="service", will=3, skill=4)
    parts.note_actor(actor=who, study=made, name="Acopiador", role="firm", link=link)
    channel = parts.note_channel(
        actor=who, study=made, name="Usual", currency="BOB", unit="kg", farm_gate=Decimal(18),
        consumer_price=Decimal(25),
    )  # fmt: skip
    parts.note_step(
        actor=who, channel=channel, link=link, order=1, price_in=Decimal(18),
        price_out=Decimal(24), costs=None,
    )  # fmt: skip
    parts.note_element(
        actor=who, study=made, kind="function", name="Crédito", performer=bank, action="presta",
        resource="fondos", payer=bank, evidence=[proof],
    )  # fmt: skip
    parts.note_element(actor=who, study=made, kind="rule", name="Norma", evidence=[])
    low, poor = cause(made, "Precio bajo"), cause(made, "Calidad despareja")
    parts.join_causes(actor=who, study=made, cause=poor, effect=low, strength=3, evidence=[proof])
    parts.note_series(
        actor=who, study=made, name="Exportación", unit="t", source="INE",
        points=[["2018", "120.5"], ["2019", None]], evidence=[proof],
    )  # fmt: skip
    parts.note_deficit(actor=who, study=made, kind="wages", severity=3, who="Jornaleros")
    finding(made)
    return made
