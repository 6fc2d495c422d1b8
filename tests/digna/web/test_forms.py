"""How `{{ form }}` is written: summary with links, words beside fields, targets for thumbs."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms

from digna.errors import Refused
from digna.web.forms import DateField, Form, TimeInput


class Firm(Form):
    name = forms.CharField(label="Nombre", help_text="Como en la factura")
    nit = forms.CharField(label="NIT", required=False)
    starts_on = DateField(label="Inicio", required=False)
    at = forms.TimeField(label="Hora", widget=TimeInput, required=False)
    sex = forms.ChoiceField(
        label="Sexo", choices=[("f", "Mujer"), ("m", "Hombre")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="Acepta")
    roster = forms.FileField(label="Planilla", required=False)
    secret = forms.CharField(label="Contraseña", widget=forms.PasswordInput, required=False)


class Elements(HTMLParser):
    """Every start tag with its attributes, to ask questions of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def one(self, tag, **wanted):
        hits = [a for t, a in self.found if t == tag and wanted.items() <= a.items()]
        assert len(hits) == 1, f"{len(hits)} × <{tag} {wanted}>"
        return hits[0]

    def ids(self):
        return [a["id"] for _, a in self.found if "id" in a]


def written(form: forms.Form) -> Elements:
    return Elements(str(form))


def test_every_field_has_a_label_and_help_that_readers_hear():
    page = written(Firm())
    page.one("label", **{"for": "id_name"})
    assert page.one("input", name="name")["aria-describedby"] == "id_name_helptext"
    assert "id_name_helptext" in page.ids()


def test_optional_is_said_in_words_and_required_is_not():
    html = str(Firm())
    assert html.count("(opcional)") == 5
    assert "*" not in html


def test_the_intention_travels_hidden_with_every_form():
    hidden = written(Firm()).one("input", name="intention")
    assert hidden["type"] == "hidden"
    assert hidden["value"]


def test_a_group_is_a_fieldset_with_a_legend_and_labels_around_its_radios():
    page = written(Firm())
    assert [tag for tag, _ in page.found].count("fieldset") == 1
    assert page.one("label", **{"for": "id_sex_0"})["class"] == "choice"
    page.one("legend")


def test_no_summary_before_anything_was_sent():
    assert "data-summary" not in str(Firm())


def test_the_summary_links_to_every_wrong_field():
    page = written(Firm({"nit": "1"}))
    links = [a["href"] for tag, a in page.found if tag == "a"]
    assert links == ["#id_name", "#id_sex", "#id_agrees"]
    assert {link[1:] for link in links} <= set(page.ids())
    assert page.one("div", role="alert")["tabindex"] == "-1"


def test_a_wrong_field_points_at_its_error():
    page = written(Firm({"nit": "1"}))
    name = page.one("input", name="name")
    assert name["aria-invalid"] == "true"
    assert "id_name_error" in (name["aria-describedby"] or "").split()
    assert "id_name_error" in page.ids()


def test_a_refusal_of_the_domain_shows_in_the_summary():
    form = Firm({"nit": "1023"})
    form.is_valid()
    form.refuse(Refused("registry.nit_taken", "El NIT ya es de Qhana SRL.", field="nit"))
    form.refuse(Refused("registry.closed", "El programa está cerrado."))
    html = str(form)
    assert '<a href="#id_nit">NIT: El NIT ya es de Qhana SRL.</a>' in html
    assert "<li>El programa está cerrado.</li>" in html


def test_ids_are_unique_with_and_without_errors():
    for form in (Firm(), Firm({}), Firm({}, prefix="otra")):
        ids = written(form).ids()
        assert len(ids) == len(set(ids))


def test_days_and_hours_use_the_device_s_own_controls():
    page = written(Firm(initial={"starts_on": date(2026, 11, 24)}))
    assert page.one("input", name="starts_on")["type"] == "date"
    assert page.one("input", name="starts_on")["value"] == "2026-11-24"
    assert page.one("input", name="at")["type"] == "time"


@pytest.mark.parametrize("typed", ["2026-11-24", "24/11/2026", "24-11-2026"])
def test_a_day_is_understood_as_people_type_it(typed):
    assert DateField().clean(typed) == date(2026, 11, 24)


def test_files_and_passwords_wear_their_dress():
    page = written(Firm())
    assert page.one("input", name="roster")["class"] == "file"
    assert page.one("button", **{"data-reveal": "id_secret"})["type"] == "button"


def test_what_was_typed_is_escaped():
    html = str(Firm({"name": "<script>alert(1)</script>"}))
    assert "<script>" not in html
