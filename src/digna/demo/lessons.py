"""The demo's packages: a short SCORM lesson of our own, begun by some and finished by most."""

import io
import uuid
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.packages.access import Learner
from digna.packages.services import attempts, imports
from digna.programmes.models import Programme
from digna.registry.models import Person

TITLE = "Costos claros en cuatro preguntas"
BEGAN = datetime(2021, 5, 3, 19, 30, tzinfo=ZoneInfo("America/La_Paz"))
LEARNERS = 12
MANIFEST = f"""<?xml version="1.0" encoding="utf-8"?>
<manifest identifier="digna-demo-costos" xmlns="http://www.imsproject.example/imscp_rootv1p1p2"
 xmlns:adlcp="urn:adlcp_rootv1p2">
 <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
 <organizations default="curso"><organization identifier="curso"><title>{TITLE}</title>
  <item identifier="leccion" identifierref="pagina"><title>{TITLE}</title>
   <adlcp:masteryscore>75</adlcp:masteryscore></item></organization></organizations>
 <resources><resource identifier="pagina" type="webcontent" adlcp:scormtype="sco" href="i.html">
  <file href="i.html"/></resource></resources>
</manifest>"""
PAGE = """<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Costos claros</title>
<style>
body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 34rem;
  padding: 0 1rem; color: #1b2330; }
fieldset { border: 1px solid #d9d5ca; border-radius: 6px; margin: 0 0 1rem; }
legend { font-weight: 600; } label { display: block; padding: .7rem .3rem; }
button { font: inherit; min-height: 48px; padding: 0 1.5rem; border: 0; border-radius: 6px;
  background: #0b5563; color: #fff; }
</style></head><body>
<h1>Costos claros</h1>
<p>Responda las cuatro preguntas. Con tres correctas, aprueba.</p>
<form id="quiz"></form><p id="told" role="status"></p>
<script>
var asks = [
  ['¿Qué gasto sube cuando produce más?', ['El alquiler', 'La tela'], 1],
  ['Su propio trabajo, ¿es un costo?', ['Sí', 'No'], 0],
  ['Vende a Bs 50 lo que le cuesta Bs 40. ¿Cuánto gana por unidad?', ['Bs 10', 'Bs 50'], 0],
  ['¿Cuándo conviene anotar un gasto?', ['A fin de mes', 'El mismo día'], 1]
];
var api = (function (w) { for (var n = 0; n < 9; n++) { if (w.API) return w.API;
  if (w.parent === w) return null; w = w.parent; } })(window);
var form = document.getElementById('quiz');
asks.forEach(function (ask, n) {
  var box = document.createElement('fieldset'), head = document.createElement('legend');
  head.textContent = ask[0]; box.appendChild(head);
  ask[1].forEach(function (text, m) {
    var label = document.createElement('label'), radio = document.createElement('input');
    radio.type = 'radio'; radio.name = 'q' + n; radio.value = m; radio.required = true;
    label.appendChild(radio); label.appendChild(document.createTextNode(' ' + text));
    box.appendChild(label);
  });
  form.appendChild(box);
});
var send = document.createElement('button'); send.textContent = 'Terminar';
form.appendChild(send);
if (api) api.LMSInitialize('');
form.addEventListener('submit', function (event) {
  event.preventDefault();
  var good = asks.filter(function (ask, n) { return +form['q' + n].value === ask[2]; }).length;
  document.getElementById('told').textContent = good + ' de ' + asks.length + ' correctas.';
  send.disabled = true;
  if (!api) return;
  api.LMSSetValue('cmi.core.score.min', '0'); api.LMSSetValue('cmi.core.score.max', '100');
  api.LMSSetValue('cmi.core.score.raw', String(good / asks.length * 100));
  api.LMSSetValue('cmi.core.lesson_status', 'completed'); api.LMSFinish('');
});
</script></body></html>"""


def load(actor: Actor, _draw: Draw, _programme: Programme) -> None:
    """Bring the lesson in, and let some people do it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("i.html", PAGE)
    package = imports.import_package(
        actor=actor,
        archive=ContentFile(out.getvalue(), name="costos-claros.zip"),
        licence="EUPL-1.2",
        language="es",
    )
    version = attempts.newest(package)
    people = Person.objects.filter(erased_at=None, merged_into=None).order_by("pk")[:LEARNERS]
    for number, person in enumerate(people):
        then = replace(actor, at=BEGAN + timedelta(days=number * 3))
        attempt = attempts.begin(actor=then, version=version, learner=Learner(person, None))
        if number % 4 == 3:
            continue  # began and did not finish
        raw = 50 if number % 5 == 4 else (75, 100)[number % 2]
        attempts.keep(
            actor=replace(then, at=then.at + timedelta(minutes=6)),
            attempt=attempt,
            key="leccion",
            sitting=uuid.UUID(int=number + 1),
            sequence=1,
            data={
                "cmi": {"core": {"lesson_status": "completed", "score": {"raw": raw, "max": 100}}}
            },
        )
