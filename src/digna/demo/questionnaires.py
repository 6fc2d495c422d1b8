"""The demo's questionnaires: our own forms, open, with a few answers from the field.

What a telephone would send is written here as XML and taken in by the same service; one came back
with remarks, one was approved and is evidence of the study of coffee, so that every state of a
review can be seen; a firm of the register is followed up. All of it is invented.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile

from digna.accounts.models import User
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.registry.models import Enterprise
from digna.surveys import examples, receiving
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.services import forms, reviews
from digna.surveys.services.submissions import Arrival

Answers = Mapping[str, Any]
SPACE = uuid.UUID("0f4a3c1e-7b52-4d0e-9a53-6d1f8f2e4b77")
NOTE = "Dato de demostración"
FORMS = ("evaluacion_rapida", "linea_de_base", "seguimiento_anual")
# who · what they do · sector · department · demand · what is hardest · confidence · women of ten
HEARD = (
    ("Presidenta de cooperativa", "productor", "coffee", "BO-L", "sube", "precio transporte", 8, 4),
    ("Dueño de beneficio", "transformador", "coffee", "BO-L", "sube", "dinero calidad", 7, 3),
    ("Acopiadora", "comercio", "andean_grains", "BO-P", "baja", "contrabando precio", 4, 6),
    ("Técnico municipal", "publico", "andean_grains", "BO-O", "igual", "tramites gente", 5, 5),
    ("Guía de turismo", "servicio", "tourism", "BO-P", "sube", "transporte gente", 9, 5),
    ("Taller de costura", "productor", "manufacturing", "BO-L", "igual", "vender insumos", 6, 8),
)
# name · legal form · sector · department · women · men · year · sales · assets · product · price
FIRMS = (
    ("Tostaduría Nube Alta", "srl", "coffee", "BO-L", 6, 5, 2021, 410000.0, 180000.0, "Café", 65.0),
    ("Quinua del Salar Verde", "oeca", "andean_grains", "BO-P", 14, 9, 2021, 522000.0, 240000.0,
     "Quinua real", 19.5),
    ("Chompas Kantuta", "artisan", "manufacturing", "BO-L", 5, 1, 2021, 96000.0, 22000.0,
     "Chompa de alpaca", 180.0),
    ("Posada Los Volcanes", "sole_trader", "tourism", "BO-P", 3, 2, 2021, 150000.0, 310000.0,
     "Noche con desayuno", 140.0),
)  # fmt: skip


def load(actor: Actor, programme: Programme) -> int:
    """Publish the forms and take in what was heard; return how many came in."""
    people = {user.email: user for user in User.objects.filter(email__endswith="@demo.example")}
    lead = replace(actor, user=people.get("responsable@demo.example"), intention=None)
    trainer = replace(actor, user=people.get("formadora@demo.example"), intention=None)
    quick, baseline, yearly = (_published(lead, programme, code) for code in FORMS)
    heard = [_taken(trainer, quick, n, _heard(row)) for n, row in enumerate(HEARD)]
    for number, row in enumerate(FIRMS):
        _taken(trainer, baseline, number, _firm(row))
    known = list(Enterprise.objects.living().order_by("name", "pk")[:1])
    for number, firm in enumerate(known):
        _taken(trainer, yearly, number, _followed(firm))
    _reviewed(lead, heard)
    return len(HEARD) + len(FIRMS) + len(known)


def _published(actor: Actor, programme: Programme, code: str) -> SurveyForm:
    workbook = ContentFile(examples.workbook(code), name=f"{code}.xlsx")
    form = forms.upload(actor=actor, programme=programme, workbook=workbook, note=NOTE)
    return forms.open_form(actor=actor, form=form)


def _taken(actor: Actor, form: SurveyForm, number: int, answers: Answers) -> Submission:
    """Take in one filled form, two days after the one before."""
    own = uuid.uuid5(SPACE, f"{form.form_id} {number}")
    at = actor.at - timedelta(days=2 * (number + 1))
    started = {"inicio": at.isoformat(timespec="milliseconds"), "hoy": at.date().isoformat()}
    version = forms.newest(form).version
    meta = {"instanceID": f"uuid:{own}", **answers.get("meta", {})}
    inside = _written({**started, **answers, "meta": meta})
    xml = f'<data id="{form.form_id}" version="{version}">{inside}</data>'.encode()
    arrival = Arrival(receiving.read(xml), xml, {}, Submission.Source.FIELD)
    return receiving.settled(replace(actor, at=at), form, arrival)


def _written(answers: Answers) -> str:
    """Return answers as XML: a group is a mapping, the turns of a repeat a list of them."""
    found = []
    for name, given in answers.items():
        turns: Sequence[Any] = given if isinstance(given, list) else [given]
        for turn in turns:
            told = _written(turn) if isinstance(turn, Mapping) else escape(str(turn))
            found.append(f"<{name}>{told}</{name}>" if told else f"<{name}/>")
    return "".join(found)


def _heard(row: tuple[Any, ...]) -> Answers:
    who, role, sector, department, demand, hardest, trust, women = row
    return {
        "quien": {
            "entrevistado": f"{who} ({NOTE.lower()})", "papel": role, "rubro": sector,
            "estudio": "", "departamento": department,
            "genero": "mujer" if women > 4 else "hombre", "permiso": "sin_nombre",
        },
        "mercado": {
            "demanda": demand, "por_que": f"{NOTE}.", "problemas": hardest,
            "orden": "", "confianza": trust,
        },
        "clientes": [{"cliente": "Feria de la zona", "parte": 60.0},
                     {"cliente": "Acopiador", "parte": 40.0}],
        "mujeres": {"de_diez": women, "barreras": ""},
        "palabras": "",
        "confianza_dato": "C",
    }  # fmt: skip


def _firm(row: tuple[Any, ...]) -> Answers:
    name, legal, sector, department, women, men, year, sales, assets, product, price = row
    return {
        "presentacion": "",
        "empresa": {"nombre": name, "tiene_nit": "no", "forma": legal, "rubro": sector,
                    "departamento": department, "celular": ""},
        "personas": {"mujeres": women, "hombres": men, "total": women + men, "total_dicho": ""},
        "dinero": {"anio": year, "al_dia": f"{year}-12-31", "ventas": sales, "activos": assets,
                   "exporta": "no"},
        "productos": [{"producto": product, "precio": price}],
        "lugar": "",
        "fachada": "",
    }  # fmt: skip


def _followed(firm: Enterprise) -> Answers:
    return {
        "presentacion": "",
        "quien": {"empresa": firm.public_id, "nombre": firm.name,
                  "municipio": firm.place or "", "cual": "", "trabaja": "si"},
        "personas": {"mujeres": 4, "hombres": 3},
        "dinero": {"anio": 2022, "al_dia": "2022-12-31", "ventas": 265000.0, "activos": 120000.0,
                   "exporta": "no", "exportado": 0},
        "cambio": f"{NOTE}.",
        "meta": {"instanceName": f"{firm.name} 2022"},
    }  # fmt: skip


def _reviewed(lead: Actor, heard: Sequence[Submission]) -> None:
    state = Submission.State
    reviews.review(actor=lead, submission=heard[0], state=state.APPROVED, comment="")
    why = f"Falta ordenar los problemas. ({NOTE})"
    reviews.review(actor=lead, submission=heard[1], state=state.HAS_ISSUES, comment=why)
