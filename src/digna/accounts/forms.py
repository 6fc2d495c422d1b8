"""The forms of accounts: what people type, into cleaned values."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from digna.accounts import access, limits, roster, rules
from digna.web.forms import DateField, Form


class ContactForm(Form):
    """Who it is and how they are reached; neither e-mail nor phone means «by card only»."""

    name = forms.CharField(label=_("Nombre completo"), max_length=120)
    phone = forms.CharField(
        label=_("Celular"),
        max_length=30,
        required=False,
        help_text=_("Con él puede entrar, y llamarle quien coordina."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("Correo"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class _Limited(Form):
    """Offers the roles and limits that the person may give, and no others."""

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = forms.ChoiceField(
            label=_("Rol"), choices=[("", _("Elija…")), *access.roles_to_give(user)]
        )
        self._put("role", roles)
        self._put("partner", _partner_field(access.partners_to_give(user)))

    def _put(self, name: str, field: forms.Field) -> None:
        field.widget.attrs.setdefault("id", f"id_{self.add_prefix(name)}")
        self.fields[name] = field

    def _put_lists(self) -> None:
        for name, kind, label in (
            ("departments", limits.DEPARTMENT, _("Solo en estos departamentos")),
            ("programmes", limits.PROGRAMME, _("Solo en estos programas")),
        ):
            if choices := limits.choices(kind):
                self.fields[name] = forms.MultipleChoiceField(
                    label=label,
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    help_text=_("Sin marcar ninguno: en todos."),
                )


def _partner_field(allowed: list[str] | None) -> forms.Field:
    """Return a choice among one's own partners, among all, or a code where no list is whole."""
    known = limits.choices(limits.PARTNER)
    if allowed is not None:
        names = dict(known)
        choices = [(code, names.get(code, code)) for code in allowed]
        return forms.ChoiceField(label=_("Socio"), choices=choices)
    if limits.is_offered(limits.PARTNER):
        choices = [("", translated("Todos los socios")), *known]
        return forms.ChoiceField(label=_("Socio"), choices=choices, required=False)
    return forms.CharField(
        label=_("Socio"),
        max_length=40,
        required=False,
        help_text=_("El código del socio; vacío, en todos."),
    )


class NewMemberForm(_Limited, ContactForm):
    """A new account with its first role."""

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self._put_lists()
        card = forms.BooleanField(
            label=_("Entregarle una tarjeta ahora"),
            required=False,
            initial=True,
            help_text=_("Se imprime una sola vez, con su código y su PIN."),
        )
        self._put("with_card", card)


class MembershipForm(_Limited):
    """A role, within limits and dates."""

    starts_on = DateField(label=_("Desde"), required=False, help_text=_("Vacío: desde hoy."))
    ends_on = DateField(label=_("Hasta"), required=False)
    field_order = ("role", "partner", "departments", "programmes", "starts_on", "ends_on")

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self._put_lists()
        self.order_fields(self.field_order)


class RosterForm(_Limited):
    """Many people at once: a role, and a list pasted or sent as a file."""

    lines = forms.CharField(
        label=_("Lista"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Una persona por renglón: nombre y, si tiene, celular o correo. "
            "Puede copiarla de una planilla y pegarla aquí."
        ),
    )
    file = forms.FileField(
        label=_("O un archivo"),
        required=False,
        help_text=_("xlsx, ods o csv, hasta 200 personas."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )
    field_order = ("role", "partner", "lines", "file")

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sent = cleaned.get("file")
        try:
            if sent:
                cleaned["lines"] = roster.from_file(sent.name, sent.read(roster.MAX_BYTES + 1))
            cleaned["people"] = roster.people(cleaned.get("lines", ""))
        except roster.UnreadableList as problem:
            self.add_error("file" if sent else "lines", list_problem(problem.code))
        return cleaned


def list_problem(code: str) -> str:
    """Return the sentence for what is wrong with a list or with one of its rows."""
    return {
        "too_big": translated("El archivo es demasiado grande. Envíe solo la lista de personas."),
        "bomb": translated("El archivo no es una lista común y no se abrió."),
        "not_a_list": translated("No pudimos leer el archivo. Guárdelo como xlsx o csv."),
        "empty": translated("No hay nadie en la lista."),
        "too_many": translated("Son más de 200 personas. Haga la lista en partes."),
        "name.missing": translated("falta el nombre"),
        "name.long": translated("el nombre es demasiado largo"),
        "email.wrong": translated("revise el correo"),
        "email.taken": translated("ese correo ya es de otra cuenta"),
        "phone.wrong": translated("revise el celular"),
        "phone.taken": translated("ese celular ya es de otra cuenta"),
        "repeated": translated("está repetida en la lista"),
    }[code]


class CardForm(Form):
    """The code of a card, unless its QR brought it, and the PIN."""

    code = forms.CharField(
        label=_("Código de la tarjeta"),
        max_length=40,
        help_text=_("Está al lado del cuadro, por ejemplo 7QK2-XM4D-9TB0."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    pin = forms.RegexField(
        rf"^\d{{{rules.PIN_LENGTH}}}$",
        label=_("PIN"),
        help_text=_("Las seis cifras de su tarjeta."),
        error_messages={"invalid": _("El PIN son seis cifras.")},
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}
        ),
    )

    def __init__(self, *args: Any, scanned: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scanned:
            self.fields["code"].required = False
            self.fields["code"].widget = forms.HiddenInput()
            self.initial["code"] = scanned


class MeForm(Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Nombre completo"), max_length=120)
    language = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)


class EndForm(Form):
    """From which day a role no longer holds."""

    on = DateField(label=_("Desde qué día"), required=False, help_text=_("Vacío: desde hoy."))


class ConfirmForm(Form):
    """An act that only needs to be meant."""


class JournalForm(forms.Form):
    """What an auditor looks for. An address, not an act: no intention."""

    q = forms.CharField(label=_("Qué se hizo"), max_length=80, required=False)
    quien = forms.CharField(label=_("Quién"), max_length=120, required=False)
    desde = DateField(label=_("Desde"), required=False)
    hasta = DateField(label=_("Hasta"), required=False)
    ficha = forms.CharField(
        label=_("Ficha"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "registry.person 12"}),
    )


def journal_query(request: HttpRequest) -> tuple[JournalForm, dict[str, Any]]:
    """Return the form of a search and what it asks for; what cannot be read asks for nothing."""
    form = JournalForm(request.GET or None, label_suffix="")
    form.full_clean()
    return form, dict(getattr(form, "cleaned_data", {}))
