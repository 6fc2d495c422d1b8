"""Shapes of offers, diagnoses and buyers' programmes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.accounts.models import User
from digna.registry import access as registry
from digna.registry.models import Enterprise, Organisation
from digna.training import access
from digna.training.forms.pages import radios
from digna.training.models import BuyerProgramme, Cycle, Module, Opportunity
from digna.web.forms import DateField, Form

Choice = forms.ModelChoiceField
LOSS_LABELS: dict[str, Any] = {
    "defects": _("¿Cuánto pierde al mes por productos con defecto? (Bs)"),
    "rework": _("¿Cuántas horas a la semana se rehace trabajo, entre todos?"),
    "waste": _("¿Cuánto material se tira al mes? (Bs)"),
    "energy": _("¿Cuánto paga al mes de energía y agua? (Bs)"),
    "absence": _("¿Cuántos días faltó la gente el último mes, entre todos?"),
    "accidents": _("¿Cuántos días se perdieron por accidentes el último mes?"),
    "turnover": _("¿Cuántas personas se fueron en el último año?"),
    "late": _("¿Cuánto pierde al mes por entregar tarde? (Bs)"),
}


def amount(label: Any, **kwargs: Any) -> forms.DecimalField:
    """An amount of money."""
    return forms.DecimalField(
        label=label, min_value=0, max_digits=12, decimal_places=2, required=False, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs,
    )  # fmt: skip


class OpportunityForm(Form):
    """A first contact."""

    enterprise = Choice(label=_("Empresa"), queryset=Enterprise.objects.none())
    partner = Choice(
        label=_("Socio"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("Ninguno"),
    )  # fmt: skip
    module = Choice(
        label=_("Módulo"), queryset=Module.objects.none(), required=False,
        empty_label=_("Por decidir en el diagnóstico"),
    )  # fmt: skip
    buyer_programme = Choice(
        label=_("Programa de comprador"), queryset=BuyerProgramme.objects.none(), required=False,
        empty_label=_("Ninguno"),
    )  # fmt: skip
    on = DateField(label=_("Primer contacto"), initial=timezone.localdate)
    next_contact_on = DateField(label=_("Próximo contacto"), required=False)
    notes = forms.CharField(label=_("Notas"), widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "enterprise": registry.visible_enterprises(user),
            "partner": access.partners_of(user, access.SELL),
            "module": Module.objects.on_offer(),
            "buyer_programme": access.visible_buyer_programmes(user),
        }
        for name, found in rows.items():
            field: Any = self.fields[name]
            field.queryset = found
        partner: Any = self.fields["partner"]
        partners = list(rows["partner"][:2])
        if len(partners) == 1:
            partner.initial = partners[0]


class StageForm(Form):
    """Where an offer stands, its prices and dates: one form, whatever changed."""

    stage = radios(
        [choice for choice in Opportunity.Stage.choices if choice[0] != "lost"], _("Etapa")
    )
    module = Choice(
        label=_("Módulo"), queryset=Module.objects.none(), required=False, empty_label=_("Ninguno")
    )
    price_offered = amount(_("Precio ofrecido"))
    subsidy = amount(_("Subsidio"))
    discount = amount(_("Descuento"))
    price_accepted = amount(_("Precio que aceptó la empresa"))
    paid = amount(_("Pagado hasta hoy"))
    currency = forms.ChoiceField(label=_("Moneda"), choices=[("BOB", "Bs"), ("USD", "USD")])
    starts_on = DateField(label=_("Comenzaría el"), required=False)
    valid_until = DateField(label=_("Oferta válida hasta"), required=False)
    next_contact_on = DateField(label=_("Próximo contacto"), required=False)
    notes = forms.CharField(label=_("Notas"), widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        names = (
            "stage", "module", "price_offered", "subsidy", "discount", "price_accepted", "paid",
            "currency", "starts_on", "valid_until", "next_contact_on", "notes",
        )  # fmt: skip
        kwargs["initial"] = {name: getattr(opportunity, name) for name in names}
        super().__init__(*args, **kwargs)
        module: Any = self.fields["module"]
        module.queryset = Module.objects.on_offer()


class LoseForm(Form):
    """Why an offer was lost."""

    reason = radios(Opportunity.LostReason.choices, _("Por qué se perdió"))
    note = forms.CharField(label=_("Qué dijo la empresa"), max_length=300, required=False)
    on = DateField(label=_("Fecha"), initial=timezone.localdate)


class IntakeForm(Form):
    """The short diagnosis: plain numbers, each may stay empty."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)
    monthly_wage = forms.CharField(
        label=_("¿Cuánto gana al mes, en promedio, una persona que trabaja aquí? (Bs)"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_(
            "Sirve para llevar horas y días a dinero. Vacío: esas pérdidas no se calculan."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in LOSS_LABELS.items():
            self.fields[code] = forms.CharField(
                label=label,
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "id": f"id_{code}"}),
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered; what was left empty is absent."""
        given = self.given
        given.pop("on")
        return {name: text for name, text in given.items() if text}


class EnrolFromForm(Form):
    """Which cycle a firm that signed enters."""

    cycle = Choice(label=_("Ciclo"), queryset=Cycle.objects.none())
    on = DateField(label=_("Fecha"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: object, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = access.visible_cycles(user, access.EDIT).filter(is_cancelled=False)
        if opportunity.module is not None:
            rows = rows.filter(module__code=opportunity.module.code)
        field: Any = self.fields["cycle"]
        field.queryset = rows


class BuyerForm(Form):
    """A buyer's programme."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    buyer = Choice(label=_("Comprador"), queryset=Organisation.objects.order_by("name"))
    partner = Choice(
        label=_("Socio"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("Ninguno"),
    )  # fmt: skip
    starts_on = DateField(label=_("Inicio"))
    ends_on = DateField(label=_("Fin"), required=False)
    viewers = forms.ModelMultipleChoiceField(
        label=_("Quién mira los totales"),
        queryset=User.objects.filter(is_active=True).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ven totales; de cada proveedor, solo si este consiente."),
    )

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        partner.queryset = access.partners_of(user)


class ConsentForm(Form):
    """What a supplier said of showing its own figures."""

    is_given = forms.TypedChoiceField(
        label=_("¿Consiente en mostrar sus datos al comprador?"),
        choices=[("si", _("Sí")), ("no", _("No"))],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
    )
    said_by = forms.CharField(label=_("Quién lo dijo"), max_length=120)
    on = DateField(label=_("Fecha"), initial=timezone.localdate)
