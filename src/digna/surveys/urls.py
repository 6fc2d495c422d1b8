"""Addresses of this room: the telephones' under /openrosa/, and the screens."""

from django.urls import URLPattern, path

from digna.surveys.views import openrosa

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
    for door, base in (("by_token", "openrosa/key/<str:token>"), ("by_name", "openrosa/<slug:programme>")):
        for name, rest, view in _TELEPHONES:
            found.append(path(f"{base}/{rest}", view, name=f"{door}_{name}"))
            found.append(path(f"{base}/{rest}/", view, name=f"{door}_{name}_slash"))
    return found


urlpatterns = [*_telephones()]
