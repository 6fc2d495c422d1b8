"""Shapes of input: a workbook, its files, a key, a review, a search, how an export is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.surveys.models import Submission
from digna.surveys.reading import tables
from digna.web.forms import DateField, Form


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return each file, checked."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class VersionForm(Form):
    """An XLSForm, and the files it leans on."""

    workbook = forms.FileField(
        label=_("XLSForm (planilla xlsx)"),
        help_text=_("Con las hojas survey, choices y settings. Hasta 10 MB."),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )
    attached = FilesField(
        label=_("Archivos que usa"),
        required=False,
        help_text=_("Imágenes, sonidos o listas csv que el formulario nombra."),
    )
    note = forms.CharField(label=_("Qué cambió"), max_length=300, required=False)


class UploadForm(VersionForm):
    """A new form of a programme."""

    programme = forms.ChoiceField(label=_("Programa"))
    field_order = ("programme", "workbook", "attached", "note")

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]


class MediaForm(Form):
    """Files that a version leans on."""

    attached = FilesField(label=_("Archivos que usa el formulario"))


class KeyForm(Form):
    """A key for a telephone."""

    programme = forms.ChoiceField(label=_("Programa"))
    user = forms.ChoiceField(label=_("De quién es el teléfono"))
    label = forms.CharField(
        label=_("Qué teléfono"), max_length=120, help_text=_("Por ejemplo: Samsung de Tania.")
    )

    def __init__(
        self,
        *args: Any,
        programmes: list[tuple[str, str]],
        users: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]
        self.fields["user"].choices = users  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Which submissions are looked for."""

    q = forms.CharField(required=False, max_length=200)
    estado = forms.CharField(required=False, max_length=20)
    desde = DateField(required=False)
    hasta = DateField(required=False)
    mios = forms.CharField(required=False, max_length=1)


class ReviewForm(Form):
    """What is thought of a submission."""

    state = forms.ChoiceField(
        label=_("Estado"), choices=Submission.State.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Comentario"), required=False, widget=forms.Textarea({"rows": 3})
    )


class ExportForm(forms.Form):
    """How an export is wanted."""

    FORMATS = (("xlsx", _("Excel (xlsx)")), ("csv", _("csv")))
    HOW = (("palabras", _("con los textos")), ("codigos", _("con los códigos")))
    formato = forms.ChoiceField(label=_("Archivo"), choices=FORMATS, required=False)
    como = forms.ChoiceField(label=_("Respuestas"), choices=HOW, required=False)
    idioma = forms.ChoiceField(label=_("Idioma"), required=False)
    separar = forms.BooleanField(
        label=_("Una columna por cada opción de las preguntas de varias opciones"), required=False
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        choices = [("", _("el del formulario")), *((one, one) for one in languages if one)]
        if len(languages) > 1:
            choices.append((tables.ALL, _("todos")))
        self.fields["idioma"].choices = choices  # type: ignore[attr-defined]

    @property
    def wishes(self) -> tables.Wishes:
        """The wishes, once the form is valid."""
        told = self.cleaned_data
        return tables.Wishes(
            has_labels=told["como"] != "codigos",
            language=told["idioma"],
            is_split=told["separar"],
        )


class ReadInForm(Form):
    """What another system exported."""

    file = forms.FileField(
        label=_("Archivo exportado"),
        help_text=_(
            "Zip con los XML (Kobo, ODK Central o Briefcase), data.json de Kobo, o csv de ODK "
            "Central."
        ),
        widget=forms.ClearableFileInput({"accept": ".zip,.json,.csv"}),
    )
