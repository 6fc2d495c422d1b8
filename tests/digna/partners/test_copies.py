"""A partner's copy: exactly its own, only as consent allows, verified on both sides."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.utils import timezone
from tests.digna.events import made as events
from tests.digna.partners import made

import make
from digna.accounts.models import Card, Membership, User
from digna.config import backup
from digna.errors import Refused
from digna.events.services import enrolments
from digna.journal import selectors, tables
from digna.journal.models import Line
from digna.partners import choosing, packing, receiving, tasks
from digna.partners.models import Fee, Judgement, TransitionAction, WorkingCopy
from digna.partners.services import copies, maturity, profile, transition
from digna.registry.models import Consent, ConsentText, Enterprise, Organisation, Person
from digna.registry.services import people
from digna.training.models import NextStep, Visit

pytestmark = pytest.mark.django_db

MINE, OTHERS = "cainco", "cadepia"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}
    return settings.HOME


def agreed(giver: Person | Enterprise, *, is_given: bool = True, later: int = 0) -> None:
    is_person = isinstance(giver, Person)
    purpose = "hand_over" if is_person else "hand_over_firm"
    text, _new = ConsentText.objects.get_or_create(
        purpose=purpose, version="1", language="es", defaults={"title": purpose, "text": purpose}
    )
    Consent.objects.create(
        **{"person" if is_person else "enterprise": giver},
        text=text,
        is_given=is_given,
        at=timezone.now() + timedelta(minutes=later),
        channel="paper",
    )


def world(code: str, *, name: str, phone: str, firm: str) -> dict[str, Any]:
    """One partner with something in every room, and its secrets."""
    partner = made.partner(code)
    cycle = made.cycle(partner, title=f"Ciclo de {firm}")
    cycle.programmes.add(made.programme())
    enterprise = made.firm(cycle, firm, phone=phone, nit=phone[-7:])
    person = make.person(
        name, f"Apellido {firm}", partner=partner, phone=phone, document=phone[-7:]
    )
    people.affiliate(actor=make.actor(), person=person, enterprise=enterprise, role="owner")
    people.correct_person(actor=make.actor(), person=person, email=f"{firm.lower()}@uno.example")
    process = events.process(f"Curso de {firm}", partner=partner)
    session = events.session(process)
    events.enrolled(process, person)
    events.present(session, person)
    fee = made.fee(cycle, "900", enterprise=enterprise, note=f"Nota {firm}")
    made.pay(fee, "300", receipt=f"R-{firm}")
    visit = Visit.objects.create(
        firm=cycle.firms.get(), number=1, on=cycle.starts_on, mode="phone", findings=f"Vimos {firm}"
    )
    NextStep.objects.create(visit=visit, what=f"Mover {firm}", who=name)
    user = make.user(f"Coordina {firm}", role="coordinator", partner=code)
    User.objects.filter(pk=user.pk).update(password="argon2$secreto")
    Card.objects.create(user=user, token_hash=f"token-{firm}", pin_hash=f"pin-{firm}")
    marker = made.markers()[0]
    maturity.judge(
        actor=make.actor(user),
        partner=partner,
        marker=marker,
        on=made.TODAY,
        reached="partly",
        evidence=f"Acta {firm}",
        file=ContentFile(f"%PDF-{firm}".encode(), name="acta.pdf"),
    )
    profile.describe_partner(actor=make.actor(), partner=partner, kind="association")
    transition.plan_action(
        actor=make.actor(),
        partner=partner,
        line="alliances",
        what=f"Renovar {firm}",
        owner=f"Directora {firm}",
        due_on=made.TODAY,
    )
    return {
        "partner": partner, "person": person, "enterprise": enterprise, "process": process,
        "session": session, "cycle": cycle, "user": user, "fee": fee,
    }  # fmt: skip


@pytest.fixture
def mine() -> dict[str, Any]:
    return world(MINE, name="Rosaura", phone="+59171111111", firm="Illimani")


@pytest.fixture
def others() -> dict[str, Any]:
    return world(OTHERS, name="Zorayda", phone="+59170000001", firm="Huallpamayta")


def packed(path: Path, partner: Organisation | None = None) -> packing.Packed:
    return packing.pack(partner or made.partner(MINE), path)


def everything(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def rows(path: Path, label: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        lines = archive.read(f"tables/{label}.jsonl").splitlines()
    names = json.loads(lines[0])
    return [dict(zip(names, json.loads(line), strict=True)) for line in lines[1:]]


def emptied() -> None:
    """Make this installation a fresh one, as after `digna migrate`."""
    names = [model._meta.db_table for model in tables.every()]
    connection.check_constraints()
    with connection.cursor() as cursor:
        from django.core.management.color import no_style

        for statement in connection.ops.sql_flush(no_style(), names, allow_cascade=True):
            cursor.execute(statement)


def public_ids(world: dict[str, Any]) -> Iterator[str]:
    for key in ("person", "enterprise", "process", "cycle", "user"):
        yield str(world[key].public_id)


def test_nothing_of_another_partner_is_in_the_bytes(
    mine: dict[str, Any], others: dict[str, Any], tmp_path: Path
) -> None:
    agreed(mine["person"])
    agreed(others["person"])
    agreed(mine["enterprise"])
    agreed(others["enterprise"])
    events.enrolled(mine["process"], others["person"])  # they came to our course, in their care
    enrolments.enrol(actor=make.actor(), process=others["process"], person=mine["person"])
    path = tmp_path / "copia.zip"
    packed(path)
    content = everything(path).decode(errors="ignore")
    for secret in ("Zorayda", "Huallpamayta", "huallpamayta", "70000001", others["partner"].name):
        assert secret not in content, secret
    for key in public_ids(others):
        assert key not in content
    assert "argon2$secreto" not in content
    assert "token-" not in content
    for own in ("Rosaura", "Illimani", *public_ids(mine)):
        assert own in content, own


def test_every_link_of_the_copy_leads_into_the_copy(
    mine: dict[str, Any], others: dict[str, Any], tmp_path: Path
) -> None:
    events.enrolled(mine["process"], others["person"])
    path = tmp_path / "copia.zip"
    manifest = packed(path).manifest
    keys = {}
    told = {}
    for label in manifest["tables"]:
        if label.startswith("journal."):
            continue
        model = choosing.model_of(label)
        told[label] = (model, rows(path, label))
        keys[label] = {row[model._meta.pk.attname] for row in told[label][1]}
        assert len(told[label][1]) == manifest["tables"][label]["rows"]
    for model, lines in told.values():
        for link in choosing.links_of(model):
            target = choosing.label_of(link.related_model)
            for row in lines:
                assert row[link.attname] is None or row[link.attname] in keys[target], link


def test_without_consent_identity_stays_and_counts_go(mine: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "copia.zip"
    manifest = packed(path).manifest
    assert manifest["people"] == {"total": 1, "whole": 0, "reduced": 1}
    assert manifest["firms"] == {"total": 1, "whole": 0, "reduced": 1}
    content = everything(path).decode(errors="ignore")
    for secret in ("Rosaura", "71111111", "1111111", "illimani@uno.example", "Vimos", "R-Illimani"):
        assert secret not in content, secret
    assert rows(path, "registry.person")[0]["given_names"] == "—"
    assert rows(path, "events.attendance")[0]["status"] == "present"
    assert rows(path, "partners.payment")[0]["amount"] == "300.00"
    assert rows(path, "training.nextstep")[0]["what"] == "—"


def test_a_firm_in_nobodys_care_goes_with_the_partner_that_trains_it(
    mine: dict[str, Any], others: dict[str, Any], tmp_path: Path
) -> None:
    loose = made.firm(mine["cycle"], "Suelta")
    Enterprise.objects.filter(pk=loose.pk).update(partner=None)
    borrowed = made.firm(mine["cycle"], "Ajena")
    Enterprise.objects.filter(pk=borrowed.pk).update(partner=others["partner"])
    manifest = packed(tmp_path / "copia.zip").manifest
    assert manifest["firms"]["total"] == 2
    assert manifest["left_out"]["training.cyclefirm"] == {"points_elsewhere": 1}


def test_the_last_answer_holds(mine: dict[str, Any], tmp_path: Path) -> None:
    agreed(mine["person"])
    agreed(mine["person"], is_given=False, later=5)
    agreed(mine["enterprise"], is_given=False)
    agreed(mine["enterprise"], later=5)
    manifest = packed(tmp_path / "copia.zip").manifest
    assert (manifest["people"]["whole"], manifest["firms"]["whole"]) == (0, 1)


def test_an_owners_account_goes_only_if_they_agreed(mine: dict[str, Any], tmp_path: Path) -> None:
    owner = make.user("Dueña Secreta", role="owner", partner=MINE)
    Person.objects.filter(pk=mine["person"].pk).update(account=owner)
    packed(tmp_path / "una.zip")
    assert "Dueña Secreta" not in everything(tmp_path / "una.zip").decode(errors="ignore")
    agreed(mine["person"])
    packed(tmp_path / "otra.zip")
    assert "Dueña Secreta" in everything(tmp_path / "otra.zip").decode(errors="ignore")


def test_a_copy_is_taken_in_whole_and_compared(
    mine: dict[str, Any], others: dict[str, Any], home: Path, tmp_path: Path
) -> None:
    agreed(mine["person"])
    agreed(mine["enterprise"])
    path = tmp_path / "copia.zip"
    manifest = packed(path).manifest
    evidence = Judgement.objects.get(partner=mine["partner"]).file.name
    emptied()
    (home / "media" / evidence).unlink()
    received = receiving.receive(path)
    for label, told in manifest["tables"].items():
        if not label.startswith("journal."):
            assert choosing.model_of(label)._base_manager.count() == told["rows"], label
    assert received.partner == mine["partner"].name
    assert Person.objects.get().given_names == "Rosaura"
    assert Enterprise.objects.get().name == "Illimani"
    assert Organisation.objects.get(is_partner=True).code == MINE
    assert Fee.objects.get().payments.get().amount == 300
    assert TransitionAction.objects.get().owner == "Directora Illimani"
    assert (home / "media" / evidence).read_bytes() == b"%PDF-Illimani"
    assert not User.objects.get().has_usable_password()
    assert list(selectors.verify()) == []
    assert Line.objects.first().action == "partners.copy.taken_in"  # type: ignore[union-attr]
    assert selectors.history_of(Person.objects.get()).exists()
    newcomer = make.person("Nueva", "Persona")
    assert newcomer.pk > Person.objects.order_by("pk").first().pk  # type: ignore[union-attr]


def test_a_copy_can_be_backed_up_and_packed_again(mine: dict[str, Any], tmp_path: Path) -> None:
    packed(tmp_path / "copia.zip")
    emptied()
    receiving.receive(tmp_path / "copia.zip")
    backup.back_up(tmp_path / "respaldo.zip")
    again = packed(tmp_path / "otra.zip").manifest
    assert again["people"]["total"] == 1


def test_an_installation_with_data_takes_nothing_in(mine: dict[str, Any], tmp_path: Path) -> None:
    packed(tmp_path / "copia.zip")
    with pytest.raises(Refused) as refused:
        receiving.receive(tmp_path / "copia.zip")
    assert refused.value.code == "partners.copy.not_empty"


def rewritten(path: Path, name: str, change: Any) -> Path:
    other = path.with_name("otra.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, change(content) if item.filename == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return other


def newer(content: bytes) -> bytes:
    manifest = json.loads(content)
    manifest["migrations"].append("registry.9999_future")
    return json.dumps(manifest).encode()


def odd_format(content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"format": "otro"}).encode()


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        (
            "tables/registry.enterprise.jsonl",
            lambda b: b.replace(b"2021", b"2020") + b" ",
            "partners.copy.altered",
        ),
        ("tables/accounts.card.jsonl", lambda _b: b"[]", "partners.copy.altered"),
        ("files/../../fuera.txt", lambda _b: b"x", "partners.copy.altered"),
        ("manifest.json", newer, "partners.copy.version"),
        ("manifest.json", odd_format, "partners.copy.format"),
        ("manifest.json", lambda b: b[:50], "partners.copy.unreadable"),
    ],
)
def test_a_copy_that_was_touched_is_refused(
    name: str, change: Any, code: str, mine: dict[str, Any], tmp_path: Path
) -> None:
    packed(tmp_path / "copia.zip")
    emptied()
    with pytest.raises(Refused) as refused:
        receiving.receive(rewritten(tmp_path / "copia.zip", name, change))
    assert refused.value.code == code
    assert not Person.objects.exists()


def test_a_truncated_copy_is_refused(mine: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "copia.zip"
    packed(path)
    content = path.read_bytes()
    for cut in (10, len(content) // 2, len(content) - 5):
        path.write_bytes(content[:cut])
        with pytest.raises(Refused) as refused:
            receiving.check(path)
        assert refused.value.code == "partners.copy.unreadable"


def test_the_command_packs_checks_and_receives(mine: dict[str, Any], tmp_path: Path) -> None:
    path = str(tmp_path / "copia.zip")
    call_command("handover", partner=MINE, out=Path(path))
    call_command("handover", "check", path)
    with pytest.raises(CommandError, match="no está vacía"):
        call_command("handover", "receive", path)
    emptied()
    call_command("handover", "receive", path)
    assert Enterprise.objects.count() == 1
    with pytest.raises(CommandError, match="No hay socio"):
        call_command("handover", partner="nadie", out=Path(path))
    with pytest.raises(CommandError, match="--partner"):
        call_command("handover")
    with pytest.raises(CommandError, match="qué archivo"):
        call_command("handover", "receive")


def test_the_task_packs_and_says_so(mine: dict[str, Any]) -> None:
    lead = make.user("Elena", role="lead")
    copy = copies.ask_copy(actor=make.actor(lead), partner=mine["partner"])
    with pytest.raises(Refused) as refused:
        copies.ask_copy(actor=make.actor(lead), partner=mine["partner"])
    assert refused.value.code == "partners.copy.underway"
    tasks.pack_copy.func(copy.pk, lead.pk)
    copy = WorkingCopy.objects.get()
    assert (copy.state, copy.manifest["people"]["total"]) == ("ready", 1)
    with copy.file.open("rb") as file:
        assert file.read(2) == b"PK"
    copies.hand_over(
        actor=make.actor(lead), copy=copy, on=made.TODAY, received_by="Luz", received_as="Gerente"
    )
    copies.discard(actor=make.actor(lead), copy=copy)
    copy = WorkingCopy.objects.get()
    assert (copy.state, copy.received_by, bool(copy.file)) == ("discarded", "Luz", False)
    with pytest.raises(Refused) as gone:
        copies.download(actor=make.actor(lead), copy=copy)
    assert gone.value.code == "partners.copy.not_ready"


def test_a_copy_that_breaks_says_why(mine: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise OSError("el disco está lleno")

    monkeypatch.setattr(packing, "pack", broken)
    copy = copies.ask_copy(actor=make.actor(), partner=mine["partner"])
    with pytest.raises(OSError, match="disco"):
        tasks.pack_copy.func(copy.pk, None)
    assert WorkingCopy.objects.get().problem == "el disco está lleno"


def test_no_file_field_of_the_house_is_forgotten() -> None:
    """Documents are walked by column: a new one is packed without anybody thinking of it."""
    holders = {
        choosing.label_of(model)
        for model in packing.goers()
        if any(isinstance(f, models.FileField) for f in model._meta.concrete_fields)
    }
    assert {"partners.judgement", "training.visitphoto"} <= holders
    assert Membership._meta.label_lower in {choosing.label_of(m) for m in packing.goers()}
