"""Shapes of what is typed in this room."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.forms import Asking
from digna.improvement.forms import amount as amount_field
from digna.linkages.forms import ZONES, currency_field, several
from digna.linkages.labels import LANGUAGES
from digna.linkages.models import Buyer
from digna.programmes.models import Programme
from digna.registry import identifiers
from digna.registry.forms import ReadField
from digna.registry.models import Enterprise, Place
from digna.rounds import access
from digna.rounds.models import BusinessRound, Meeting, Party, Slot
from digna.rounds.models.after import Interest, NextStep, Outcome
from digna.rounds.models.rounds import Mode, Presence
from digna.rounds.services.after import Sold
from digna.rounds.services.rounds import Break
from digna.web.forms import DateField, Form, TimeInput

Choice = forms.ModelChoiceField
ANY: Any = Programme.objects.none()
"""Choices that depend on who asks, or on the round, are set when the form is made."""
PAGE_LANGUAGES = [("es-bo", _("español")), ("en", _("inglés"))]


def radios(choices: Any, label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice of few, drawn as radios."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def zones(label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A time zone, by the city that names it."""
    told = [(name, name.split("/", 1)[1].replace("_", " ").replace("/", ", ")) for name in ZONES]
    return forms.ChoiceField(label=label, choices=told, initial=ZONES[0], **kwargs)


class ActForm(Form):
    """A button: nothing but its intention."""


