"""Every MUST of a statement's form, each broken once, told with its path."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.statements import checking, reading, showing, values

AGENT = {"mbox": "mailto:ana@digna.example"}
GROUP = {"objectType": "Group", "mbox": "mailto:grupo@digna.example"}
ID = "8b1e1a4e-3c53-4b6e-8f0e-6f5a3f1f4a11"


def said(**more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "actor": dict(AGENT),
        "verb": {"id": "http://v.example/hizo", "display": {"es": "hizo"}},
        "object": {"id": "http://a.example/1"},
    }
    return {**told, **more}


def broken(statement: Any) -> list[tuple[str, str]]:
    return [(f.path, f.code.removeprefix("statements.")) for f in checking.faults(statement)]


GOOD = [
    said(),
    said(id=ID, timestamp="2026-03-02T10:00:00-04:00", version="1.0.3", authority=AGENT),
    said(actor={"objectType": "Group", "member": [AGENT]}),
    said(object={**AGENT, "objectType": "Agent"}),
    said(object={"objectType": "StatementRef", "id": ID}),
    said(object={"objectType": "SubStatement", **said()}),
    said(result={"score": {"scaled": -1, "raw": 3, "min": 0, "max": 10}, "duration": "PT1H2M"}),
    said(result={"extensions": {"http://e.example/x": None}}),
    said(context={"registration": ID, "team": GROUP, "language": "es-BO", "platform": "x"}),
    said(context={"contextActivities": {"parent": {"id": "http://a.example/2"}}}),
    said(
        object={
            "id": "http://a.example/1",
            "definition": {
                "interactionType": "choice",
                "choices": [{"id": "a", "description": {"es": "A"}}],
                "correctResponsesPattern": ["a"],
            },
        }
    ),
    said(authority={"objectType": "Group", "member": [AGENT, AGENT]}),
]


@pytest.mark.parametrize("statement", GOOD)
def test_what_is_well_formed_has_no_fault(statement: dict[str, Any]) -> None:
    assert broken(statement) == []


BAD = [
    (said(extra=1), "$.extra", "unknown"),
    (said(id="x"), "$.id", "uuid"),
    (said(id=None), "$.id", "null"),
    ({"verb": said()["verb"], "object": said()["object"]}, "$.actor", "missing"),
    (said(actor={"name": "Ana"}), "$.actor", "one_identifier"),
    (said(actor={**AGENT, "openid": "http://o.example"}), "$.actor", "one_identifier"),
    (said(actor={"mbox": "ana@digna.example"}), "$.actor.mbox", "mailbox"),
    (said(actor={"mbox_sha1sum": "abc"}), "$.actor.mbox_sha1sum", "sha1"),
    (said(actor={"account": {"homePage": "x", "name": "1"}}), "$.actor.account.homePage", "iri"),
    (said(actor={"account": {"homePage": "http://h.example"}}), "$.actor.account.name", "missing"),
    (said(actor={"objectType": "Group"}), "$.actor.member", "missing"),
    (
        said(actor={"objectType": "Group", "member": [GROUP]}),
        "$.actor.member[0].objectType",
        "kind",
    ),
    (said(verb={"id": "hizo"}), "$.verb.id", "iri"),
    (said(verb={"id": 7}), "$.verb.id", "text"),
    (
        said(verb={"id": "http://v.example", "display": {"??": "x"}}),
        "$.verb.display.??",
        "language",
    ),
    (said(object={"objectType": "Nada", "id": "http://a.example"}), "$.object.objectType", "kind"),
    (said(object={"objectType": "SubStatement", **said(id=ID)}), "$.object.id", "unknown"),
    (
        said(object={"objectType": "SubStatement", **said(object={"objectType": "SubStatement"})}),
        "$.object.object.objectType",
        "kind",
    ),
    (said(result={"score": {"scaled": 1.1}}), "$.result.score.scaled", "range"),
    (said(result={"score": {"raw": 11, "max": 10}}), "$.result.score.raw", "range"),
    (said(result={"score": {"min": 2, "max": 1}}), "$.result.score.min", "range"),
    (said(result={"score": {"scaled": True}}), "$.result.score.scaled", "number"),
    (said(result={"success": "sí"}), "$.result.success", "boolean"),
    (said(result={"duration": "una hora"}), "$.result.duration", "duration"),
    (said(result={"extensions": {"x": 1}}), "$.result.extensions.x", "iri"),
    (said(context={"registration": "x"}), "$.context.registration", "uuid"),
    (said(context={"language": "español"}), "$.context.language", "language"),
    (
        said(context={"contextActivities": {"near": []}}),
        "$.context.contextActivities.near",
        "unknown",
    ),
    (
        said(object={**AGENT, "objectType": "Agent"}, context={"platform": "x"}),
        "$.context.platform",
        "needs_activity",
    ),
    (said(timestamp="ayer"), "$.timestamp", "when"),
    (said(timestamp="2026-03-02T10:00:00-00:00"), "$.timestamp", "when"),
    (said(timestamp="2026-13-02T10:00:00Z"), "$.timestamp", "when"),
    (said(version="1.1.0"), "$.version", "version"),
    (said(authority=GROUP), "$.authority", "one_identifier"),
    (said(attachments=[{"usageType": "http://u.example"}]), "$.attachments[0].display", "missing"),
    (said(verb={"id": checking.VOIDED}), "$.object", "void_what"),
    (
        said(object={"id": "http://a.example/1", "definition": {"choices": []}}),
        "$.object.definition.choices",
        "interaction",
    ),
    (
        said(
            object={
                "id": "http://a.example/1",
                "definition": {"interactionType": "likert", "scale": [{"id": "a"}, {"id": "a"}]},
            }
        ),
        "$.object.definition.scale",
        "twice",
    ),
]


@pytest.mark.parametrize(("statement", "path", "rule"), BAD)
def test_each_rule_is_told_with_its_path(statement: Any, path: str, rule: str) -> None:
    assert (path, rule) in broken(statement)


def test_faults_are_sentences_in_both_languages() -> None:
    fault = checking.faults(said(id="x"))[0]
    assert fault.message_es == "$.id tiene que ser un UUID."
    assert fault.message_en == "$.id must be a UUID."


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
PLACES = ["actor", "verb", "object", "result", "context", "attachments", "authority", "timestamp"]


@given(st.sampled_from(PLACES), JSON)
def test_nothing_that_is_sent_breaks_the_check(place: str, value: Any) -> None:
    checking.faults(said(**{place: value}))
    checking.faults(value)


FIRST = datetime(1000, 1, 1)  # noqa: DTZ001 — what hypothesis asks for


@given(st.datetimes(timezones=st.just(UTC), min_value=FIRST))
def test_a_moment_survives_being_written_and_read(moment: datetime) -> None:
    assert values.read_moment(values.in_utc(moment)) == moment


@pytest.mark.parametrize("told", ["es", "es-BO", "zh-Hant-TW", "x-digna", "i-klingon", "de-1996"])
def test_language_tags_that_hold(told: str) -> None:
    assert values.LANGUAGE.fullmatch(told)


def test_agents_and_activities_are_found_wherever_they_are_named() -> None:
    inner = said(actor={"mbox": "mailto:dentro@digna.example"}, object={"id": "http://a.example/9"})
    one = said(
        object={"objectType": "SubStatement", **inner},
        context={
            "instructor": {"mbox": "mailto:guia@digna.example"},
            "contextActivities": {"other": [{"id": "http://a.example/3"}]},
        },
    )
    direct, every = reading.agents(one)
    assert direct == {"mbox mailto:ana@digna.example"}
    assert every == direct | {"mbox mailto:guia@digna.example", "mbox mailto:dentro@digna.example"}
    assert reading.activities(one) == (set(), {"http://a.example/3", "http://a.example/9"})


def test_the_store_s_own_words_do_not_make_another_statement() -> None:
    kept = {**said(), "id": ID, "stored": "x", "authority": AGENT, "version": "1.0.0"}
    assert reading.is_same(kept, said())
    other = copy.deepcopy(kept)
    other["result"] = {"success": True}
    assert not reading.is_same(kept, other)


def test_a_reader_gets_one_language_and_extensions_untouched() -> None:
    one = said(
        verb={"id": "http://v.example/1", "display": {"en": "did", "es": "hizo"}},
        context={"extensions": {"http://e.example/x": {"name": {"en": "a", "es": "b"}}}},
    )
    told = showing.in_language(one, ["es-BO"])
    assert told["verb"]["display"] == {"es": "hizo"}
    assert told["context"] == one["context"]
    assert showing.one_language({"fr": "a"}, ["es"]) == {"fr": "a"}
    assert showing.one_language({}, ["es"]) == {}
