"""The organiser's pages: for the right person, for another partner's, and for the stranger."""

import io
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

import make
from cast import OTHER_PARTNER, PARTNER, Cast, cast, client_of
from digna.registry.models import Organisation
from digna.rounds.models import BusinessRound, Meeting, Notice, Party, Ruling, Timetable
from digna.rounds.services import parties, timetables
from rounds import made

pytestmark = pytest.mark.django_db
FACES = (
    "", "corregir", "turnos", "participantes", "participantes/compradores",
    "participantes/empresas", "participantes/tarjetas", "agenda", "agenda/decidir", "agenda/1",
    "avisos", "sala", "fichas", "seguimiento", "resultado", "cancelar",
)  # fmt: skip
LISTS = tuple(
    f"{face}/descargar" for face in ("participantes", "agenda", "seguimiento", "resultado")
)


@pytest.fixture
def players() -> Cast:
    for code in (PARTNER, OTHER_PARTNER):
        make.organisation(f"Socio {code}", code=code, is_partner=True)
    return cast()


@pytest.fixture
def row() -> BusinessRound:
    return made.published()


@pytest.fixture
def lead(players: Cast) -> Client:
    return client_of(players.lead)


def url(row: BusinessRound, face: str = "") -> str:
    return f"/ruedas/{row.public_id}/{face}"


def text(client: Client, address: str, status: int = 200, **post: Any) -> str:
    reply = client.post(address, post, follow=True) if post else client.get(address)
    assert reply.status_code == status, address
    return str(reply.content.decode())


def test_every_face_opens_for_the_lead_and_stays_shut_for_others(
    row: BusinessRound, players: Cast, lead: Client
) -> None:
    row.partner = Organisation.objects.get(code=PARTNER)
    row.save()
    for face in FACES:
        assert lead.get(url(row, face)).status_code == 200, face
        assert client_of(players.coordinator).get(url(row, face)).status_code == 200, face
        assert client_of(players.other_coordinator).get(url(row, face)).status_code == 404, face
        assert client_of(players.owner).get(url(row, face)).status_code == 403, face
        assert client_of(None).get(url(row, face)).status_code == 302, face
    assert client_of(players.auditor).get(url(row, "resultado")).status_code == 200
    assert client_of(players.auditor).get(url(row, "corregir")).status_code == 403


def test_the_list_is_filtered_exported_and_empty_with_a_next_step(lead: Client) -> None:
    assert "Organizar la primera" in text(lead, "/ruedas/")
    row = made.empty()
    assert row.title in text(lead, "/ruedas/?etapa=preparing&q=rued")
    assert "Ninguna rueda pasa" in text(lead, "/ruedas/?q=zzz")
    assert row.title in text(lead, "/ruedas/descargar")
    assert lead.get("/ruedas/descargar?formato=xlsx").content.startswith(b"PK")


