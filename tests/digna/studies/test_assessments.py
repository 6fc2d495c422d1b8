"""Assessments as services: what is kept, what is refused, what a later round and a version hold."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from PIL import Image

import make
from digna.errors import Refused
from digna.journal.models import Change, Line
from digna.programmes.models import Activity
from digna.programmes.services import kits
from digna.studies import assessment_tables, evidence_links, study_tools
from digna.studies.models.assessments import CauseEdge, Evidence, Finding, Study, Version
from digna.studies.selectors import assessments as selectors
from digna.studies.selectors import markets, rounds
from digna.studies.services import assessments, findings, parts, versions
from digna.studies.services import evidence as gathering
from studies import assessing

pytestmark = pytest.mark.django_db
WHO = make.actor()


def refused(code: str, call: Any, **values: Any) -> Refused:
    with pytest.raises(Refused) as problem:
        call(actor=values.pop("by", make.actor()), **values)
    assert problem.value.code == code
    return problem.value


def test_a_study_needs_a_sector_and_dates_in_order() -> None:
    facts = {
        "programme": assessing.programme(), "title": "x", "round": "2019", "product": "café",
    }  # fmt: skip
    refused("studies.study.no_sector", assessments.open_study, sectors=[],
            starts_on=assessing.ON, **facts)  # fmt: skip
    refused("studies.study.dates", assessments.open_study, sectors=[assessing.sector()],
            starts_on=assessing.ON, ends_on=date(2019, 1, 1), **facts)  # fmt: skip


def test_an_intention_sent_twice_opens_one_study() -> None:
    actor = make.actor(intention=uuid.uuid4())
    one, other = assessing.study(by=actor), assessing.study(by=actor)
    assert one == other
    assert Study.objects.count() == 1


def test_a_closed_study_changes_no_more_until_it_is_opened_with_a_reason() -> None:
    study = assessing.whole()
    actor_row = study.actors.first()
    assessments.move_study(actor=WHO, study=study, status="closed")
    code = "studies.study.closed"
    refused(code, assessments.describe_study, study=study, title="otro")
    refused(code, assessments.set_questions, study=study, texts=["x"])
    refused(code, assessments.tick_tools, study=study, tools=["x"])
    refused(code, parts.note_cause, study=study, name="x")
    refused(code, parts.remove_part, row=actor_row)
    refused(code, findings.decide, finding=study.findings.get(), decision="act")
    refused(code, gathering.note_evidence, study=study, kind="desk", source="x", on=assessing.ON,
            reliability="A", consent="given", says="x")  # fmt: skip
    refused("studies.study.needs_reason", assessments.move_study, study=study, status="analysis")
    assessments.move_study(actor=make.actor(reason="falta un dato"), study=study, status="analysis")
    assessing.cause(study, "Nueva")


def test_a_question_that_was_answered_stays() -> None:
    study = assessing.whole()
    refused("studies.question.answered", assessments.set_questions, study=study, texts=["¿Otra?"])
    assessments.set_questions(actor=WHO, study=study, texts=["¿Otra?", "  ¿A quién   vende? "])
    assert [q.text for q in study.questions.all()] == ["¿Otra?", "¿A quién vende?"]
    assessments.set_questions(actor=WHO, study=study, texts=["¿A quién vende?"])
    assert study.questions.count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"says": " "}, "studies.evidence.empty"),
        ({"value": Decimal(3)}, "studies.evidence.unit"),
        ({"on": date(2999, 1, 1)}, "studies.evidence.future"),
        ({"file": b"x" * 15_000_001}, "studies.evidence.file"),
        ({"file": b"no es una foto"}, "web.photo.unreadable"),
    ],
)
def test_evidence_that_says_nothing_is_refused(values: dict[str, Any], code: str) -> None:
    study = assessing.study()
    with pytest.raises(Refused) as problem:
        assessing.evidence(study, **values)
    assert problem.value.code == code


def test_evidence_is_numbered_and_keeps_its_photo_small(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    study = assessing.study()
    file = tmp_path / "x.png"
    Image.new("RGB", (3000, 20)).save(file)
    one, two = assessing.evidence(study), assessing.evidence(study, file=file.read_bytes())
    assert (one.label, two.label) == ("E1", "E2")
    with Image.open(two.file) as kept:
        assert (kept.format, kept.width) == ("JPEG", 1600)
    assessing.evidence(study, row=one, source="Otra")
    assert Evidence.objects.get(number=1).source == "Otra"
    hidden = Change.objects.filter(model="studies.evidence", kind="added").first()
    assert hidden is not None
    assert "Lo que dice" not in str(hidden.after)


def test_an_interview_is_one_piece_of_evidence_and_needs_an_answer() -> None:
    study, other = assessing.whole(), assessing.study("Otro")
    (question,) = study.questions.all()
    facts = {"role": "x", "on": assessing.ON, "reliability": "C", "consent": "given"}
    refused("studies.interview.empty", gathering.type_interview, study=study,
            answers={question: " "}, **facts)  # fmt: skip
    refused("studies.interview.other_question", gathering.type_interview, study=other,
            answers={question: "x"}, **facts)  # fmt: skip
    row = study.interviews.get()
    assessments.set_questions(actor=WHO, study=study, texts=["¿A quién vende?", "¿Y por qué?"])
    second = study.questions.get(order=1)
    gathering.type_interview(actor=WHO, study=study, row=row, answers={second: "Por costumbre"},
                             **facts | {"role": "Acopiadora mayor"})  # fmt: skip
    assert [a.text for a in row.answers.all()] == ["Por costumbre"]
    row.evidence.refresh_from_db()
    assert row.evidence.source == "Acopiadora mayor"


def test_evidence_that_something_rests_on_stays() -> None:
    study = assessing.whole()
    problem = refused("studies.evidence.cited", parts.remove_part, row=study.evidence.first())
    assert "Acopio" in str(problem.message)
    free = assessing.evidence(study)
    parts.remove_part(actor=WHO, row=free)
    assert not Evidence.objects.filter(pk=free.pk).exists()


def test_parts_refuse_what_does_not_fit() -> None:
    study, other = assessing.whole(), assessing.study("Otro")
    foreign = assessing.evidence(other)
    link, channel = study.links.get(), study.channels.get()
    refused("studies.part.name_taken", parts.note_cause, study=study, name="Precio bajo")
    refused("studies.part.other_study", parts.note_actor, study=study, name="x", role="firm",
            evidence=[foreign])  # fmt: skip
    refused("studies.link.women", parts.note_link, study=study, name="x", workers=1, women=2)
    refused("studies.link.priced", parts.remove_part, row=link)
    refused("studies.price.twice", parts.note_step, channel=channel, link=link)
    # The same name is another thing when it is of another kind.
    parts.note_element(actor=WHO, study=study, kind="core", name="Crédito")


def test_a_loop_of_causes_is_named_by_its_members() -> None:
    study = assessing.whole()
    low, poor = study.causes.order_by("pk")
    problem = refused("studies.cause.loop", parts.join_causes, study=study, cause=low, effect=poor)
    assert "Precio bajo → Calidad despareja → Precio bajo" in str(problem.message)
    refused("studies.cause.loop", parts.join_causes, study=study, cause=low, effect=low)
    refused("studies.cause.twice", parts.join_causes, study=study, cause=poor, effect=low)
    edge = study.edges.get()
    parts.join_causes(actor=WHO, study=study, row=edge, cause=low, effect=poor, strength=1)
    assert CauseEdge.objects.get().cause == low


def test_a_finding_without_follow_up_is_an_orphan() -> None:
    study = assessing.whole()
    row = study.findings.get()
    refused(
        "studies.finding.no_evidence", findings.note_finding, study=study, text="x", evidence=[]
    )
    refused("studies.finding.needs_reason", findings.decide, finding=row, decision="do_not_act")
    refused("studies.finding.needs_owner", findings.decide, finding=row, decision="act",
            intervention="Patios")  # fmt: skip
    foreign = Activity.objects.create(
        programme=assessing.programme("otro"), kind="other", title="x", starts_on=assessing.ON
    )
    refused("studies.finding.other_programme", findings.decide, finding=row, decision="act",
            activity=foreign)  # fmt: skip
    assert list(Finding.objects.orphans()) == [row]
    findings.decide(actor=WHO, finding=row, decision="act")
    assert list(Finding.objects.orphans()) == [row]
    assert [f.pk for f in selectors.summary(study).orphans] == [row.pk]
    for facts in (
        {"decision": "act", "intervention": "Patios", "owner": "La planta"},
        {"decision": "do_not_act", "reason": "lo hace otro"},
        {"decision": "study_more", "reason": "falta un dato"},
    ):
        findings.decide(actor=WHO, finding=row, **facts)
        assert not Finding.objects.orphans().exists()
        assert not row.is_orphan


def test_a_later_round_copies_the_structure_and_none_of_the_findings() -> None:
    study = assessing.whole()
    refused("studies.round.same", assessments.begin_round, study=study, round="2019",
            starts_on=date(2020, 11, 1))  # fmt: skip
    later = assessments.begin_round(
        actor=WHO, study=study, round="2020–21", starts_on=date(2020, 11, 1)
    )
    assert later.predecessor == study
    counts = {
        name: getattr(later, name).count()
        for name in ("questions", "links", "actors", "elements", "causes", "edges", "evidence",
                     "channels", "findings", "series", "deficits", "interviews")
    }  # fmt: skip
    assert counts == {
        "questions": 1, "links": 1, "actors": 2, "elements": 2, "causes": 2, "edges": 1,
        "evidence": 0, "channels": 0, "findings": 0, "series": 0, "deficits": 0, "interviews": 0,
    }  # fmt: skip
    assert {actor.will for actor in later.actors.all()} == {None}
    credit = later.elements.get(name="Crédito")
    assert credit.performer is not None
    assert credit.performer.study == later


def test_two_rounds_side_by_side_say_what_changed() -> None:
    study = assessing.whole()
    later = assessments.begin_round(
        actor=WHO, study=study, round="2020–21", starts_on=date(2020, 11, 1)
    )
    assessing.cause(later, "Frontera cerrada")
    parts.note_channel(actor=WHO, study=later, name="usual", currency="BOB", unit="kg",
                       farm_gate=Decimal(15), consumer_price=None)  # fmt: skip
    told = rounds.compare(later, study)
    assert (told.before, told.after) == (study, later)
    changes = {row.name: row.change for row in told.causes}
    assert changes["Frontera cerrada"] == "new"
    assert changes["Precio bajo"] == "same"
    assert {row.change for row in told.deficits} == {"gone"}
    farm, consumer = (row for row in told.prices if row.label in ("farm_gate", "consumer"))
    assert farm.change == -3
    assert (consumer.after, consumer.change) == (None, None)


def test_prices_in_other_units_are_not_compared() -> None:
    study, later = assessing.whole(), assessing.study("Otro", "2021", starts_on=date(2021, 1, 1))
    parts.note_channel(actor=WHO, study=later, name="Usual", currency="USD", unit="kg",
                       farm_gate=Decimal(3))  # fmt: skip
    farm = rounds.compare(study, later).prices[0]
    assert not farm.is_comparable
    assert farm.change is None


def test_the_engine_s_view_of_a_study() -> None:
    study = assessing.whole()
    (prices,) = markets.channels(study)
    assert prices.told is not None
    assert prices.told.adds_up is False
    assert "Bs 1,00" in prices.jumps[0]
    system = markets.system(study)
    assert [row.name for row in system.incomplete] == ["Norma"]
    assert dict(system.faults)["Acopiador"] == "No hace ni paga nada en el mapa."
    causes = markets.causes(study)
    assert [(root.cause, root.percent) for root in causes.roots] == [("Calidad despareja", 100)]
    actors = markets.actors(study)
    assert [row.name for row in actors.unplaced] == ["Acopiador"]
    chain = markets.chain(study)
    assert chain.picture is not None
    words = " ".join(text.words for text in chain.picture.texts)
    assert "sin dato" in words


def test_a_channel_without_links_says_what_to_do() -> None:
    study = assessing.study()
    parts.note_channel(actor=WHO, study=study, name="x", currency="BOB", unit="kg")
    (prices,) = markets.channels(study)
    assert prices.told is None
    assert "agregue quién compra" in prices.problem
    assert markets.system(study).picture is None
    assert markets.causes(study).roots == ()


def test_a_version_keeps_everything_and_its_hash_tells() -> None:
    study = assessing.whole()
    version = versions.freeze(actor=WHO, study=study, note="Validada")
    refused("studies.version.same", versions.freeze, study=study, note="Otra")
    parts.note_cause(actor=WHO, study=study, name="Nueva")
    later = versions.freeze(actor=WHO, study=study, note="Otra")
    assert (version.number, later.number) == (1, 2)
    kept = Version.objects.get(number=1)
    assert versions.hash_of(kept.document) == kept.sha256
    assert len(kept.document["rows"]["cause"]) == 2
    assert kept.document["rows"]["answer"][0]["text"] == "A la planta"
    assert kept.document["rows"]["finding"][0]["evidence"] == [study.evidence.get(number=1).pk]
    kept.document["tables"][0]["title"] = "otro"
    assert versions.hash_of(kept.document) != kept.sha256


def test_tables_never_print_words_without_permission() -> None:
    study = assessing.whole()
    assessing.evidence(study, says="secreto", consent="not_given")
    told = str(assessment_tables.tables(study))
    assert "secreto" not in told
    assert "A la planta" not in told
    assert "sin permiso de citar" in told


def test_other_pages_find_evidence_by_its_key() -> None:
    row = assessing.evidence(assessing.study())
    found = evidence_links.named([row.public_id, uuid.uuid4()])
    assert [link.label for link in found.values()] == ["E1 · Memoria"]
    assert str(row.public_id) in found[row.public_id].url
    assert Line.objects.filter(action="studies.evidence.noted").exists()


def test_the_kit_gives_the_tools_in_the_reader_s_language() -> None:
    assert study_tools.tools() == ()
    kit = make.kit("studies")
    kits.install_kit(actor=WHO, kit=kit)
    tools = study_tools.tools()
    assert len(tools) == 11
    assert tools[0].name == "Hoja de alcance"
    with translation.override("en"):
        assert study_tools.tools()[0].name == "Scope sheet"
