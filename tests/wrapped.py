"""Tiny packages of every standard, made here: our own, and as small as each standard allows."""
# ruff: noqa: E501 — scripts of the packages, one statement a line

import io
import json
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

FIND_12 = """
function find(name) { var w = window, n = 0; while (!w[name] && w.parent !== w && n++ < 9) w = w.parent; return w[name]; }
var api = find('API');
api.LMSInitialize('');
document.getElementById('place').textContent = api.LMSGetValue('cmi.core.lesson_location') || 'inicio';
document.getElementById('kept').textContent = api.LMSGetValue('cmi.suspend_data');
function go() { api.LMSSetValue('cmi.core.lesson_location', 'p2'); api.LMSSetValue('cmi.suspend_data', 'a|b'); api.LMSSetValue('cmi.core.lesson_status', 'incomplete'); api.LMSSetValue('cmi.core.exit', 'suspend'); api.LMSCommit(''); }
function finish() { api.LMSSetValue('cmi.core.score.min', '0'); api.LMSSetValue('cmi.core.score.max', '100'); api.LMSSetValue('cmi.core.score.raw', '85'); api.LMSSetValue('cmi.core.lesson_status', 'completed'); api.LMSSetValue('cmi.core.session_time', '0000:02:00'); api.LMSFinish(''); }
"""
FIND_2004 = """
function find(name) { var w = window, n = 0; while (!w[name] && w.parent !== w && n++ < 9) w = w.parent; return w[name]; }
var api = find('API_1484_11');
api.Initialize('');
document.getElementById('place').textContent = api.GetValue('cmi.location') || 'inicio';
document.getElementById('kept').textContent = api.GetValue('cmi.suspend_data');
function go() { api.SetValue('cmi.location', 'p2'); api.SetValue('cmi.suspend_data', 'a|b'); api.SetValue('cmi.completion_status', 'incomplete'); api.SetValue('cmi.exit', 'suspend'); api.Commit(''); }
function finish() { api.SetValue('cmi.score.scaled', '0.9'); api.SetValue('cmi.completion_status', 'completed'); api.SetValue('cmi.success_status', 'passed'); api.SetValue('cmi.session_time', 'PT2M'); api.SetValue('cmi.exit', 'normal'); api.Terminate(''); }
"""
PAGE = """<!DOCTYPE html><html lang="es"><meta charset="utf-8"><title>Costos</title>
<p>Está en <b id="place"></b> con <b id="kept"></b></p>
<button onclick="go()">Seguir</button> <button onclick="finish()">Terminar</button>
<script>{script}</script></html>"""