class RoundForm(Form):
    """A round as it is created or corrected."""

    title_es = forms.CharField(label=_("Nombre"), max_length=160)
    title_en = forms.CharField(
        label=_("Nombre en inglés"), max_length=160, required=False,
        help_text=_("Para compradores de otros países."),
    )  # fmt: skip
    programme = Choice(label=_("Programa"), queryset=ANY)
    partner = Choice(
        label=_("Socio que organiza"), queryset=ANY, required=False, empty_label=_("Ninguno")
    )
    held_on = DateField(label=_("Fecha"))
    mode = radios(Mode.choices, _("Modalidad"), initial=Mode.ON_SITE)
    venue = forms.CharField(label=_("Lugar"), max_length=200, required=False)
    place = Choice(
        label=_("Municipio"),
        queryset=Place.objects.exclude(kind=Place.Kind.COUNTRY).order_by("name"),
        required=False,
        empty_label=_("Sin dato"),
    )
    time_zone = zones(
        _("Zona horaria"), help_text=_("La del lugar. Cada participante a distancia ve la suya.")
    )
    tables = forms.IntegerField(label=_("Mesas"), min_value=0, max_value=500, initial=10)
    rooms = forms.IntegerField(
        label=_("Videollamadas a la vez"), min_value=0, max_value=500, required=False,
        help_text=_("Vacío: sin límite."),
    )  # fmt: skip
    most_per_firm = forms.IntegerField(
        label=_("Reuniones por empresa, como mucho"), min_value=1, max_value=60, required=False,
        help_text=_("Vacío: las que quepan en sus turnos."),
    )  # fmt: skip
    least_per_firm = forms.IntegerField(
        label=_("Reuniones por empresa, al menos"), min_value=0, max_value=60, initial=2,
        help_text=_("La agenda lo busca antes que nada, para que ninguna empresa venga de balde."),
    )  # fmt: skip
    video_url = forms.URLField(
        label=_("Enlace de videollamada"), required=False, assume_scheme="https",
        help_text=_("El común; cada comprador puede tener el suyo."),
    )  # fmt: skip
    agenda_es = forms.CharField(
        label=_("Programa del día"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    agenda_en = forms.CharField(
        label=_("Programa del día, en inglés"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "programme", access.programmes_of(user))
        _choose(self, "partner", access.partners_of(user))


def _choose(form: Form, name: str, rows: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = rows


def round_initial(row: BusinessRound) -> dict[str, Any]:
    """Return what the form shows of a round that exists."""
    return {name: getattr(row, name) for name in RoundForm.base_fields if name != "intention"}


class SlotsForm(Form):
    """The day laid out at once: from when, how many, how long, the break."""

    starts = forms.TimeField(label=_("Primera reunión, a las"), widget=TimeInput, initial="09:00")
    count = forms.IntegerField(label=_("Turnos"), min_value=1, max_value=60, initial=12)
    minutes = forms.IntegerField(label=_("Minutos de cada uno"), min_value=1, initial=20)
    between = forms.IntegerField(
        label=_("Minutos entre uno y otro"), min_value=0, max_value=60, initial=5
    )
    break_after = forms.IntegerField(
        label=_("Pausa después del turno"), min_value=1, max_value=60, required=False
    )
    break_minutes = forms.IntegerField(
        label=_("Minutos de la pausa"), min_value=1, max_value=240, required=False
    )

    def __init__(self, *args: Any, round: BusinessRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("break_after") and not found.get("break_minutes"):
            self.add_error("break_minutes", str(_("Diga cuánto dura la pausa.")))
        return found

    @property
    def given(self) -> dict[str, Any]:
        """The values with the first moment and the break put together."""
        values = super().given
        after, length = values.pop("break_after"), values.pop("break_minutes")
        zone = ZoneInfo(self.round.time_zone)
        return values | {
            "starts_at": datetime.combine(self.round.held_on, values.pop("starts"), zone),
            "breaks": [Break(after, length, str(_("Pausa")))] if after and length else [],
        }


class InterpreterForm(Form):
    """Who interprets, between which languages."""

    name = forms.CharField(label=_("Nombre"), max_length=120)
    languages = several(_("Idiomas entre los que interpreta"), LANGUAGES)


class InviteBuyersForm(Form):
    """Which buyers are invited."""

    buyers = forms.ModelMultipleChoiceField(
        label=_("Compradores"), queryset=Buyer.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, round: BusinessRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = round.parties.exclude(buyer=None).values("buyer")
        rows = Buyer.objects.filter(is_active=True).exclude(pk__in=inside)
        _choose(self, "buyers", rows.select_related("organisation"))
        field: Any = self.fields["buyers"]
        field.label_from_instance = lambda row: f"{row} · {row.get_kind_display()}, {row.country}"


FIRMS_SHOWN = 200


class InviteFirmsForm(Form):
    """Which firms are invited, as a search of the register found them."""

    waiting = forms.BooleanField(label=_("A la lista de espera"), required=False)
    firms = forms.ModelMultipleChoiceField(
        label=_("Empresas"),
        queryset=Enterprise.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, firms: Any, q: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["firms"]
        field.queryset = firms
        shown = firms.filter(name__icontains=q) if q else firms
        shown = shown.select_related("sector", "place")[:FIRMS_SHOWN]
        field.widget.choices = [(row.pk, _firm_label(row)) for row in shown]


def _firm_label(row: Enterprise) -> str:
    known = [str(one) for one in (row.sector, row.place) if one is not None]
    return " · ".join([row.name, *known])


class RegistrationForm(Form):
    """What somebody says when they register, by their own link."""

    contact_name = forms.CharField(label=_("¿Quién asistirá?"), max_length=120)
    phone = ReadField(
        identifiers.phone, label=_("Celular"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Ahí le avisamos si algo cambia. Escriba el código de país: +591…"),
    )  # fmt: skip
    products = forms.CharField(
        label=_("¿Qué ofrece o qué busca?"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Es lo que leerá la otra parte para elegir."),
    )  # fmt: skip
    languages = several(_("Idiomas en que puede reunirse"), LANGUAGES)
    language = radios(PAGE_LANGUAGES, _("Idioma de estas páginas"))
    presence = radios(Presence.choices, _("¿Cómo participa?"))
    time_zone = zones(_("Su zona horaria"))
    away = forms.ModelMultipleChoiceField(
        label=_("¿En qué turnos NO puede estar?"),
        queryset=Slot.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Si puede estar todo el tiempo, no marque nada."),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        names = ("contact_name", "phone", "products", "languages", "language", "presence")
        kwargs.setdefault(
            "initial",
            {name: getattr(party, name) for name in (*names, "time_zone")}
            | {"away": list(party.away.all())},
        )
        super().__init__(*args, **kwargs)
        away: Any = self.fields["away"]
        away.queryset = party.round.slots.filter(is_break=False)
        away.label_from_instance = slot_label
        zone: Any = self.fields["time_zone"]
        if party.time_zone not in ZONES:
            zone.choices = [*zone.choices, (party.time_zone, party.time_zone)]
        if party.round.mode != Mode.HYBRID:
            del self.fields["presence"]
        if party.round.mode == Mode.ON_SITE:
            del self.fields["time_zone"]

    def clean_languages(self) -> list[str]:
        """Nobody asked is not «none»: somebody who registers says at least one."""
        found: list[str] = self.cleaned_data["languages"]
        if not found:
            raise forms.ValidationError(str(_("Marque al menos un idioma.")))
        return found


def slot_label(row: Slot) -> str:
    """Return «09:00–09:20» in the time zone of who reads."""
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return f"{starts:%H:%M}–{ends:%H:%M}"


class PartyForm(RegistrationForm):
    """What the organiser corrects besides: limits, delegation, own table, own video link."""

    most = forms.IntegerField(
        label=_("Reuniones, como mucho"), min_value=1, max_value=60, required=False
    )
    least = forms.IntegerField(
        label=_("Reuniones, al menos"), min_value=0, max_value=60, required=False
    )
    delegation = forms.CharField(
        label=_("Delegación"), max_length=80, required=False,
        help_text=_("Quienes vienen en la misma delegación no se reúnen entre sí."),
    )  # fmt: skip
    table = forms.CharField(label=_("Mesa propia"), max_length=12, required=False)
    video_url = forms.URLField(
        label=_("Su enlace de videollamada"), required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, party=party, **kwargs)
        for name in ("most", "least", "delegation", "table", "video_url"):
            self.fields[name].initial = getattr(party, name)
        for name in ("contact_name", "products", "languages"):
            self.fields[name].required = False

    def clean_languages(self) -> list[str]:
        """The organiser may not know them."""
        found: list[str] = self.cleaned_data["languages"]
        return found


class SolveForm(Form):
    """A timetable asked for: for how long, from when on, why."""

    seconds = forms.IntegerField(
        label=_("Segundos de cálculo"), min_value=1, max_value=300, initial=10
    )
    from_slot = Choice(
        label=_("Mover solo desde el turno"), queryset=Slot.objects.none(), required=False,
        empty_label=_("Todo el día"), help_text=_("Lo anterior queda como fue."),
    )  # fmt: skip
    afresh = forms.BooleanField(label=_("Empezar de cero, sin cuidar el borrador"), required=False)
    reason = forms.CharField(label=_("Por qué"), max_length=200, required=False)

    def __init__(self, *args: Any, round: BusinessRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["from_slot"]
        field.queryset = round.slots.filter(is_break=False)
        field.label_from_instance = slot_label
        if round.stage == BusinessRound.Stage.PUBLISHED:
            del self.fields["afresh"]
        else:
            del self.fields["from_slot"]


class RulingForm(Form):
    """A pair decided by hand: it meets in a slot, or it does not meet."""

    buyer = Choice(label=_("Comprador"), queryset=Party.objects.none())
    firm = Choice(label=_("Empresa"), queryset=Party.objects.none())
    slot = Choice(
        label=_("Turno"), queryset=Slot.objects.none(), required=False,
        empty_label=_("En ninguno: no se reúnen"),
    )  # fmt: skip
    reason = forms.CharField(label=_("Motivo"), max_length=200, required=False)

    def __init__(self, *args: Any, round: BusinessRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = round.parties.filter(state=Party.State.REGISTERED).select_related(
            "buyer__organisation", "enterprise"
        )
        _choose(self, "buyer", rows.filter(side=Party.Side.BUYER))
        _choose(self, "firm", rows.filter(side=Party.Side.FIRM))
        _choose(self, "slot", round.slots.filter(is_break=False))
        field: Any = self.fields["slot"]
        field.label_from_instance = slot_label


class SlipForm(Form):
    """One minute after a meeting."""

    interest = radios(
        [*((str(value), f"{value} · {label}") for value, label in Interest.choices),
         ("no", _("No nos reunimos"))],
        _("¿Cuánto interés hubo?"),
    )  # fmt: skip
    next_step = radios(NextStep.choices, _("¿Qué sigue?"), required=False)
    product = forms.CharField(label=_("Producto"), max_length=160, required=False)
    amount = amount_field(
        _("Monto que se conversó"), required=False, decimal_places=2,
        help_text=_("Es una intención, no una venta. Si no se habló de montos, déjelo vacío."),
    )  # fmt: skip
    currency = currency_field()
    note = forms.CharField(label=_("Nota"), max_length=300, required=False)

    @property
    def given(self) -> dict[str, Any]:
        """The values with «no nos reunimos» taken apart from interest."""
        values = super().given
        word = values.pop("interest")
        values["was_held"] = word != "no"
        values["interest"] = None if word == "no" else int(word)
        if values["amount"] is None:
            values["currency"] = ""
        return values


class FollowUpForm(Asking):
    """What became of a meeting months later."""

    outcome = radios(Outcome.choices, _("¿Qué pasó?"))
    on = DateField(label=_("¿Cuándo?"), initial=timezone.localdate)
    amount = amount_field(
        _("Monto"), required=False, decimal_places=2, help_text=_("De lo cobrado, o del pedido.")
    )
    currency = currency_field()
    evidence = forms.FileField(
        label=_("Foto o PDF que lo muestre"), required=False,
        help_text=_("La factura, el pedido o el depósito."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Nota"), max_length=300, required=False,
        help_text=_("Si no se concretó, diga por qué: precio, plazo, calidad, sin respuesta…"),
    )  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        """The values with what was sold put together, and the file read."""
        values = super().given
        amount, currency = values.pop("amount"), values.pop("currency")
        file = values.pop("evidence")
        return values | {
            "sold": Sold(amount=amount, currency=currency if amount is not None else ""),
            "evidence": file.read() if file else None,
        }


def slip_initial(meeting: Meeting, party: Party) -> dict[str, Any]:
    """Return what the slip of one side says so far."""
    row = meeting.slips.filter(party=party).first()
    if row is None:
        return {"product": "", "currency": "USD"}
    return {
        "interest": "no" if not row.was_held else str(row.interest),
        "next_step": row.next_step,
        "product": row.product,
        "amount": row.amount,
        "currency": row.currency or "USD",
        "note": row.note,
    }