def test_the_list_costs_the_same_at_one_round_and_at_many(
    lead: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    made.empty()
    lead.get("/ruedas/")
    with django_assert_max_num_queries(25) as few:
        lead.get("/ruedas/")
        count = len(few)
    for _ in range(5):
        made.empty()
    lead.get("/ruedas/")  # counts kept for the whole installation are asked anew after a write
    with django_assert_num_queries(count):
        lead.get("/ruedas/")


def test_a_round_is_made_on_screen(lead: Client) -> None:
    made.programme()
    given = {
        "title_es": "Rueda de prueba", "programme": made.programme().pk, "held_on": "2024-03-04",
        "mode": "on_site", "time_zone": "America/La_Paz", "tables": 3, "least_per_firm": 2,
    }  # fmt: skip
    page = text(lead, "/ruedas/nueva", **given)
    assert "Programe sus turnos" in page
    row = BusinessRound.objects.get()
    again = lead.post("/ruedas/nueva", given | {"most_per_firm": 1})
    assert again.status_code == 422
    assert "Rueda de prueba" in again.content.decode()  # nothing typed is lost
    page = text(lead, url(row, "turnos"), starts="09:00", count=6, minutes=20, between=5,
                break_after=3, break_minutes=30)  # fmt: skip
    assert "11:35" in page
    assert row.slots.count() == 7
    slot = row.slots.get(number=2)
    text(lead, url(row, f"turnos/{slot.pk}/pausa"), x=1)
    slot.refresh_from_db()
    assert slot.is_break
    wrong = lead.post(url(row, "turnos"), {"starts": "x", "count": 6})
    assert wrong.status_code == 422
    text(lead, url(row, "interpretes/nuevo"), name="Nayra", languages=["es", "en"])
    who = row.interpreters.get()
    text(lead, url(row, f"interpretes/{who.pk}/quitar"), x=1)
    assert not row.interpreters.exists()


def test_participants_are_invited_corrected_and_moved(lead: Client) -> None:
    row = made.empty()
    buyer, firm = made.buyer(), make.enterprise("Molino Illari", phone="+59170000009")
    text(lead, url(row, "participantes/compradores"), buyers=[buyer.pk])
    found = text(lead, url(row, "participantes/empresas") + "?q=illari")
    assert "Molino Illari" in found
    text(lead, url(row, "participantes/empresas"), firms=[firm.pk], waiting="on")
    page = text(lead, url(row, "participantes") + "?lado=seller&estado=waiting&q=illari")
    assert "Molino Illari" in page
    assert "wa.me/59170000009" in page
    party = row.parties.get(side="seller")
    own = url(row, f"participantes/{party.public_id}/")
    page = text(lead, own, contact_name="Rosa", products="Harina", languages=["es"],
                language="es-bo", most=3, least=1, delegation="Norte")  # fmt: skip
    party.refresh_from_db()
    assert (party.contact_name, party.most, party.delegation) == ("Rosa", 3, "Norte")
    assert lead.post(own, {"language": "es-bo", "most": 1, "least": 2}).status_code == 422
    text(lead, own + "estado", state="registered")
    party.refresh_from_db()
    assert party.state == "registered"
    token = party.token
    text(lead, own + "enlace", x=1)
    party.refresh_from_db()
    assert party.token != token
    assert "Molino Illari" in text(lead, url(row, "participantes/tarjetas"))


def test_participants_cost_the_same_however_many_and_carry_their_agenda(
    row: BusinessRound, lead: Client, django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    page = text(lead, url(row, "participantes"))
    assert "09%3A00" in page  # the agenda, written out in the chat
    with django_assert_max_num_queries(25) as few:
        lead.get(url(row, "participantes"))
        count = len(few)
    firms = [make.enterprise(phone=f"+5917000001{n}") for n in range(6)]
    parties.invite_firms(actor=make.actor(), round=row, firms=firms)
    lead.get(url(row, "participantes"))
    with django_assert_num_queries(count):
        lead.get(url(row, "participantes"))


def test_a_telephone_is_read_as_the_register_reads_it(nobody: Client) -> None:
    row = made.invited()
    firm = made.firms_of(row)[0]
    given = {"contact_name": "Rosa", "products": "Quinua", "languages": ["es"], "language": "en"}
    wrong = nobody.post(own(firm, "inscripcion"), given | {"phone": "12"})
    assert wrong.status_code == 422
    text(nobody, own(firm, "inscripcion"), **given, phone="712 34567")
    firm.refresh_from_db()
    assert firm.phone == "+59171234567"


def test_the_organiser_types_the_wishes_of_who_telephoned(lead: Client) -> None:
    row = made.invited()
    buyer, firm = made.buyers_of(row)[0], made.firms_of(row)[0]
    for party in (buyer, firm):
        made.register(party)
    own = url(row, f"participantes/{firm.public_id}/deseos")
    assert buyer.name in text(lead, own)
    text(lead, own, **{f"w-{buyer.pk}": "must"})
    assert firm.wishes.get().says == "must"


def test_the_agenda_is_computed_reviewed_ruled_and_published(lead: Client) -> None:
    row = made.wished()
    assert lead.post(url(row, "agenda/calcular"), {"seconds": 0}).status_code == 422
    page = text(lead, url(row, "agenda/calcular"), seconds=1)
    assert "Versión 1" in page
    page = text(lead, url(row, "agenda/1"))
    for said in ("de la cota", "Publicar esta agenda", "huella", "Deseos que no entraron"):
        assert said in page
    buyer, firm = made.buyers_of(row)[0], made.firms_of(row)[0]
    page = text(lead, url(row, "agenda/decidir"), buyer=buyer.pk, firm=firm.pk, reason="Ya se ven")
    assert "Ya se ven" in page
    assert "no se puede publicar" in text(lead, url(row, "agenda/1"))  # the data moved on
    text(lead, url(row, f"agenda/decidir/{Ruling.objects.get().pk}/quitar"), x=1)
    text(lead, url(row, "agenda/1/publicar"), x=1)
    assert Timetable.objects.get().state == "published"
    made.assert_no_clash(row)
    assert lead.get(url(row, "agenda/1/avance")).headers["HX-Refresh"] == "true"
    assert firm.name in text(lead, url(row, "agenda"))


def test_a_failed_computation_says_why(lead: Client) -> None:
    row = made.wished()
    begun = timetables.begin(actor=make.actor(), round=row)
    assert "Calculando la versión 1" in text(lead, url(row, "agenda"))
    assert "HX-Refresh" not in lead.get(url(row, "agenda/1/avance")).headers
    timetables.fail(actor=make.actor(), timetable=begun, problem="sin mesas")
    assert "sin mesas" in text(lead, url(row, "agenda/1"))


def test_the_day_on_the_floor(row: BusinessRound, lead: Client) -> None:
    page = text(lead, url(row, "sala") + "?turno=1")
    assert "09:00–09:20" in page
    first = next(m for m in made.standing(row) if m.slot is not None and m.slot.number == 1)
    own = url(row, f"participantes/{first.firm.public_id}/")
    text(lead, own + "llegada", turno=1)
    first.firm.refresh_from_db()
    assert first.firm.arrived_at is not None
    text(lead, own + "ausencia", turno=1)
    first.firm.refresh_from_db()
    assert first.firm.missing_at is not None
    fragment = lead.get(url(row, "sala") + "?turno=1", headers={"hx-request": "true"})
    assert b'id="floor"' in fragment.content
    assert b"<html" not in fragment.content
    slot = row.slots.get(number=2)
    text(lead, url(row, "agenda/calcular"), seconds=1, from_slot=slot.pk)
    text(lead, url(row, "agenda/2/publicar"), x=1)
    notice = Notice.objects.first()
    assert notice is not None
    assert notice.party.name in text(lead, url(row, "avisos"))
    text(lead, url(row, f"avisos/{notice.pk}"), x=1)
    notice.refresh_from_db()
    assert notice.told_at is not None


def test_slips_are_typed_and_followed_up_on_screen(row: BusinessRound, lead: Client) -> None:
    one = made.standing(row)[0]
    face = url(row, f"fichas/{one.public_id}/empresa")
    assert lead.post(face, {"note": "x"}).status_code == 422
    text(lead, face, interest="3", next_step="sample", amount="1200,5", currency="USD")
    one.refresh_from_db()
    assert one.deal is not None
    assert "USD 1.200,50" in text(lead, url(row, "fichas") + "?estado=held")
    assert "1200,5" in text(lead, face)
    page = text(lead, url(row, "seguimiento"))
    assert "0 de 1 reuniones con negocio" in page
    given = {"outcome": "paid", "on": "2024-06-10", "amount": "300"}
    again = lead.post(url(row, f"seguimiento/{one.public_id}"), given)
    assert again.status_code == 422  # the currency is missing; nothing typed is lost
    assert 'value="300"' in again.content.decode()
    text(lead, url(row, f"seguimiento/{one.public_id}"), **given, currency="USD")
    page = text(lead, url(row, "resultado"))
    assert "USD 300,00" in page
    assert "USD 1.200,50" in page
    assert "1 de 1 reuniones con negocio" in page


def test_lists_leave_as_csv_and_xlsx(row: BusinessRound, lead: Client) -> None:
    for face in LISTS:
        assert lead.get(url(row, face)).content.startswith(b"\xef\xbb\xbf"), face
        assert lead.get(url(row, face) + "?formato=xlsx").content.startswith(b"PK"), face


def test_papers_are_one_page_a_party_and_a_table(row: BusinessRound, lead: Client) -> None:
    import pypdfium2

    reply = lead.get(url(row, "agendas.pdf"))
    paper = pypdfium2.PdfDocument(io.BytesIO(reply.content))
    people = {key for m in made.standing(row) for key in (m.buyer_id, m.firm_id)}
    assert len(paper) == len(people)
    buyer = made.buyers_of(row)[0]
    words = "\n".join(page.get_textpage().get_text_range() for page in paper)
    assert buyer.name in words
    assert "hora de La Paz" in words
    tables = pypdfium2.PdfDocument(io.BytesIO(lead.get(url(row, "mesas.pdf")).content))
    assert len(tables) == made.TABLES


def test_a_round_is_ended_or_called_off(row: BusinessRound, lead: Client) -> None:
    text(lead, url(row, "etapa"), stage="held")
    row.refresh_from_db()
    assert row.stage == "held"
    other = made.empty()
    text(lead, url(other, "cancelar"), x=1)
    other.refresh_from_db()
    assert other.stage == "cancelled"
    assert "canceló" in text(lead, url(other))


def test_a_firms_story_tells_its_rounds(row: BusinessRound, lead: Client) -> None:
    firm = made.firms_of(row)[0].enterprise
    assert firm is not None
    assert "Rueda de negocios: Rueda" in text(lead, f"/empresas/{firm.public_id}")


# --- by personal link


def own(party: Party, face: str = "") -> str:
    return f"/rueda/{party.token}/{face}"


@pytest.fixture
def nobody() -> Client:
    return client_of(None)


def test_a_wrong_link_opens_nothing_and_tries_are_counted(nobody: Client) -> None:
    assert "Pida el suyo" in text(nobody, "/rueda/no-existe/", status=404)


def test_one_registers_and_chooses_by_link_without_an_account(nobody: Client) -> None:
    row = made.invited()
    buyer, firm = made.buyers_of(row)[0], made.firms_of(row)[0]
    made.register(buyer, products="Busca quinua")
    assert "Inscribirme" in text(nobody, own(firm))
    assert nobody.post(own(firm, "inscripcion"), {"contact_name": "Rosa"}).status_code == 422
    page = text(nobody, own(firm, "inscripcion"), contact_name="Rosa", products="Quinua",
                languages=["es"], language="es-bo")  # fmt: skip
    assert "Busca quinua" in page
    assert "No, gracias" in page
    silent = made.buyers_of(row)[1]
    assert silent.name not in page
    text(nobody, own(firm, "deseos"), **{f"w-{buyer.pk}": "must", f"w-{silent.pk}": "must"})
    assert [w.other_id for w in firm.wishes.all()] == [buyer.pk]
    assert "Respondió sobre 1 de 1" in text(nobody, own(firm))


def test_nobody_learns_who_said_no(nobody: Client) -> None:
    row = made.wished()
    buyer, firm = made.buyers_of(row)[0], made.firms_of(row)[0]
    before = text(nobody, own(buyer, "deseos"))
    parties.give_wishes(actor=make.actor(), party=firm, says={buyer.pk: "no"})
    after = text(nobody, own(buyer, "deseos"))
    assert before.count("checked") == after.count("checked")


def test_ones_own_agenda_with_arrival_slip_and_sale(row: BusinessRound, nobody: Client) -> None:
    one = made.standing(row)[0]
    firm, other = one.firm, made.standing(row)[-1]
    page = text(nobody, own(firm))
    assert one.buyer.name in page
    assert "¿Cómo fue?" in page
    text(nobody, own(firm, "llegada"), x=1)
    firm.refresh_from_db()
    assert firm.arrived_at is not None
    assert nobody.get(own(firm, "llegada")).status_code == 405
    text(nobody, own(firm, f"ficha/{one.public_id}"), interest="2", amount="50", currency="BOB")
    one.refresh_from_db()
    assert one.state == Meeting.State.HELD
    assert "¿Qué se vendió?" in text(nobody, own(firm))
    text(nobody, own(firm, f"ventas/{one.public_id}"), outcome="talking",
         on="2024-06-10")  # fmt: skip
    assert one.deal is not None
    assert one.deal.follow_ups.get().was_answered
    assert nobody.get(own(one.buyer, f"ventas/{one.public_id}")).status_code == 404
    if firm.pk not in (other.buyer_id, other.firm_id):
        assert nobody.get(own(firm, f"ficha/{other.public_id}")).status_code == 404


def test_changes_are_told_on_ones_own_page_until_seen(row: BusinessRound, nobody: Client) -> None:
    gone = made.firms_of(row)[0]
    parties.note_missing(actor=made.at(8), party=gone)
    timetables.publish(actor=made.at(8, 1), timetable=made.solved(row))
    one = Notice.objects.exclude(party=gone).select_related("party").first()
    assert one is not None
    assert "Cambió su agenda" in text(nobody, own(one.party))
    assert "Cambió su agenda" not in text(nobody, own(one.party, "avisos"), x=1)


def test_a_buyer_abroad_reads_english_in_its_own_time(nobody: Client) -> None:
    row = made.wished(mode="hybrid", video_url="https://video.example/rueda")
    buyer = made.buyers_of(row)[0]
    parties.change_party(
        actor=make.actor(), party=buyer, language="en", time_zone="Europe/Berlin",
        presence="virtual",
    )  # fmt: skip
    timetables.publish(actor=make.actor(), timetable=made.solved(row))
    first = next(m for m in made.standing(row) if m.buyer_id == buyer.pk)
    assert first.slot is not None
    page = text(nobody, own(buyer))
    assert 'lang="en"' in page
    assert "Your agenda" in page
    assert "Berlin time" in page
    assert f"{first.slot.starts_at.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" in page
    calendar = Calendar.from_ical(nobody.get(own(buyer, "agenda.ics")).content)
    starts = [e["dtstart"].dt for e in calendar.walk("VEVENT")]
    assert first.slot.starts_at in starts
    assert {str(z["tzid"]) for z in calendar.walk("VTIMEZONE")} == {"Europe/Berlin"}


def test_the_calendar_of_a_party_moves_and_cancels_by_uid(
    row: BusinessRound, nobody: Client
) -> None:
    gone = made.firms_of(row)[0]
    before = Calendar.from_ical(nobody.get(own(gone, "agenda.ics")).content)
    parties.note_missing(actor=made.at(8), party=gone)
    timetables.publish(actor=made.at(8, 1), timetable=made.solved(row))
    after = Calendar.from_ical(nobody.get(own(gone, "agenda.ics")).content)
    assert {str(e["uid"]) for e in after.walk("VEVENT")} == {
        str(e["uid"]) for e in before.walk("VEVENT")
    }
    assert {str(e["status"]) for e in after.walk("VEVENT")} == {"CANCELLED"}


def test_the_agenda_is_nobodys_before_it_is_published(nobody: Client) -> None:
    row = made.wished()
    party = made.firms_of(row)[0]
    for face in ("agenda.pdf", "agenda.ics"):
        assert nobody.get(own(party, face)).status_code == 404
    made.services.move_to(actor=make.actor(), round=row, stage="closed")
    assert "armando la agenda" in text(nobody, own(party))
    assert nobody.get(own(party, "deseos")).status_code == 422
    made.services.move_to(actor=make.actor(), round=row, stage="cancelled")
    assert "se canceló" in text(nobody, own(party))