HEAD_12 = (
    '<manifest identifier="M1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">'
    "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
)
HEAD_2004 = (
    '<manifest identifier="M2" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
    "<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>"
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def sent(data: bytes, name: str = "leccion.zip") -> SimpleUploadedFile:
    """Return bytes as somebody uploads them."""
    return SimpleUploadedFile(name, data, content_type="application/zip")


def _organized(head: str, items: str, resources: str, title: str) -> str:
    return (
        f'{head}<organizations default="O"><organization identifier="O"><title>{escape(title)}'
        f"</title>{items}</organization></organizations><resources>{resources}</resources></manifest>"
    )


def _item(key: str, title: str, extra: str = "") -> str:
    return f'<item identifier="{key}" identifierref="R-{key}"><title>{title}</title>{extra}</item>'


def _resource(key: str, href: str, kind: str = "scormtype") -> str:
    return (
        f'<resource identifier="R-{key}" type="webcontent" adlcp:{kind}="sco" href="{href}">'
        f'<file href="{href}"/></resource>'
    )


def scorm12(
    title: str = "Costos del taller", script: str = FIND_12, parts: int = 1, mastery: str = "80"
) -> bytes:
    """A SCORM 1.2 package."""
    keys = [f"P{n}" for n in range(1, parts + 1)]
    score = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if mastery else ""
    items = "".join(_item(key, f"Parte {key}", score) for key in keys)
    resources = "".join(_resource(key, f"{key}/index.html") for key in keys)
    files = {f"{key}/index.html": PAGE.replace("{script}", script) for key in keys}
    return zipped({"imsmanifest.xml": _organized(HEAD_12, items, resources, title), **files})


def scorm2004(title: str = "Orden y limpieza", script: str = FIND_2004) -> bytes:
    """A SCORM 2004 package that passes at 0.8."""
    sequencing = (
        '<imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        "</imsss:objectives></imsss:sequencing>"
    )
    manifest = _organized(
        HEAD_2004,
        _item("A", "Orden", sequencing),
        _resource("A", "a.html", "scormType"),
        title,
    )
    return zipped({"imsmanifest.xml": manifest, "a.html": PAGE.replace("{script}", script)})


H5P_SCRIPT = """
var H5P = H5P || {};
H5P.DignaPregunta = function (parameters, id) {
  H5P.EventDispatcher.call(this);
  var self = this;
  self.contentId = id;
  self.attach = function (container) {
    container.html('<p>' + parameters.question + '</p><button type="button">Sí</button>');
    container.find('button').on('click', function () {
      self.triggerXAPIScored(1, 1, 'answered', true, true);
      container.append('<p>Bien</p>');
    });
  };
};
H5P.DignaPregunta.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def h5p(title: str = "¿Conoce sus costos?", **more: object) -> bytes:
    """An H5P with a content type of its own, of one question."""
    library = {
        "title": "Pregunta", "machineName": "H5P.DignaPregunta", "majorVersion": 1,
        "minorVersion": 0, "patchVersion": 0, "runnable": 1,
        "preloadedJs": [{"path": "pregunta.js"}],
    }  # fmt: skip
    told = {
        "title": title, "language": "es", "mainLibrary": "H5P.DignaPregunta",
        "embedTypes": ["div"], "license": "CC BY", **more,
        "preloadedDependencies": [
            {"machineName": "H5P.DignaPregunta", "majorVersion": "1", "minorVersion": "0"}
        ],
    }  # fmt: skip
    return zipped(
        {
            "h5p.json": json.dumps(told),
            "content/content.json": json.dumps({"question": "¿Anota lo que gasta?"}),
            "H5P.DignaPregunta-1.0/library.json": json.dumps(library),
            "H5P.DignaPregunta-1.0/pregunta.js": H5P_SCRIPT,
        }
    )


UNIT_SCRIPT = """
var q = new URLSearchParams(location.search), token, session;
var endpoint = q.get('endpoint'), actor = q.get('actor'), reg = q.get('registration'), act = q.get('activityId');
var say = function (text) { document.getElementById('state').textContent = text; };
function head() { return { Authorization: 'Basic ' + token, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' }; }
function send(verb, result) {
  var context = JSON.parse(JSON.stringify(session.contextTemplate));
  context.registration = reg;
  context.contextActivities.category = [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }];
  var told = { id: crypto.randomUUID ? crypto.randomUUID() : '', actor: JSON.parse(actor), verb: { id: 'http://adlnet.gov/expapi/verbs/' + verb },
    object: { id: act }, context: context, timestamp: new Date().toISOString() };
  if (!told.id) delete told.id;
  if (result) told.result = result;
  return fetch(endpoint + 'statements', { method: 'POST', headers: head(), body: JSON.stringify(told) })
    .then(function (r) { if (!r.ok) throw new Error(verb + ' ' + r.status); });
}
fetch(q.get('fetch'), { method: 'POST' }).then(function (r) { return r.json(); }).then(function (told) {
  token = told['auth-token'];
  return fetch(endpoint + 'activities/state?' + new URLSearchParams({ activityId: act, agent: actor, registration: reg, stateId: 'LMS.LaunchData' }), { headers: head() });
}).then(function (r) { return r.json(); }).then(function (told) { session = told; return send('initialized'); })
  .then(function () { say('lista'); }).catch(function (e) { say('mal: ' + e.message); });
function finish() {
  send('completed', { completion: true, duration: 'PT1M' })
    .then(function () { return send('passed', { success: true, score: { scaled: 0.9 }, duration: 'PT1M' }); })
    .then(function () { return send('terminated', { duration: 'PT1M' }); })
    .then(function () { say('terminada'); }).catch(function (e) { say('mal: ' + e.message); });
}
"""


def cmi5(move_on: str = "CompletedAndPassed", mastery: str = "0.8", url: str = "u/i.html") -> bytes:
    """A cmi5 course of one unit."""
    course = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        '<course id="https://curso.example/costos"><title><langstring lang="es">Costos con cmi5'
        "</langstring></title><description><langstring lang='es'>x</langstring></description>"
        f'</course><au id="https://curso.example/costos/u1" moveOn="{move_on}" '
        f'masteryScore="{mastery}" launchMethod="AnyWindow"><title><langstring lang="es">Unidad 1'
        "</langstring></title><description><langstring lang='es'>x</langstring></description>"
        f"<url>{url}</url></au></courseStructure>"
    )
    page = (
        '<!DOCTYPE html><html lang="es"><meta charset="utf-8"><title>Unidad</title>'
        '<p id="state">abriendo</p><button onclick="finish()">Terminar</button>'
        f"<script>{UNIT_SCRIPT}</script></html>"
    )
    return zipped({"cmi5.xml": course, "u/i.html": page})
