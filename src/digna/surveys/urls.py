"""Addresses of this room: the telephones' under /openrosa/, and the screens."""

from django.urls import URLPattern, path

from digna.surveys.views import exports, filling, keys, openrosa, screens, submissions

app_name = "surveys"

_TELEPHONES = (
    ("form_list", "formList", openrosa.form_list),
    ("submission", "submission", openrosa.submission),
    ("form", "forms/<uuid:key>/form.xml", openrosa.form),
    ("manifest", "forms/<uuid:key>/manifest", openrosa.manifest),
    ("media", "forms/<uuid:key>/media/<str:name>", openrosa.media),
)


def _telephones() -> list[URLPattern]:
    """Return each address by name and by token, and with the slash that some clients add."""
    found = []
    for door, base in (
        ("by_token", "openrosa/key/<str:token>"),
        ("by_name", "openrosa/<slug:programme>"),
    ):
        for name, rest, view in _TELEPHONES:
            found.append(path(f"{base}/{rest}", view, name=f"{door}_{name}"))
            found.append(path(f"{base}/{rest}/", view, name=f"{door}_{name}_slash"))
    return found


ONE, SENT = "formularios/<uuid:key>/", "formularios/envio/<uuid:key>/"
LARGE = "formularios/descarga/<uuid:key>/"
FILL = "campo/formularios/<uuid:key>/"
urlpatterns = [
    *_telephones(),
    path("formularios/", screens.list_forms, name="forms"),
    path("formularios/nuevo", screens.upload, name="upload"),
    path("formularios/descargar-lista", screens.export_forms, name="export_forms"),
    path("formularios/claves", keys.keys, name="keys"),
    path("formularios/claves/nueva", keys.make_key, name="make_key"),
    path("formularios/claves/<uuid:key>/retirar", keys.revoke_key, name="revoke_key"),
    path("formularios/version/<uuid:key>/planilla", screens.workbook, name="workbook"),
    path("formularios/version/<uuid:key>/cambios", screens.compare, name="compare"),
    path("formularios/ejemplo/<slug:slug>", screens.example, name="example"),
    path(ONE, screens.form, name="form"),
    path(f"{ONE}version", screens.add_version, name="add_version"),
    path(f"{ONE}archivos", screens.add_media, name="add_media"),
    path(f"{ONE}abrir", screens.open_form, name="open_form"),
    path(f"{ONE}cerrar", screens.close_form, name="close_form"),
    path(f"{ONE}papel", screens.paper, name="paper"),
    path(f"{ONE}lista/<str:name>", screens.live_list, name="live_list"),
    path(f"{ONE}envios", submissions.list_submissions, name="submissions"),
    path(f"{ONE}descargar", exports.export, name="export"),
    path(f"{ONE}leer", submissions.read_in, name="read_in"),
    path(LARGE, exports.one_export, name="one_export"),
    path(f"{LARGE}archivo", exports.export_file, name="export_file"),
    path(f"{LARGE}cancelar", exports.cancel_export, name="cancel_export"),
    path(f"{LARGE}otra-vez", exports.repeat_export, name="repeat_export"),
    path("campo/formularios/", filling.to_fill, name="to_fill"),
    path(
        "campo/formularios/lista/<slug:programme>/<str:name>", filling.live_list, name="fill_list"
    ),
    path(FILL, filling.fill, name="fill"),
    path(f"{FILL}papel", filling.type_in, name="type_in"),
    path(f"{FILL}definicion.json", filling.definition, name="definition"),
    path(f"{FILL}llevar.json", filling.along, name="along"),
    path(f"{FILL}archivo/<str:name>", filling.media, name="fill_media"),
    path(SENT, submissions.submission, name="submission"),
    path(f"{SENT}revisar", submissions.review, name="review"),
    path(f"{SENT}vale/<int:number>", submissions.settle, name="settle"),
    path(f"{SENT}xml", submissions.xml, name="xml"),
    path(f"{SENT}archivo/<str:name>", submissions.attachment, name="attachment"),
]
