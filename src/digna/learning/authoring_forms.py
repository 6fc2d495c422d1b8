"""Shapes of input of who writes courses: every text in Spanish and English, lists in rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.learning import editing
from digna.learning.models import Course
from digna.web.forms import Form

EMPTY_ROWS = 2


class NewCourseForm(Form):
    """A new course, or a copy of one."""

    name_es = forms.CharField(label=_("Nombre"), max_length=200)
    name_en = forms.CharField(label=_("Nombre en inglés"), max_length=200, required=False)
    code = forms.SlugField(
        label=_("Código"), max_length=60, help_text=_("Como «orden-y-limpieza». No cambia después.")
    )
    mode = forms.ChoiceField(label=_("Modalidad"), choices=Course.Mode.choices)
    copy_of = forms.ModelChoiceField(
        label=_("Copiar de"), queryset=Course.objects.none(), required=False,
        empty_label=_("Comenzar en blanco"),
    )  # fmt: skip

    def __init__(self, *args: Any, courses: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["copy_of"].queryset = courses  # type: ignore[attr-defined]


class FolderForm(Form):
    """A folder with a course, as a zip."""

    file = forms.FileField(label=_("Carpeta comprimida (.zip)"))


class MediaForm(Form):
    """A file that lessons show."""

    file = forms.FileField(label=_("Archivo"))
    name = forms.CharField(
        label=_("Nombre"), max_length=90, required=False,
        help_text=_("Vacío: el nombre que ya tiene. Sin acentos ni espacios."),
    )  # fmt: skip


class TextsForm(Form):
    """Texts in two languages beside other fields, read from and written into a plain mapping."""

    texts: Sequence[str] = ()

    @classmethod
    def initial_of(cls, holder: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields show of a mapping."""
        told: dict[str, Any] = {}
        for name in cls.texts:
            words = holder.get(name) or {}
            told |= {f"{name}_es": words.get("es", ""), f"{name}_en": words.get("en", "")}
        return told | {name: holder[name] for name in cls.base_fields if name in holder}

    def put(self, holder: dict[str, Any]) -> None:
        """Write the fields into a mapping; other languages of a text stay."""
        for name in self.texts:
            words = (self.cleaned_data.get(f"{name}_{one}", "") for one in ("es", "en"))
            editing.put_text(holder, name, *words)
        for name, value in self.given.items():
            if name.rsplit("_", 1)[0] not in self.texts and name in self.base_fields:
                _put(holder, name, value)


def _put(holder: dict[str, Any], name: str, value: Any) -> None:
    if value in (None, ""):
        holder.pop(name, None)
    else:
        holder[name] = value if isinstance(value, bool | int) else str(value)


def _line(label: Any, *, required: bool = False, length: int = 300) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=length)


def _area(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": rows})
    )


class CourseForm(TextsForm):
    """What a course says of itself, and what passing asks for."""

    texts = ("name", "about", "audience")
    name_es, name_en = _line(_("Nombre"), required=True), _line(_("Nombre en inglés"))
    about_es, about_en = _area(_("De qué trata")), _area(_("De qué trata, en inglés"))
    audience_es, audience_en = _area(_("Para quién"), 2), _area(_("Para quién, en inglés"), 2)
    mode = forms.ChoiceField(label=_("Modalidad"), choices=Course.Mode.choices)
    module = forms.SlugField(
        label=_("Módulo de formación"), required=False, max_length=40,
        help_text=_("Si el curso cuenta en los ciclos de un módulo, su código."),
    )  # fmt: skip
    hours = forms.DecimalField(
        label=_("Horas que dice el certificado"), required=False, min_value=0, max_digits=5,
        decimal_places=1,
    )  # fmt: skip
    lessons = forms.DecimalField(
        label=_("Parte de las lecciones que hay que terminar (0 a 1)"), min_value=0, max_value=1
    )
    quizzes = forms.DecimalField(
        label=_("Parte de las respuestas que deben ser correctas (0 a 1)"), min_value=0, max_value=1
    )
    tasks = forms.ChoiceField(
        label=_("Tareas"),
        choices=[
            ("accepted", _("aceptadas por quien acompaña")),
            ("handed_in", _("basta entregarlas")),
            ("none", _("no hacen falta")),
        ],
    )

    @classmethod
    def initial_of(cls, holder: Mapping[str, Any]) -> dict[str, Any]:
        asked = {"lessons": "1.0", "quizzes": "0.6", "tasks": "accepted", **holder.get("pass", {})}
        return super().initial_of(holder) | asked

    def put(self, holder: dict[str, Any]) -> None:
        super().put(holder)
        names = ("lessons", "quizzes", "tasks")
        holder["pass"] = {name: str(self.cleaned_data[name]) for name in names}
        for name in names:
            holder.pop(name, None)


