"""A visit on a phone, counted in taps; the owner's page; a certificate checked and revoked."""

import gzip
import time as clock
from datetime import time, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

import make
from browser import PASSWORD, SIZES, Site, new_window, press
from digna.accounts.models import Membership, User
from digna.certificates.models import Certificate
from digna.demo.firm_ways import Walk
from digna.demo.people import Crowd
from digna.demo.words import Draw
from digna.improvement.models import Observation, Project
from digna.programmes.models import Programme
from digna.programmes.services import programmes
from digna.registry.models import Enterprise
from digna.registry.services import people
from digna.training.models import CycleFirm, Module, Visit
from digna.training.services import cycles, workshops

MOST_TAPS = 25
MOST_BYTES = 60_000


class Thumb:
    """A thumb that counts: every press on the page is a tap, and so is going into a field."""

    def __init__(self) -> None:
        self.taps = 0

    def press(self, what: Locator) -> None:
        self.taps += 1
        what.click()

    def write(self, what: Locator, text: str) -> None:
        self.taps += 1
        what.fill(text)

    def photograph(self, what: Locator) -> None:
        self.taps += 3  # the field, the camera, the shutter
        out = BytesIO()
        Image.effect_noise((1200, 900), 30).convert("RGB").save(out, "JPEG")
        what.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})


def programme() -> Programme:
    today = timezone.localdate()
    return programmes.found_programme(
        actor=make.actor(),
        code="prueba",
        name="Programa de prueba",
        starts_on=today - timedelta(days=400),
        ends_on=today + timedelta(days=400),
    )


def way(trainer: User, fate: str) -> CycleFirm:
    """A firm on its way, as far as `fate` says, in a cycle this trainer delivers."""
    today = timezone.localdate()
    actor, draw = make.actor(), Draw(3)
    firm = make.enterprise(
        "Tostaduría Illimani", place=make.place(), numbers={"workers_women": 6, "workers_men": 8}
    )
    cycle = cycles.open_cycle(
        actor=actor,
        module=Module.objects.on_offer().get(code="m1-virtual"),
        programmes=[programme()],
        mode="virtual",
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=30),
    )
    first = cycle.starts_on + timedelta(days=20)
    workshops.plan_from_module(actor=actor, cycle=cycle, first_on=first, at=time(18), every_days=7)
    cycles.set_trainers(actor=actor, cycle=cycle, users=[trainer])
    return Walk(actor, draw, Crowd(actor, draw, [], {}), cycle, firm).go(fate)


def account(name: str, role: str, **limits: object) -> User:
    user = User(name=name, email=f"{role}@digna.test")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role=role, **limits)
    return user


def test_a_whole_visit_takes_few_taps(site: Site, browser: Browser) -> None:
    trainer = account("Lidia Condori", "trainer", departments=["BO-L"])
    going = way(trainer, "visit_today")
    page = new_window(browser, "phone").new_page()
    site.sign_in(page, trainer.email or "")
    thumb = Thumb()
    thumb.press(page.get_by_text("Empezar visita").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tostaduría Illimani")
    present = page.locator("[name=present]")
    for number in range(present.count()):
        if not present.nth(number).is_checked():
            thumb.press(present.nth(number))
    inputs = page.locator(".visit__pair input")
    kpis = page.locator(".visit__kpi").count()
    assert kpis == 3
    for number in range(inputs.count()):
        last = Observation.objects.filter(board_kpi__enterprise=going.enterprise).order_by("pk")[
            number // 2
        ]
        value = last.numerator if number % 2 == 0 else last.denominator
        thumb.write(inputs.nth(number), str(int(value or 0)))
    thumb.write(page.locator("[name=project_title]"), "Orden en el secado")
    thumb.press(page.locator("[name=project_area][value='5s']"))
    thumb.photograph(page.locator("[name=project_photo]"))
    thumb.press(page.locator("[name=ahead]").nth(1))
    thumb.press(page.get_by_role("button", name="Guardar la visita"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tostaduría Illimani")

    visit = Visit.objects.get()
    assert visit.presences.count() == present_of(going)
    assert Observation.objects.filter(measurement__point="progress").count() == 3
    assert Project.objects.get(title="Orden en el secado").photos.count() == 1
    assert visit.next_on is not None
    going.refresh_from_db()
    assert going.state == "visit1"
    assert thumb.taps <= MOST_TAPS, thumb.taps


def present_of(going: CycleFirm) -> int:
    return going.participants.count()


def test_the_owners_page_is_light_and_in_plain_words(site: Site, browser: Browser) -> None:
    trainer = account("Lidia Condori", "trainer", departments=["BO-L"])
    going = way(trainer, "whole")
    owner = account("Rosa Mamani", "owner")
    person = going.participants.filter(role="owner")[0].person
    people.correct_person(actor=make.actor(), person=person, account=owner)
    page = new_window(browser, "phone").new_page()
    weights: list[int] = []
    site.sign_in(page, owner.email or "")
    page.on("response", lambda answer: weights.append(_weight(answer)))
    page.get_by_text("Mi tablero").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(going.enterprise.name)
    page.wait_for_load_state("networkidle")
    assert sum(weights) <= MOST_BYTES, sum(weights)
    other = Enterprise.objects.exclude(pk=going.enterprise_id).first() or make.enterprise()
    answer = page.goto(f"{site.url}/empresas/{other.public_id}/tablero")
    assert answer is not None
    assert answer.status == 404


def _weight(answer: object) -> int:
    """What travels: pages, styles and scripts squeezed as the server sends them."""
    kind = answer.headers.get("content-type", "")  # type: ignore[attr-defined]
    body = answer.body()  # type: ignore[attr-defined]
    if kind.startswith("image/jpeg"):
        return 0  # photos are counted apart
    return len(gzip.compress(body))


@pytest.mark.parametrize("size", SIZES)
def test_a_certificate_shows_revoked_within_a_second(
    site: Site, browser: Browser, size: str
) -> None:
    trainer = account("Lidia Condori", "trainer", departments=["BO-L"])
    going = way(trainer, "whole")
    row = Certificate.objects.get(reference=going.public_id)
    stranger, lead = new_window(browser, size).new_page(), new_window(browser, size).new_page()
    stranger.goto(f"{site.url}/c/{row.code}")
    expect(stranger.get_by_text("es auténtico y está vigente")).to_be_visible()
    site.sign_in(lead)
    lead.goto(f"{site.url}/certificados/{row.public_id}/anular")
    lead.fill("[name=reason]", "se emitió a otra empresa")
    press(lead, "Anular", exact=True)
    began = clock.monotonic()
    _reload_until_revoked(stranger)
    assert clock.monotonic() - began < 1
    assert "se emitió a otra empresa" in stranger.content()


def _reload_until_revoked(page: Page) -> None:
    while "está vigente" in page.content():
        page.reload()
