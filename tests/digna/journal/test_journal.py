"""One transaction, one sealed line, one effect per intention; and tampering shows."""

import uuid

import pytest
from django.db import connection, models

import make
from digna.errors import Refused
from digna.journal import record, selectors
from digna.journal.actor import Actor
from digna.journal.models import Change, Line
from digna.registry.models import Person
from digna.registry.services import erasure, people

pytestmark = pytest.mark.django_db


def test_a_service_leaves_one_line_with_who_what_before_and_after() -> None:
    user = make.user("Elena")
    person = make.person("Rosa", "Mamani", by=Actor(user=user, device="teléfono 7"))
    people.correct_person(
        actor=Actor(user=user, reason="lo dijo ella"), person=person, surnames="Mamani Quispe"
    )
    last, first = Line.objects.all()[:2]
    assert (first.action, first.device) == ("registry.person.registered", "teléfono 7")
    assert (last.action, last.actor, last.reason) == (
        "registry.person.corrected",
        user,
        "lo dijo ella",
    )
    change = last.changes.get()
    assert change.before == {"surnames": "Mamani"}
    assert change.after == {"surnames": "Mamani Quispe"}


def test_nothing_changed_leaves_no_line() -> None:
    person = make.person("Rosa", "Mamani")
    count = Line.objects.count()
    people.correct_person(actor=make.actor(), person=person, surnames="Mamani")
    assert Line.objects.count() == count


def test_an_intention_sent_twice_has_one_effect_and_the_first_answer() -> None:
    intention = uuid.uuid4()
    first = make.person("Rosa", "Mamani", by=make.actor(intention=intention))
    again = make.person("Rosa", "Mamani", by=make.actor(intention=intention))
    assert again == first
    assert Person.objects.count() == 1
    assert Line.objects.filter(intention=intention).count() == 1


def test_an_intention_is_not_taken_for_another_service() -> None:
    intention = uuid.uuid4()
    person = make.person(by=make.actor(intention=intention))
    with pytest.raises(Refused) as refusal:
        people.correct_person(actor=make.actor(intention=intention), person=person, surnames="X")
    assert refusal.value.code == "journal.intention_reused"


def test_a_refused_service_leaves_nothing() -> None:
    make.person(document="4567890")
    lines = Line.objects.count()
    with pytest.raises(Refused):
        make.person(document="4567890")
    assert (Person.objects.count(), Line.objects.count()) == (1, lines)


def test_writing_outside_a_service_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="outside a service"):
        record.add(Person(given_names="Rosa"))


def test_secrets_are_masked() -> None:
    person = make.person(document="4567890")
    change = selectors.history_of(person).get()
    assert change.after is not None
    assert change.after["document_hash"] == record.MASKED
    assert "4567890" not in str(change.after)


def test_the_journal_cannot_be_edited_through_the_orm() -> None:
    make.person()
    with pytest.raises(Refused):
        Line.objects.update(reason="otra")
    with pytest.raises(Refused):
        Change.objects.all().delete()


def test_an_untouched_journal_verifies() -> None:
    for _ in range(3):
        make.person()
    assert list(selectors.verify()) == []


TAMPERINGS = {
    "line": "UPDATE journal_line SET reason = 'otra' WHERE id = (SELECT min(id) FROM journal_line)",
    "change": "UPDATE journal_change SET object_id = '999999' "
    "WHERE id = (SELECT min(id) FROM journal_change)",
    "head": "UPDATE journal_head SET line_count = 99",
}


@pytest.mark.parametrize(("code", "statement"), TAMPERINGS.items())
def test_tampering_shows(code: str, statement: str) -> None:
    for _ in range(3):
        make.person()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert code in {fault.code for fault in selectors.verify()}


def test_a_removed_line_shows() -> None:
    for _ in range(3):
        make.person()
    middle = Line.objects.order_by("id")[1]
    models.QuerySet.delete(Change.objects.filter(line=middle))
    models.QuerySet.delete(Line.objects.filter(pk=middle.pk))
    assert {"chain", "head"} <= {fault.code for fault in selectors.verify()}


def test_a_lot_is_one_change_that_vouches_for_every_row() -> None:
    from digna.journal.writes import writes

    @writes("test.people.lot_added")
    def add_lot(*, actor: Actor, rows: list[Person]) -> int:
        record.add_many(rows, each=False)
        return len(rows)

    add_lot(actor=make.actor(), rows=[Person(given_names=f"P{n}") for n in range(5)])
    change = Change.objects.get(kind=Change.Kind.BULK)
    assert change.after is not None
    assert change.after["count"] == 5
    assert len(change.after["sha256"]) == 64


def test_erasing_a_person_empties_the_journal_about_them_and_the_chain_holds() -> None:
    person = make.person("Rosa", "Mamani", phone="+59171234567", document="4567890")
    people.correct_person(actor=make.actor(), person=person, surnames="Mamani Quispe")
    erasure.erase_person(actor=make.actor(reason="lo pidió por escrito"), person=person)
    texts = str([(c.before, c.after) for c in Change.objects.all()])
    assert "Rosa" not in texts
    assert "Mamani" not in texts
    assert "71234567" not in texts
    assert list(selectors.verify()) == []
