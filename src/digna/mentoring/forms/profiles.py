"""What both sides tell of themselves: languages, times, areas, stage; and the public form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.events.forms import PublicDetailsForm
from digna.mentoring import instruments
from digna.mentoring.models import Care, Language, Mentor, Slot, WantedSex
from digna.registry.models import ConsentText, Enterprise, Organisation, Sector
from digna.web.forms import DateField, Form, optional_choices

ANYBODY = (("", _("me da igual")), *WantedSex.choices)
YES_NO = (("", _("Sin dato")), ("yes", _("Sí")), ("no", _("No")))


def several(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    """Several of a few, drawn as boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more
    )


def one_of(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    """One of a few, drawn as chips."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def yes_no(label: Any, **more: Any) -> forms.TypedChoiceField:
    """Yes, no, or «sin dato», which is None and not no."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        **more,
    )


def as_yes_no(value: bool | None) -> str:
    """Return what `yes_no` shows of a stored value."""
    return "" if value is None else "yes" if value else "no"


class NeedsForm(Form):
    """What a mentee needs and when she can meet; nothing here asks for more than matching uses."""

    business = forms.CharField(
        label=_("Su negocio o su idea, en una frase"), max_length=160, required=False
    )
    sector = forms.ModelChoiceField(
        label=_("Rubro"),
        queryset=Sector.objects.all(),
        required=False,
        empty_label=_("Sin dato"),
    )
    stage = one_of(_("¿En qué momento está?"), (), required=False)
    needs = several(_("¿En qué quiere apoyo? Elija hasta tres"), ())
    languages = several(_("¿En qué idiomas puede conversar?"), Language.choices)
    slots = several(
        _("¿Cuándo puede, casi todas las semanas?"),
        Slot.choices,
        help_text=_("Marque todo lo que le sirva: más horarios, más fácil hallar a alguien."),
    )
    hours_a_month = forms.IntegerField(
        label=_("¿Cuántas horas al mes puede dedicar?"), min_value=1, max_value=40, required=False
    )
    care = one_of(
        _("¿Cuida a niñas, niños o a otras personas?"),
        optional_choices(Care.choices),
        required=False,
        help_text=_("Sirve para acordar horarios posibles. No decide quién entra."),
    )
    needs_childcare = yes_no(_("¿Necesita que alguien cuide mientras tanto?"))
    constraints_note = forms.CharField(
        label=_("¿Algo más que tomar en cuenta?"),
        max_length=400,
        required=False,
        help_text=_("Por ejemplo: solo tengo datos en la noche; prefiero audios a videollamada."),
    )
    wants_sex = one_of(_("¿Con quién prefiere trabajar?"), ANYBODY, required=False)
    motivation = forms.CharField(
        label=_("¿Qué quiere lograr?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, terms: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas, stages = (instruments.named(terms.get(n, ())) for n in ("areas", "stages"))
        self.choosable("needs").choices = list(areas.items())
        self.choosable("stage").choices = optional_choices(stages.items())

    def choosable(self, name: str) -> Any:
        """Return a field whose choices the kit gives."""
        return self.fields[name]

    def clean_needs(self) -> list[str]:
        """At most three, so that they say what matters."""
        given: list[str] = self.cleaned_data["needs"]
        if len(given) > 3:
            raise forms.ValidationError(_("Elija hasta tres: lo más importante para usted."))
        return given


NEEDS = tuple(NeedsForm.base_fields)[1:]
"""The names of what a mentee tells, the intention apart."""


class ApplyForm(PublicDetailsForm, NeedsForm):
    """The public form: who she is, what she needs, the code of conduct, consent word for word."""

    accepts_conduct = forms.BooleanField(
        label=_("Leí el código de conducta y lo acepto"),
        error_messages={"required": _("Para participar hace falta aceptar el código de conducta.")},
    )
    organisation = None  # type: ignore[assignment]
    constituency = None  # type: ignore[assignment]

    field_order = (
        "given_names", "surnames", "phone", "sex", "place", "email", "document", *NEEDS,
        "accepts_conduct",
    )  # fmt: skip

    def __init__(
        self, *args: Any, terms: Mapping[str, Any], texts: Sequence[ConsentText], **kwargs: Any
    ) -> None:
        super().__init__(*args, terms=terms, texts=texts, **kwargs)
        self.fields["phone"].required = True
        self.fields["phone"].help_text = str(_("Por ahí le avisamos: llamada o WhatsApp."))

    @property
    def details(self) -> Any:
        """Who she is, as the register takes it."""
        names = ("given_names", "surnames", "sex", "document", "phone", "email", "place")
        from digna.events.services.newcomers import Details

        return Details(**{name: self.cleaned_data[name] for name in names})

    @property
    def told(self) -> dict[str, Any]:
        """What she needs, as the service takes it."""
        return {name: self.cleaned_data[name] for name in NEEDS}


class ApplicationForm(NeedsForm):
    """The same, corrected by the coordinator; and the firm."""

    enterprise = forms.ModelChoiceField(
        label=_("Empresa"),
        queryset=Enterprise.objects.none(),
        required=False,
        empty_label=_("Sin dato"),
    )

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable("enterprise").queryset = firms


class DecideForm(Form):
    """Yes, or no with a reason."""

    note = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        required=False,
        help_text=_("Hace falta si la respuesta es no."),
    )


class RankForm(Form):
    """Up to three mentors, the most wanted first."""

    first = forms.ChoiceField(label=_("En primer lugar"), required=False)
    second = forms.ChoiceField(label=_("En segundo lugar"), required=False)
    third = forms.ChoiceField(label=_("En tercer lugar"), required=False)

    def __init__(self, *args: Any, mentors: Sequence[Mentor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.public_id): one for one in mentors}
        choices: list[tuple[str, Any]] = [("", _("nadie en particular"))]
        choices += [(key, _short(one)) for key, one in self.by_key.items()]
        for name in ("first", "second", "third"):
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def chosen(self) -> list[Mentor]:
        """The mentors chosen, in order."""
        keys = [self.cleaned_data[name] for name in ("first", "second", "third")]
        return [self.by_key[key] for key in keys if key]


def _short(one: Mentor) -> str:
    first = one.person.given_names.split(" ")[0]
    return f"{first} — {one.headline}" if one.headline else first


class MentorForm(Form):
    """What a mentor offers."""

    headline = forms.CharField(
        label=_("Presentación"),
        max_length=160,
        required=False,
        help_text=_("Una frase que leerá quien emprende: «15 años vendiendo café tostado»."),
    )
    capacity = forms.IntegerField(
        label=_("A cuántas personas puede acompañar a la vez"), min_value=0, max_value=30
    )
    expertise = several(_("Áreas que domina"), (), required=False)
    sectors = several(_("Rubros que conoce"), (), required=False)
    stages = several(_("Etapas que acompaña"), (), required=False)
    languages = several(_("Idiomas"), Language.choices)
    slots = several(_("Horarios libres"), Slot.choices)
    wants_sex = one_of(_("Con quién prefiere trabajar"), ANYBODY, required=False)
    organisations = forms.ModelMultipleChoiceField(
        label=_("Organizaciones en que trabaja"),
        queryset=Organisation.objects.all(),
        required=False,
        help_text=_("No se le propondrá a nadie de ellas: sería un conflicto de interés."),
    )
    partner = forms.ModelChoiceField(
        label=_("Socio"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Ninguno"),
    )
    is_available = forms.BooleanField(label=_("Disponible ahora"), required=False, initial=True)

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms: Any = instruments.installed()
        self.choosable("expertise").choices = list(instruments.named(terms["areas"]).items())
        self.choosable("stages").choices = list(instruments.named(terms["stages"]).items())
        self.choosable("sectors").choices = [(s.code, s.name) for s in Sector.objects.all()]
        self.choosable("partner").queryset = partners

    def choosable(self, name: str) -> Any:
        """Return a field whose choices come from elsewhere."""
        return self.fields[name]


class AnswerByForm(Form):
    """Until when a mentor may answer."""

    answer_by = DateField(label=_("Responde hasta"))