class UnitForm(TextsForm):
    """A unit's name."""

    texts = ("name",)
    name_es, name_en = _line(_("Nombre"), required=True), _line(_("Nombre en inglés"))


class LessonForm(TextsForm):
    """What a lesson is called and for."""

    texts = ("name", "goal")
    name_es, name_en = _line(_("Nombre"), required=True), _line(_("Nombre en inglés"))
    goal_es = _line(_("Qué podrá hacer quien la termine"))
    goal_en = _line(_("Qué podrá hacer, en inglés"))
    minutes = forms.IntegerField(label=_("Minutos"), min_value=1, max_value=240)


class ChecklistForm(TextsForm):
    """A checklist's name; its lines come in rows."""

    texts = ("name",)
    name_es, name_en = _line(_("Nombre"), required=True), _line(_("Nombre en inglés"))


class TaskForm(TextsForm):
    """What a task asks for; what the reviewer looks at comes in rows."""

    texts = ("name", "asks")
    name_es, name_en = _line(_("Nombre"), required=True), _line(_("Nombre en inglés"))
    asks_es, asks_en = _area(_("Qué hay que hacer")), _area(_("Qué hay que hacer, en inglés"))
    photo = forms.ChoiceField(
        label=_("Foto"),
        choices=[
            ("required", _("obligatoria")), ("optional", _("opcional")), ("none", _("sin foto")),
        ],
    )  # fmt: skip


class QuizForm(TextsForm):
    """A quiz's name."""

    texts = ("name",)
    name_es, name_en = _line(_("Nombre")), _line(_("Nombre en inglés"))


class PackageForm(TextsForm):
    """A package made elsewhere."""

    texts = ("name",)
    package = _line(_("Clave del paquete"), required=True, length=100)
    name_es, name_en = _line(_("Nombre")), _line(_("Nombre en inglés"))


class _FilesForm(TextsForm):
    """Files chosen among those the course has."""

    files_key = ""

    def __init__(self, *args: Any, files: Sequence[str] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices = [("", _("ninguno")), *((name, name) for name in files)]
        for field in ("file_es", "file_en"):
            self.fields[field].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, holder: Mapping[str, Any]) -> dict[str, Any]:
        chosen = holder.get(cls.files_key) or {}
        told = {f"file_{one}": chosen.get(one, "") for one in ("es", "en")}
        return super().initial_of(holder) | told

    def put(self, holder: dict[str, Any]) -> None:
        super().put(holder)
        for field in ("file_es", "file_en"):
            holder.pop(field, None)
        words = (self.cleaned_data[f"file_{one}"] for one in ("es", "en"))
        editing.put_text(holder, self.files_key, *words)


class MediaBlockForm(_FilesForm):
    """A picture, recording or video, and the words that stand for it."""

    texts = ("text",)
    files_key = "file"
    file_es = forms.ChoiceField(label=_("Archivo"), required=False)
    file_en = forms.ChoiceField(label=_("Archivo en inglés, si es otro"), required=False)
    text_es = _line(_("Qué muestra, en palabras"), required=True)
    text_en = _line(_("Qué muestra, en inglés"))


class ReadingForm(_FilesForm):
    """The recording of a page."""

    files_key = "audio"
    file_es = forms.ChoiceField(label=_("Grabación en español"), required=False)
    file_en = forms.ChoiceField(label=_("Grabación en inglés"), required=False)


