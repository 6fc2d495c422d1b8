"""Two made one and two again: no row lost, no foreign key forgotten, counts as they were."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import models

import make
from digna.errors import Refused
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.registry import search
from digna.registry.likeness import Likeness
from digna.registry.models import Affiliation, DuplicatePair, Enterprise, Merge, Person, SearchUse
from digna.registry.services import duplicates, erasure, merges, people

pytestmark = pytest.mark.django_db


def session_of(process: Process, number: int = 1) -> Session:
    begins = datetime(2021, 5, number, 15, tzinfo=UTC)
    return Session.objects.create(
        process=process,
        title=f"S{number}",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        hours=Decimal(2),
        mode="virtual",
    )


@pytest.fixture
def process() -> Process:
    return Process.objects.create(kind="capacity_building", title="P", starts_on="2021-05-01")


@pytest.mark.parametrize("model", [Person, Enterprise])
def test_every_foreign_key_is_walked_by_a_merge_or_named_here(model: type[models.Model]) -> None:
    walked = {(owner, field.name) for owner, field in merges.pointers_to(model)}
    all_keys = {
        (relation.related_model, relation.field.name)
        for relation in model._meta.related_objects
        if isinstance(relation.field, models.ForeignKey)
    }
    left = {(owner.__name__, name) for owner, name in all_keys - walked}
    own = {(model.__name__, "merged_into")}
    of_merge = {("Merge", f"{kind}_{model.__name__.lower()}") for kind in ("kept", "absorbed")}
    assert left == own | of_merge


def test_no_many_to_many_points_at_a_person_or_a_firm() -> None:
    """Merging walks foreign keys; a many-to-many would need its own walk first."""
    for model in (Person, Enterprise):
        assert not [r for r in model._meta.related_objects if r.many_to_many]


def test_rows_move_and_the_person_is_counted_once(process: Process) -> None:
    keep, absorb = make.person("Rosa", "Mamani"), make.person("Rosa", "Mamani Quispe")
    first, second = session_of(process, 1), session_of(process, 2)
    Enrolment.objects.create(process=process, person=keep)
    Enrolment.objects.create(process=process, person=absorb, constituency="workers")
    Attendance.objects.create(session=first, person=keep, status="absent")
    Attendance.objects.create(session=first, person=absorb, status="present", hours=Decimal(2))
    Attendance.objects.create(session=second, person=absorb, status="present", hours=Decimal(2))
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    assert Enrolment.objects.get().person == keep
    marks = {a.session: a for a in Attendance.objects.all()}
    assert {a.person for a in marks.values()} == {keep}
    assert marks[first].status == "present"
    assert len(marks) == 2


def test_what_was_chosen_is_taken_and_the_rest_stays() -> None:
    keep = make.person("Rosa", "Mamani", phone="+59171234567")
    absorb = make.person("Rosa", "Mamani Quispe", document="4567890", sex="female")
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb, take=["surnames", "document", "sex"])
    keep.refresh_from_db()
    assert (keep.surnames, keep.sex, keep.phone) == ("Mamani Quispe", "female", "+59171234567")
    assert keep.document_hint == "890"


def test_undoing_brings_back_both_with_their_own(process: Process) -> None:
    keep = make.person("Rosa", "Mamani", phone="+59171234567")
    absorb = make.person("Rosa", "Mamani Quispe", document="4567890")
    organisation = make.organisation("Federación", constituency="workers")
    people.affiliate(
        actor=make.actor(), person=absorb, organisation=organisation, role="representative"
    )
    first = session_of(process)
    Attendance.objects.create(session=first, person=keep, status="present", hours=Decimal(1))
    Attendance.objects.create(session=first, person=absorb, status="absent")
    before = (rows(Attendance), rows(Affiliation), rows(Person))
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=absorb, take=["document"])
    assert (rows(Attendance), rows(Affiliation), rows(Person)) != before
    merges.undo_merge(actor=make.actor(), merge=merge)
    assert (rows(Attendance), rows(Affiliation), rows(Person)) == before
    found = search.find(SearchUse.Kind.PERSON, "rosa mamani", Person.objects.living())
    assert set(found) == {keep.pk, absorb.pk}


def rows(model: type[models.Model]) -> list[object]:
    return sorted(model._base_manager.values_list(), key=str)


def test_the_absorbed_is_not_found_and_the_pair_is_settled() -> None:
    keep, absorb = make.person("Rosa", "Mamani"), make.person("Rosa", "Mamami")
    pair = duplicates.note_pair(
        actor=make.actor(), one=keep, other=absorb, likeness=Likeness(0.95, ("similar_name",))
    )
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    pair.refresh_from_db()
    assert pair.state == DuplicatePair.State.SAME
    found = search.find(SearchUse.Kind.PERSON, "rosa mamani", Person.objects.living())
    assert found == [keep.pk]


def test_refusals_say_what_is_wrong() -> None:
    keep, absorb = make.person(), make.person()
    with pytest.raises(Refused, match=r"registry\.merge\.itself"):
        merges.merge(actor=make.actor(), keep=keep, absorb=keep)
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    with pytest.raises(Refused, match=r"registry\.merge\.gone"):
        merges.merge(actor=make.actor(), keep=make.person(), absorb=absorb)
    merges.undo_merge(actor=make.actor(), merge=merge)
    with pytest.raises(Refused, match=r"registry\.merge\.undone_already"):
        merges.undo_merge(actor=make.actor(), merge=Merge.objects.get())


def test_two_firms_with_the_same_nit_by_mistake_become_one() -> None:
    keep = make.enterprise("Tostaduría Illimani", nit="1023456028")
    absorb = make.enterprise("Illimani Tostaduría")
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb, take=["name"])
    keep.refresh_from_db()
    assert (keep.name, keep.nit) == ("Illimani Tostaduría", "1023456028")
    assert list(Enterprise.objects.living()) == [keep]


def test_erasing_keeps_every_count(process: Process) -> None:
    person = make.person(
        "Rosa", "Mamani", sex="female", place=make.place("El Alto"), phone="+59171234567"
    )
    session = session_of(process)
    Enrolment.objects.create(process=process, person=person)
    Attendance.objects.create(session=session, person=person, status="present", hours=Decimal(2))

    def counted() -> int:
        present = Attendance.objects.filter(status="present", person__sex="female")
        return (
            present.filter(person__place__code="BO-L").count()
            + present.filter(person__place__parent__code="BO-L").count()
        )

    assert counted() == 1
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    person.refresh_from_db()
    assert counted() == 1
    assert (person.given_names, person.phone, person.document_hash) == ("—", "", "")
    assert person not in Person.objects.living()


def test_erasing_asks_why() -> None:
    with pytest.raises(Refused, match=r"registry\.erasure\.needs_reason"):
        erasure.erase_person(actor=make.actor(), person=make.person())
