"""The engine of courses: every fault is named, every kind of answer graded, n of N counted."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digna_engines import courses
from digna_engines.courses import Choice, Done, Pair, Question
from digna_engines.errors import DeclarationError

ORDER = Path(__file__).resolve().parents[2] / "fixtures" / "kits" / "orden" / "courses.yaml"


def declared() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(ORDER.read_text())["courses"][0]
    return told


def course() -> courses.Course:
    return courses.read_course(declared())


def test_a_course_is_read_whole() -> None:
    read = course()
    assert [lesson.code for lesson in read.lessons()] == ["que-sobra", "un-lugar"]
    assert read.passing == courses.Passing(Decimal("1.0"), Decimal("0.6"), "accepted")
    assert (read.hours, read.module, read.minutes()) == (4, "mc-basico", 22)
    assert courses.lacks(read, {}) != ()
    assert courses.said(read.name, "en") == "Order in the workshop"


FIRST = ("units", 0, "lessons", 0)


@pytest.mark.parametrize(
    ("place", "value", "path", "code"),
    [
        (("mode",), "lento", "mode", "course.not_listed"),
        (("code",), "medios", "code", "course.reserved"),
        (("code",), "Orden ya", "code", "course.wrong_form"),
        (("nombre",), 1, "nombre", "course.unknown_key"),
        (("pass", "quizzes"), 60, "pass.quizzes", "course.out_of_range"),
        (("hours",), "muchas", "hours", "course.wrong_type"),
        (("name",), {"en": "x"}, "name.es", "course.missing"),
        (("name",), "Orden", "name", "course.wrong_type"),
        ((*FIRST, "minutes"), None, "units[0].lessons[0].minutes", "course.missing"),
        ((*FIRST, "blocks", 0, "kind"), "cuento", "units[0].lessons[0].blocks[0].kind",
         "course.not_listed"),
        ((*FIRST, "blocks", 0, "audio"), {"es": "a.wav"},
         "units[0].lessons[0].blocks[0].audio.es", "course.wrong_file"),
        ((*FIRST, "blocks", 3, "questions", 0, "options", 0, "is_right"), False,
         "units[0].lessons[0].blocks[3].questions[0].options", "course.right_answers"),
        ((*FIRST, "blocks", 3, "questions", 2, "answer"), "no",
         "units[0].lessons[0].blocks[3].questions[2].answer", "course.right_answers"),
        ((*FIRST, "blocks", 3, "questions", 3, "answer"), None,
         "units[0].lessons[0].blocks[3].questions[3].answer", "course.missing"),
        (("units", 0, "lessons", 1, "code"), "que-sobra", "units[0].lessons[1].code",
         "course.code_twice"),
        (("units",), [], "units", "course.too_few"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_path(
    place: tuple[Any, ...], value: Any, path: str, code: str
) -> None:
    told = declared()
    holder: Any = told
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    found = courses.faults_of(told)
    assert [(one.path, one.code) for one in found] == [(path, code)]
    assert all(one.es and one.en for one in found)
    with pytest.raises(DeclarationError):
        courses.read_course(told)


def options(*right: bool) -> tuple[Choice, ...]:
    return tuple(
        Choice(chr(97 + n), {"es": str(n)}, is_right, {"es": f"dice {n}"})
        for n, is_right in enumerate(right)
    )


ONE = Question("q", "one", {}, options(True, False), right={"es": "Sí"}, wrong={"es": "No"})
MANY = Question("q", "many", {}, options(True, False, True))
ORDERED = Question("q", "order", {}, options(False, False, False))
MATCH = Question("q", "match", {}, pairs=(Pair("a", {}, {}), Pair("b", {}, {})))
NUMBER = Question("q", "number", {}, number=Decimal(1200), tolerance=Decimal(5))
TRUE = Question("q", "true_false", {}, is_true=True)


@pytest.mark.parametrize(
    ("question", "answer", "share"),
    [
        (ONE, "a", 1), (ONE, "b", 0), (ONE, "z", None), (ONE, "", None), (ONE, None, None),
        (MANY, ["a", "c"], 1), (MANY, ["a"], "0.5"), (MANY, ["a", "b", "c"], "0.5"),
        (MANY, ["b"], 0), (MANY, [], None), (MANY, ["z"], None),
        (ORDERED, ["a", "b", "c"], 1), (ORDERED, ["a", "c", "b"], "0.33"),
        (ORDERED, ["a", "a", "b"], None), (ORDERED, [], None),
        (MATCH, {"a": "a", "b": "b"}, 1), (MATCH, {"a": "a", "b": ""}, "0.5"),
        (MATCH, {"a": "b"}, 0), (MATCH, {}, None), (MATCH, "a", None),
        (NUMBER, "1.200", 1), (NUMBER, "1.204,9", 1), (NUMBER, "1206", 0), (NUMBER, "mil", None),
        (NUMBER, 1200, 1), (NUMBER, "", None), (NUMBER, "NaN", None),
        (TRUE, "true", 1), (TRUE, True, 1), (TRUE, "false", 0), (TRUE, "sí", None),
    ],
)  # fmt: skip
def test_every_kind_of_answer_is_graded(question: Question, answer: Any, share: Any) -> None:
    graded = courses.grade(question, answer)
    assert graded.is_answered is (share is not None)
    assert graded.is_right is (share == 1)
    assert round(graded.share, 2) == Decimal(str(share or 0))


def test_feedback_speaks_of_what_was_chosen_first() -> None:
    assert courses.grade(ONE, "b").says == ({"es": "dice 1"}, {"es": "No"})
    assert courses.grade(ONE, "a").says == ({"es": "dice 0"}, {"es": "Sí"})
    assert courses.grade(ONE, "").says == ()


@given(st.lists(st.integers(), min_size=2, max_size=9, unique=True), st.text(max_size=8))
def test_shuffled_keeps_all_and_never_gives_the_order_away(things: list[int], seed: str) -> None:
    mixed = courses.shuffled(things, seed)
    assert sorted(mixed) == sorted(things)
    assert mixed != things
    assert mixed == courses.shuffled(things, seed)


def done(lessons: int, right: int, task: str = "") -> Done:
    codes = ["que-sobra", "un-lugar"][:lessons]
    quizzes = {("que-sobra", "repaso"): min(right, 4), ("un-lugar", "pasos"): max(right - 4, 0)}
    return Done(frozenset(codes), quizzes, {("un-lugar", "foto"): task} if task else {})


@pytest.mark.parametrize(
    ("did", "passed", "following"),
    [
        (done(0, 0), False, "que-sobra"),
        (done(1, 4), False, "un-lugar"),
        (done(2, 4, courses.HANDED_IN), False, None),
        (done(2, 3, courses.ACCEPTED), False, None),
        (done(2, 4, courses.ACCEPTED), True, None),
        (done(2, 6, courses.AGAIN), False, "un-lugar"),
    ],
)
def test_passing_asks_for_each_condition(did: Done, passed: bool, following: str | None) -> None:
    stands = courses.progress(course(), did)
    assert (stands.is_passed, stands.next_lesson) == (passed, following)
    assert [one.code for one in stands.conditions] == ["lessons", "quizzes", "tasks"]
    assert [one.least for one in stands.conditions] == [2, 4, 1]


@given(
    st.sets(st.sampled_from(["que-sobra", "un-lugar", "otra"])),
    st.integers(0, 9),
    st.sampled_from(["", courses.HANDED_IN, courses.ACCEPTED, courses.AGAIN]),
)
def test_counts_stay_within_their_totals(lessons: set[str], right: int, task: str) -> None:
    did = Done(
        frozenset(lessons),
        {("que-sobra", "repaso"): right, ("otra", "repaso"): right},
        {("un-lugar", "foto"): task} if task else {},
    )
    stands = courses.progress(course(), did)
    for count, total in (stands.lessons, stands.answers, stands.tasks):
        assert 0 <= count <= total
    more = courses.progress(course(), Done(did.lessons | {"que-sobra"}, did.quizzes, did.tasks))
    assert more.lessons[0] >= stands.lessons[0]
