"""The visit form of the telephone: pre-filled from the last visit, sent whole."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.models import Observation, Project
from digna.improvement.selectors.board import KpiCard
from digna.training import outcomes
from digna.training.forms.pages import radios
from digna.training.models import CycleFirm, NextStep, Participant, Visit
from digna.training.selectors import ways
from digna.training.services.visits import Agreed, NewProject, Reading, Seen
from digna.web.forms import DateField, Form

BOARD_SHOWN = 5
AHEAD = (("14", _("2 semanas")), ("21", _("3 semanas")), ("28", _("4 semanas")), ("", _("otra")))
LONG = (("60", _("1 h")), ("90", _("1 h 30")), ("120", _("2 h")), ("180", _("3 h")))


class NumberInput(forms.TextInput):
    """Digits on the telephone's number keys; commas and points both understood."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", **attrs})


class VisitForm(Form):
    """Who was there, what was found, three KPIs, one project and the next day."""

    on = DateField(label=_("Fecha"))
    mode = radios(Visit.Mode.choices, _("Modalidad"), initial="on_site")
    minutes = radios(LONG, _("Duración"), required=False, initial="120")
    present = forms.ModelMultipleChoiceField(
        label=_("Con quién se reunió"),
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    closed = forms.ModelMultipleChoiceField(
        label=_("Lo acordado que ya se hizo"),
        queryset=NextStep.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    finished = forms.ModelMultipleChoiceField(
        label=_("Proyectos que ya se terminaron"),
        queryset=Project.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    findings = forms.CharField(
        label=_("Qué encontró"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    project_area = forms.ChoiceField(
        label=_("Área del proyecto nuevo"),
        choices=Project.Area.choices,
        widget=forms.RadioSelect,
        required=False,
        initial="5s",
    )
    project_title = forms.CharField(
        label=_("Proyecto nuevo: qué se mejora"), max_length=160, required=False
    )
    project_photo = forms.FileField(
        label=_("Foto del antes"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    step_what = forms.CharField(label=_("Próximo paso"), max_length=300, required=False)
    step_who = forms.CharField(label=_("Quién"), max_length=120, required=False)
    ahead = radios(AHEAD, _("Próxima visita en"), required=False, initial="21")
    next_on = DateField(label=_("u otra fecha"), required=False)
    minutes_text = forms.CharField(
        label=_("Acta"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    photo = forms.FileField(
        label=_("Otra foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *args: Any, firm: CycleFirm, today: date, **kwargs: Any) -> None:
        last = firm.visits.order_by("-number").first()
        kwargs.setdefault("initial", {}).update(_last_said(firm, last, today))
        super().__init__(*args, **kwargs)
        self.firm, self.last = firm, last
        self._offer("present", firm.participants.select_related("person"), _told_participant)
        steps = [step.pk for step in ways.open_steps(firm)]
        self._offer("closed", NextStep.objects.filter(pk__in=steps), str)
        begun = [p.pk for p in outcomes.projects_of(firm.enterprise_id) if p.status != "done"]
        self._offer("finished", Project.objects.filter(pk__in=begun), str)
        self.cards = outcomes.board_of(firm.enterprise, today).cards[:BOARD_SHOWN]
        for card in self.cards:
            self._ask(card, last, today)

    def _offer(self, name: str, rows: "QuerySet[Any]", told: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.label_from_instance = told

    def _ask(self, card: KpiCard, last: Visit | None, today: date) -> None:
        """Two numbers a KPI; the method is that of last time and the period follows it."""
        version = card.kpi.instrument.current
        key = f"kpi{card.kpi.pk}"
        label = version.say("numerator") if version is not None else card.name
        self.fields[f"{key}_numerator"] = forms.DecimalField(
            label=label or card.name, required=False, min_value=0, localize=True,
            widget=NumberInput(id=f"id_{key}_numerator"),
        )  # fmt: skip
        if version is not None and version.document.get("denominator_es"):
            self.fields[f"{key}_denominator"] = forms.DecimalField(
                label=version.say("denominator"), required=False, min_value=0, localize=True,
                widget=NumberInput(id=f"id_{key}_denominator"),
            )  # fmt: skip
        self.fields[f"{key}_method"] = forms.ChoiceField(
            label=_("Cómo se sabe"),
            choices=Observation.Method.choices,
            initial=card.now.method if card.now is not None else "record",
            required=False,
        )
        self.fields[f"{key}_confirmed_reason"] = forms.CharField(
            label=_("Si el dato es correcto, explique por qué"), required=False, max_length=300
        )

    def kpi_rows(self) -> list[dict[str, Any]]:
        """Each KPI with its bound fields; the explanation only once it was asked for."""
        rows = []
        for card in self.cards:
            key = f"kpi{card.kpi.pk}"
            reason = self[f"{key}_confirmed_reason"]
            rows.append(
                {
                    "card": card,
                    "numerator": self[f"{key}_numerator"],
                    "denominator": (
                        self[f"{key}_denominator"] if f"{key}_denominator" in self.fields else None
                    ),
                    "method": self[f"{key}_method"],
                    "reason": reason if reason.errors or reason.value() else None,
                }
            )
        return rows

    @property
    def seen(self) -> Seen:
        """What was recorded, as the service takes it."""
        given = self.cleaned_data
        return Seen(
            on=given["on"],
            mode=given["mode"],
            minutes=int(given["minutes"]) if given["minutes"] else None,
            present=[(row.person, row.role) for row in given["present"]],
            findings=given["findings"],
            minutes_text=given["minutes_text"],
            closed=list(given["closed"]),
            agreed=self._agreed(),
            next_on=self._next_on(),
            readings=[r for card in self.cards if (r := self._reading(card)) is not None],
            project=self._project(),
            finished=list(given["finished"]),
            photos=[given["photo"].read()] if given.get("photo") else [],
        )

    def _agreed(self) -> list[Agreed]:
        given = self.cleaned_data
        if not given["step_what"].strip():
            return []
        return [Agreed(given["step_what"].strip(), given["step_who"].strip(), self._next_on())]

    def _next_on(self) -> date | None:
        given = self.cleaned_data
        if given["next_on"] is not None:
            return date.fromisoformat(str(given["next_on"]))
        if not given["ahead"]:
            return None
        return date.fromisoformat(str(given["on"])) + timedelta(days=int(given["ahead"]))

    def _project(self) -> NewProject | None:
        given = self.cleaned_data
        if not given["project_title"].strip():
            return None
        photo = given.get("project_photo")
        return NewProject(
            title=given["project_title"].strip(),
            area=given["project_area"] or "5s",
            photo=photo.read() if photo else None,
        )

    def _reading(self, card: KpiCard) -> Reading | None:
        given, key = self.cleaned_data, f"kpi{card.kpi.pk}"
        numerator = given.get(f"{key}_numerator")
        if numerator is None:
            return None
        start, end = period(card.now.period_end if card.now else None, given["on"])
        method = given.get(f"{key}_method") or "record"
        return Reading(
            board_kpi=card.kpi,
            period_start=start,
            period_end=end,
            numerator=numerator,
            denominator=given.get(f"{key}_denominator"),
            method=method,
            record_seen=method == "record",
            confirmed_reason=given.get(f"{key}_confirmed_reason", ""),
        )


def period(last_end: date | None, on: date) -> tuple[date, date]:
    """Return what a visit's numbers are about: since the last value, a month at most, till then.

    >>> period(date(2026, 3, 10), date(2026, 3, 31))
    (datetime.date(2026, 3, 11), datetime.date(2026, 3, 31))
    """
    month = on - timedelta(days=30)
    if last_end is None or last_end < month:
        return month + timedelta(days=1), on
    return min(last_end + timedelta(days=1), on), on


def _last_said(firm: CycleFirm, last: Visit | None, today: date) -> dict[str, Any]:
    """What is known before anything is typed: today, and who was there last time."""
    initial: dict[str, Any] = {"on": today}
    if last is None:
        initial["present"] = [row.pk for row in firm.participants.all()]
        return initial
    were = set(last.presences.values_list("person_id", flat=True))
    initial["present"] = [row.pk for row in firm.participants.all() if row.person_id in were]
    initial["mode"] = last.mode
    return initial


def _told_participant(row: Participant) -> str:
    return f"{row.person} · {row.get_role_display()}"


class CorrectVisitForm(Form):
    """What may be corrected of a visit."""

    on = DateField(label=_("Fecha"))
    mode = radios(Visit.Mode.choices, _("Modalidad"))
    minutes = forms.IntegerField(label=_("Minutos"), required=False)
    findings = forms.CharField(label=_("Hallazgos"), widget=forms.Textarea, required=False)
    minutes_text = forms.CharField(label=_("Acta"), widget=forms.Textarea, required=False)
    next_on = DateField(label=_("Próxima visita"), required=False)


class PhotoForm(Form):
    """A photograph with what it shows."""

    photo = forms.FileField(
        label=_("Foto"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    caption = forms.CharField(label=_("Qué se ve"), max_length=200, required=False)


class NextVisitForm(Form):
    """The day of the next visit."""

    on = DateField(label=_("Próxima visita"), required=False, initial=timezone.localdate)


class ReportForm(Form):
    """The words of the trainer's report."""

    situation = forms.CharField(label=_("Punto de partida"), widget=forms.Textarea, required=False)
    changes = forms.CharField(label=_("Qué cambió"), widget=forms.Textarea, required=False)
    difficulties = forms.CharField(label=_("Dificultades"), widget=forms.Textarea, required=False)
    advice = forms.CharField(label=_("Recomendaciones"), widget=forms.Textarea, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