class QuestionForm(TextsForm):
    """A question; options or pairs come in rows."""

    texts = ("asks", "right", "wrong", "unit")
    asks_es, asks_en = _area(_("Pregunta"), 2), _area(_("Pregunta en inglés"), 2)
    answer_is = forms.ChoiceField(
        label=_("Respuesta"), required=False,
        choices=[("true", _("verdadero")), ("false", _("falso"))],
    )  # fmt: skip
    answer = forms.DecimalField(label=_("Respuesta correcta"), required=False)
    tolerance = forms.DecimalField(label=_("Diferencia que se acepta"), required=False, min_value=0)
    unit_es, unit_en = _line(_("Unidad"), length=40), _line(_("Unidad en inglés"), length=40)
    right_es, right_en = _area(_("Si acierta"), 2), _area(_("Si acierta, en inglés"), 2)
    wrong_es, wrong_en = _area(_("Si se equivoca"), 2), _area(_("Si se equivoca, en inglés"), 2)

    def __init__(self, *args: Any, kind: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.kind = kind
        dropped = set() if kind == "true_false" else {"answer_is"}
        if kind != "number":
            dropped |= {"answer", "tolerance", "unit_es", "unit_en"}
        for name in dropped:
            del self.fields[name]

    @classmethod
    def initial_of(cls, holder: Mapping[str, Any]) -> dict[str, Any]:
        is_true = "true" if holder.get("answer") is True else "false"
        return super().initial_of(holder) | {"answer_is": is_true}

    def put(self, holder: dict[str, Any]) -> None:
        super().put(holder)
        holder.pop("answer_is", None)
        if self.kind == "true_false":
            holder["answer"] = self.cleaned_data["answer_is"] == "true"


class ItemRow(forms.Form):
    """A line of a checklist, or a criterion."""

    texts: tuple[str, ...] = ("text",)
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    text_es = _line(_("Español"))
    text_en = _line(_("Inglés"))


class ChoiceRow(ItemRow):
    """An option: whether it is right, and what is said to who chooses it."""

    texts = ("text", "says")
    is_right = forms.BooleanField(label=_("Es correcta"), required=False)
    says_es = _line(_("Qué se le dice a quien la elige"))
    says_en = _line(_("Lo mismo en inglés"))


class PairRow(forms.Form):
    """What belongs together."""

    texts = ("left", "right")
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    left_es, left_en = _line(_("Una parte")), _line(_("En inglés"))
    right_es, right_en = _line(_("Lo que le corresponde")), _line(_("En inglés"))


ROWS: dict[str, tuple[type[forms.Form], str, str]] = {
    "checklist": (ItemRow, "items", "punto"),
    "task": (ItemRow, "criteria", "criterio"),
    "one": (ChoiceRow, "options", "opcion"),
    "many": (ChoiceRow, "options", "opcion"),
    "order": (ItemRow, "options", "paso"),
    "match": (PairRow, "pairs", "par"),
}


def rows_form(kind: str, holder: Mapping[str, Any], data: Any = None) -> Any:
    """Return the rows of a block or question, with empty ones to add; None where it has none."""
    if kind not in ROWS:
        return None
    row, key, _usual = ROWS[kind]
    factory: Any = forms.formset_factory(row, extra=EMPTY_ROWS, max_num=40, absolute_max=60)
    initial = [_row_of(row, one) for one in holder.get(key) or ()]
    return factory(data, initial=initial, prefix="rows")


def _row_of(row: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"code": told.get("code", ""), "is_right": told.get("is_right", False)}
    for name in row.texts:
        words = told.get(name) or {}
        values |= {f"{name}_es": words.get("es", ""), f"{name}_en": words.get("en", "")}
    return values


def put_rows(kind: str, holder: dict[str, Any], rows: Any) -> None:
    """Write the rows that say something; an emptied one goes."""
    row, key, usual = ROWS[kind]
    before = {one.get("code"): one for one in holder.get(key) or ()}
    kept = []
    for form in rows:
        given = form.cleaned_data
        if not given.get(f"{row.texts[0]}_es", "").strip():  # type: ignore[attr-defined]
            continue
        told = dict(before.get(given.get("code")) or {"code": ""})
        for name in row.texts:  # type: ignore[attr-defined]
            editing.put_text(told, name, given.get(f"{name}_es", ""), given.get(f"{name}_en", ""))
        if "is_right" in given:
            told.pop("is_right", None)
            if given["is_right"]:
                told["is_right"] = True
        kept.append(told)
    editing.put_rows(holder, key, kept, usual)


class PageForm(Form):
    """A page of Markdown with its title."""

    title = forms.CharField(label=_("Título de la página"), max_length=200)
    body = forms.CharField(
        label=_("Texto"), required=False, max_length=30_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-live": "vista"}),
        help_text=_(
            "Línea vacía entre párrafos · «- » comienza una lista · «## » un subtítulo · "
            "**negrita** · ![qué se ve](archivo.svg)"
        ),
    )  # fmt: skip
    base = forms.CharField(widget=forms.HiddenInput, required=False)


BLOCKS: dict[str, Any] = {
    "text": ReadingForm,
    "media": MediaBlockForm,
    "checklist": ChecklistForm,
    "quiz": QuizForm,
    "task": TaskForm,
    "package": PackageForm,
}
