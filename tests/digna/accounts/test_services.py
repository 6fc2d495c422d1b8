"""What can be done to accounts: by whom, with what effect, and what the journal keeps of it."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

import make
from cast import OTHER_PARTNER, PARTNER, Cast, cast
from digna.accounts import access, card_secrets
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Card, Membership, Role, User
from digna.accounts.rules import Scope
from digna.accounts.services import cards, members, memberships, passwords
from digna.accounts.services.cards import Newcomer
from digna.errors import NotAllowed, NotVisible, Refused
from digna.journal import selectors as journal
from digna.journal.models import Change, Line

pytestmark = pytest.mark.django_db

SECRETS = CardSecrets("7QK2XM4D9TB0", "481516")


@pytest.fixture
def people() -> Cast:
    return cast()


def new_trainer(people: Cast, **values: object) -> User:
    given = {"name": "Rosa Mamani", "role": "trainer", "partner": PARTNER, **values}
    return members.create_user(actor=make.actor(people.coordinator), **given)  # type: ignore[arg-type]


def last_line() -> Line:
    return Line.objects.all()[0]


# --- accounts


def test_a_coordinator_makes_an_account_without_e_mail_or_phone(people: Cast) -> None:
    made = new_trainer(people, name="  Rosa   Mamani ")
    assert (made.name, made.email, made.phone) == ("Rosa Mamani", None, None)
    assert not made.has_usable_password()
    held = made.memberships.get()
    assert (held.role, held.partner, held.ends_on) == ("trainer", PARTNER, None)
    assert last_line().action == "accounts.user.created"
    assert last_line().actor == people.coordinator


def test_contact_is_kept_in_one_form(people: Cast) -> None:
    made = new_trainer(people, email=" Rosa@Casa.BO ", phone="712-34 567")
    assert (made.email, made.phone) == ("rosa@casa.bo", "+59171234567")
    assert made.sought == "rosa mamani rosa@casa.bo +59171234567"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": "  "}, "accounts.name_missing", "name"),
        ({"email": "rosa@"}, "accounts.email_wrong", "email"),
        ({"email": "Taken@digna.test"}, "accounts.email_taken", "email"),
        ({"phone": "123"}, "accounts.phone_wrong", "phone"),
        ({"phone": "71111111"}, "accounts.phone_taken", "phone"),
        ({"role": ""}, "accounts.role_missing", "role"),
        ({"role": "queen"}, "accounts.role_unknown", "role"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_beside_its_field(
    people: Cast, values: dict[str, str], code: str, field: str
) -> None:
    User.objects.create(name="Otra", email="taken@digna.test", phone="+59171111111")
    before = (User.objects.count(), Line.objects.count())
    with pytest.raises(Refused) as refusal:
        new_trainer(people, **values)
    assert (refusal.value.code, refusal.value.details["field"]) == (code, field)
    assert (User.objects.count(), Line.objects.count()) == before


def test_changing_a_phone_makes_it_unverified(people: Cast) -> None:
    made = new_trainer(people, phone="71234567")
    User.objects.filter(pk=made.pk).update(phone_verified=True)
    made.refresh_from_db()
    members.change_contact(
        actor=make.actor(people.coordinator), user=made, name="Rosa", email="", phone="71234568"
    )
    made.refresh_from_db()
    assert (made.name, made.phone, made.phone_verified) == ("Rosa", "+59171234568", False)


def test_a_closed_account_can_be_opened_again(people: Cast) -> None:
    made = new_trainer(people)
    members.deactivate(actor=make.actor(people.coordinator), user=made)
    made.refresh_from_db()
    assert not made.is_active
    assert access.rights.codes_of(made) == frozenset()
    members.reactivate(actor=make.actor(people.coordinator), user=made)
    made.refresh_from_db()
    assert made.is_active


def test_the_last_lead_stays(people: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        members.deactivate(actor=make.actor(), user=people.lead)
    assert refusal.value.code == "accounts.last_lead"
    make.user("Otra jefa", role="lead")
    members.deactivate(actor=make.actor(), user=people.lead)
    assert not User.objects.get(pk=people.lead.pk).is_active


# --- roles


@pytest.mark.parametrize("role", ["lead", "mel", "auditor", "analyst", "buyer", "coordinator"])
def test_a_coordinator_cannot_raise_anybody_above_field_roles(people: Cast, role: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        memberships.give_membership(
            actor=make.actor(people.coordinator), user=people.trainer, role=role, partner=PARTNER
        )
    assert refusal.value.code == "accounts.role_not_yours"


@pytest.mark.parametrize("partner", ["", OTHER_PARTNER])
def test_a_coordinator_gives_no_role_beyond_the_own_partner(people: Cast, partner: str) -> None:
    with pytest.raises(NotAllowed):
        memberships.give_membership(
            actor=make.actor(people.coordinator), user=people.trainer, role="mentor",
            partner=partner,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        new_trainer(people, partner=partner)
    assert not User.objects.filter(name="Rosa Mamani").exists()


@pytest.mark.parametrize("part", ["mel", "trainer", "mentor", "owner", "auditor"])
def test_who_administers_nothing_gives_nothing(people: Cast, part: str) -> None:
    with pytest.raises(NotAllowed):
        memberships.give_membership(
            actor=make.actor(getattr(people, part)), user=people.trainer, role="worker",
            partner=PARTNER,
        )  # fmt: skip


def test_a_lead_with_limits_gives_within_them() -> None:
    lead = make.user("Jefa", role="lead", programmes=["score"])
    target = make.user("Rosa", role="trainer", programmes=["score"])
    with pytest.raises(NotAllowed):
        memberships.give_membership(actor=make.actor(lead), user=target, role="mel")
    row = memberships.give_membership(
        actor=make.actor(lead), user=target, role="mel", programmes=["score"]
    )
    assert row.programmes == ["score"]


def test_a_role_given_again_is_the_same_row_with_new_limits(people: Cast) -> None:
    act = make.actor(people.lead)
    first = memberships.give_membership(actor=act, user=people.owner, role="trainer", partner="x")
    memberships.end_membership(actor=act, membership=first)
    again = memberships.give_membership(
        actor=act, user=people.owner, role="trainer", partner="x", departments=["BO-L", "BO-B"]
    )
    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.departments, again.ends_on) == (["BO-B", "BO-L"], None)


def test_an_ended_role_no_longer_opens(people: Cast) -> None:
    row = people.trainer.memberships.get()
    memberships.end_membership(actor=make.actor(people.coordinator), membership=row)
    fresh = User.objects.get(pk=people.trainer.pk)
    assert access.rights.memberships_of(fresh) == []
    assert fresh.memberships.count() == 1


def test_nobody_takes_a_role_from_themselves(people: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        memberships.end_membership(
            actor=make.actor(people.lead), membership=people.lead.memberships.get()
        )
    assert refusal.value.code == "accounts.own_membership"


def test_a_coordinator_without_partner_is_impossible(people: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        memberships.give_membership(
            actor=make.actor(people.lead), user=people.owner, role="coordinator"
        )
    assert refusal.value.code == "accounts.partner_missing"


def test_dates_that_end_before_they_begin_are_refused(people: Cast) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused) as refusal:
        memberships.give_membership(
            actor=make.actor(people.lead), user=people.owner, role="mel", starts_on=today,
            ends_on=today - timedelta(days=1),
        )  # fmt: skip
    assert refusal.value.code == "accounts.dates"


# --- whose account it is


def visible(user: object) -> set[str]:
    return set(access.visible_members(user).values_list("name", flat=True))


def test_who_sees_whom(people: Cast) -> None:
    everybody = {user.name for _part, user in people.everybody() if user is not None}
    for reader in (people.lead, people.mel, people.auditor):
        assert visible(reader) == everybody
    own = {"Carla Ortiz", "Tania Quispe", "Mario Peña", "Olga Mamani"}
    assert visible(people.coordinator) == own
    assert visible(people.other_coordinator) == {"Omar Vaca"}
    for other in (people.trainer, people.mentor, people.owner, None):
        assert visible(other) == set()


def test_a_reach_limited_to_departments_sees_those_within_them() -> None:
    coordinator = make.user("C", role="coordinator", partner="p", departments=["BO-L", "BO-O"])
    make.user("dentro", role="trainer", partner="p", departments=["BO-L"])
    make.user("fuera", role="trainer", partner="p", departments=["BO-S"])
    make.user("en todo", role="trainer", partner="p")
    assert visible(coordinator) == {"C", "dentro"}


def test_a_coordinator_does_not_reach_another_partner_s_people(people: Cast) -> None:
    with pytest.raises(NotVisible):
        access.member_to_manage(people.other_coordinator, people.trainer.public_id)


ACTS = {
    "contact": lambda act, user: members.change_contact(
        actor=act, user=user, name="X", email="x@x.bo", phone=""
    ),
    "deactivate": lambda act, user: members.deactivate(actor=act, user=user),
    "reactivate": lambda act, user: members.reactivate(actor=act, user=user),
    "card": lambda act, user: cards.issue_card(actor=act, user=user, secrets=SECRETS),
    "link": lambda act, user: passwords.give_password_link(actor=act, user=user),
    "password": lambda act, user: passwords.set_first_password(
        actor=act, user=user, password="una-clave-larga-2026"
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("part", "target"),
    [
        ("other_coordinator", "trainer"),  # another partner's
        ("coordinator", "lead"),  # above
        ("coordinator", "coordinator"),  # themselves
        ("mel", "trainer"),  # sees all, changes none
        ("auditor", "trainer"),
        ("trainer", "owner"),
    ],
)
def test_no_act_on_an_account_that_is_not_theirs(
    people: Cast, act: str, part: str, target: str
) -> None:
    lines = Line.objects.count()
    with pytest.raises(NotAllowed):
        ACTS[act](make.actor(getattr(people, part)), getattr(people, target))
    assert Line.objects.count() == lines


def test_a_second_role_above_takes_an_account_out_of_a_coordinator_s_hands(people: Cast) -> None:
    """A lead who also trains for the partner could otherwise be impersonated by card."""
    Membership.objects.create(user=people.lead, role=Role.TRAINER, partner=PARTNER)
    assert access.member(people.coordinator, people.lead.public_id) == people.lead
    with pytest.raises(NotAllowed):
        access.member_to_manage(people.coordinator, people.lead.public_id)


def test_an_account_without_any_role_is_for_who_administers_all(people: Cast) -> None:
    nobody = make.user("Nadie")
    assert access.may_manage(people.lead, nobody)
    assert not access.may_manage(people.coordinator, nobody)
    assert access.may_give(None, "lead", Scope())


# --- cards


def test_a_card_keeps_only_hashes_and_the_journal_not_even_those(people: Cast) -> None:
    card = cards.issue_card(
        actor=make.actor(people.coordinator), user=people.trainer, secrets=SECRETS
    )
    assert card.token_hash == card_secrets.hash_of("7qk2-xm4d-9tbo")
    assert check_password(SECRETS.pin, card.pin_hash)
    kept = json.dumps([[c.before, c.after] for c in Change.objects.all()])
    kept += json.dumps([line.receipt for line in Line.objects.all()])
    for secret in (SECRETS.code, SECRETS.pin, card.token_hash, card.pin_hash):
        assert secret not in kept
    assert SECRETS.pin not in repr(SECRETS)


def test_a_new_card_ends_the_one_before(people: Cast) -> None:
    act = make.actor(people.coordinator)
    old = cards.issue_card(actor=act, user=people.trainer, secrets=SECRETS)
    new = cards.issue_card(actor=act, user=people.trainer, secrets=card_secrets.for_card())
    old.refresh_from_db()
    assert old.revoked_at is not None
    assert new.revoked_at is None


def test_a_pin_is_reset_and_the_lock_is_gone(people: Cast) -> None:
    act = make.actor(people.coordinator)
    card = cards.issue_card(actor=act, user=people.trainer, secrets=SECRETS)
    Card.objects.update(failed_count=7, locked_until=timezone.now() + timedelta(minutes=9))
    card.refresh_from_db()
    cards.reset_pin(actor=act, card=card, pin="000042")
    card.refresh_from_db()
    assert check_password("000042", card.pin_hash)
    assert not check_password(SECRETS.pin, card.pin_hash)
    assert (card.failed_count, card.locked_until) == (0, None)
    with pytest.raises(NotAllowed):
        cards.reset_pin(actor=make.actor(people.other_coordinator), card=card, pin="111111")


def test_a_revoked_card_gets_no_pin(people: Cast) -> None:
    act = make.actor(people.coordinator)
    card = cards.issue_card(actor=act, user=people.trainer, secrets=SECRETS)
    cards.revoke_card(actor=act, card=card)
    with pytest.raises(Refused) as refusal:
        cards.reset_pin(actor=act, card=card, pin="000042")
    assert refusal.value.code == "accounts.card_revoked"


def test_codes_and_pins_are_random_and_well_formed() -> None:
    made = [card_secrets.for_card() for _ in range(200)]
    assert len({secrets.code for secrets in made}) == 200
    assert len({secrets.pin for secrets in made}) > 190
    assert all(len(s.code) == 12 and len(s.pin) == 6 and s.pin.isdigit() for s in made)


def test_a_card_outlives_a_change_of_the_installation_s_secret(settings: object) -> None:
    old = card_secrets.hash_of("7QK2XM4D9TB0")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another-secret"  # type: ignore[attr-defined]
    assert old in card_secrets.hashes_of("7QK2XM4D9TB0")
    assert card_secrets.hash_of("7QK2XM4D9TB0") != old


def newcomers(*names: str) -> list[Newcomer]:
    return [Newcomer(name, None, None, card_secrets.for_card()) for name in names]


def test_a_list_becomes_accounts_with_cards_in_one_line_of_the_journal(people: Cast) -> None:
    lines = Line.objects.count()
    keys = cards.create_with_cards(
        actor=make.actor(people.coordinator), people=newcomers("Rosa", "Juan"), role="worker",
        partner=PARTNER,
    )  # fmt: skip
    assert [c.user.name for c in Card.objects.filter(pk__in=keys).order_by("pk")] == [
        "Rosa",
        "Juan",
    ]
    assert Line.objects.count() == lines + 1
    assert list(journal.verify()) == []


def test_a_list_with_one_wrong_person_makes_nobody(people: Cast) -> None:
    before = User.objects.count()
    with pytest.raises(Refused):
        cards.create_with_cards(
            actor=make.actor(people.coordinator), people=newcomers("Rosa", " "), role="worker",
            partner=PARTNER,
        )  # fmt: skip
    assert (User.objects.count(), Card.objects.count()) == (before, 0)


def test_a_list_sent_twice_makes_everybody_once(people: Cast) -> None:
    act = make.actor(people.coordinator, intention=uuid.uuid4())
    first = cards.create_with_cards(
        actor=act, people=newcomers("Rosa"), role="worker", partner=PARTNER
    )
    again = cards.create_with_cards(
        actor=act, people=newcomers("Rosa"), role="worker", partner=PARTNER
    )
    assert first == again
    assert User.objects.filter(name="Rosa").count() == 1


# --- passwords


def test_a_first_password_must_be_changed(people: Cast) -> None:
    passwords.set_first_password(
        actor=make.actor(people.coordinator), user=people.trainer, password="una-clave-larga-2026"
    )
    people.trainer.refresh_from_db()
    assert people.trainer.must_change_password
    assert people.trainer.check_password("una-clave-larga-2026")
    assert people.trainer.password not in json.dumps([c.after for c in Change.objects.all()])


def test_a_weak_first_password_is_refused(people: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        passwords.set_first_password(
            actor=make.actor(people.coordinator), user=people.trainer, password="12345"
        )
    assert refusal.value.code == "accounts.password_weak"


def test_a_link_is_for_who_can_name_themselves_at_the_door(people: Cast) -> None:
    by_card = new_trainer(people)
    with pytest.raises(Refused) as refusal:
        passwords.give_password_link(actor=make.actor(people.coordinator), user=by_card)
    assert refusal.value.code == "accounts.no_name_to_sign_in"


def test_the_journal_of_all_this_holds(people: Cast) -> None:
    act = make.actor(people.coordinator)
    made = new_trainer(people)
    card = cards.issue_card(actor=act, user=made, secrets=SECRETS)
    cards.revoke_card(actor=act, card=card)
    members.deactivate(actor=act, user=made)
    assert list(journal.verify()) == []
