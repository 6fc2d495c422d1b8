"""A period on screen: sent, approved, frozen; what a late record would change, and its line."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

import make
import make_results
from browser import PASSWORD, Site, expect_sound, press
from digna.accounts.models import Membership, User
from digna.events.models import Attendance
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results.models import Indicator
from digna.results.services import periods

TRAINED = "constituents_trained"


@pytest.fixture
def programme(site: Site) -> Programme:
    """41 people trained in 2021, and somebody in monitoring who will send what they add up to."""
    mel = User(name="Marta Salas", email="marta@digna.test")
    mel.set_password(PASSWORD)
    mel.save()
    Membership.objects.create(user=mel, role="mel")
    made = make_results.programme()
    make_results.adopted(made)
    Indicator.objects.exclude(code=TRAINED).delete()
    session = make_results.session(make_results.process([made]))
    make_results.attend(session, make_results.people(41, "female"))
    periods.open_period(
        actor=make.actor(), programme=made, label="2021",
        starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31),
    )  # fmt: skip
    make_results.computed(made)
    return made


def test_from_sent_to_frozen_to_what_would_change(
    site: Site, programme: Programme, screen: Page
) -> None:
    review = f"{site.url}/resultados/bdp/revision"
    main = screen.get_by_role("main")
    site.sign_in(screen, "marta@digna.test")
    screen.goto(review)
    press(screen, "Enviar todo lo que falta")
    expect(main).to_contain_text("1 indicador enviado.")
    press(screen, "Aprobar todo lo enviado")
    expect(main).to_contain_text("lo aprueba otra persona")
    expect_sound(screen)
    screen.context.clear_cookies()
    site.sign_in(screen)
    screen.goto(site.url + "/")
    press(screen, "1 indicador de 2021 espera su aprobación")
    press(screen, "Aprobar todo lo enviado")
    expect(main).to_contain_text("1 indicador aprobado.")
    press(screen, "Congelar", exact=True)
    press(screen, "Congelar", exact=True)
    expect(main).to_contain_text("2021 quedó congelado.")
    line = one_more(programme)
    screen.goto(review)
    expect(main).to_contain_text("cambiaría de 41 a 42")
    expect_sound(screen)
    press(screen, f"Línea {line}")
    expect(screen).to_have_url(re.compile(rf"/diario/{line}$"))


def one_more(programme: Programme) -> int:
    """Record somebody late at the same session; the line of the journal that did it."""
    session = Attendance.objects.select_related("session__process").all()[0].session
    make_results.attend(session, make_results.people(1, "female"))
    line = Line.objects.order_by("-pk").values_list("pk", flat=True)[0]
    make_results.computed(programme)
    return int(line)
