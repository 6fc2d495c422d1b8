"""Firms, people, links and notes that begin in the field: pages over the register's own forms.

What is made here may be referred to before it was sent: the telephone adds what it holds itself to
the choices of firms and people (`data-born-here`), and keeps near matches in sight (`data-near`).
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import NotVisible
from digna.field.days import firms as firm_pages
from digna.registry import access
from digna.registry.forms import (
    AffiliationForm,
    EnterpriseForm,
    NewEnterpriseForm,
    NewPersonForm,
    NoteForm,
    enterprise_now,
)
from digna.web.forms import Form

PEOPLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page over one form of the register. `born` is what it makes: a firm, a person."""

    action: str
    title: Any
    button: Any
    open: Callable[[Any, uuid.UUID | None, Any, Any, date], Form]
    sentence: Any = ""
    born: str = ""
    born_name: str = ""
    changes: bool = False
    needs_key: bool = False


class NewFirm(NewEnterpriseForm):
    """A firm met in the field; those that sound alike are shown as it is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _watch(self, "name", "firm", ("nit", "phone"))


class NewPersonHere(NewPersonForm):
    """A person met in the field; those that sound alike are shown as it is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _watch(self, "surnames", "person", ("phone",))


class NoteHere(NoteForm):
    """A note on a firm, chosen on the page."""

    enterprise = forms.ChoiceField(label=gettext_lazy("Empresa"))

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_firms(self, user)
        self.order_fields(["enterprise", "on", "text", "photo"])


class LinkHere(AffiliationForm):
    """Who a person is in a firm, both chosen on the page."""

    person = forms.ChoiceField(label=gettext_lazy("Persona"))

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]
        self.fields["enterprise"] = forms.ChoiceField(label=_("Empresa"))
        _offer_firms(self, user)
        chosen: Any = self.fields["person"]
        chosen.choices = [("", _("Elija a la persona")), *_people(user)]
        chosen.widget.attrs["data-born-here"] = "person"
        self.order_fields(["person", "enterprise", "role", "starts_on"])

    def clean(self) -> dict[str, Any]:
        """Both are chosen: there is no organisation to weigh against the firm."""
        return self.cleaned_data


def _watch(form: Form, name: str, kind: str, keys: tuple[str, ...]) -> None:
    form.fields[name].widget.attrs |= {
        "data-near": reverse("field:index"),
        "data-near-kind": kind,
    }
    for key in keys:
        form.fields[key].widget.attrs["data-near-key"] = ""


def _offer_firms(form: Form, user: object) -> None:
    chosen: Any = form.fields["enterprise"]
    mine = [(str(row.public_id), row.name) for row in firm_pages.mine(user)]
    chosen.choices = [("", _("Elija la empresa")), *mine]
    chosen.widget.attrs |= {"data-born-here": "firm", "id": "id_enterprise"}


def _people(user: object) -> list[tuple[str, str]]:
    mine = [row.pk for row in firm_pages.mine(user)]
    rows = access.visible_people(user).filter(affiliations__enterprise__in=mine).distinct()
    rows = rows.order_by("surnames", "given_names", "pk")[:PEOPLE]
    return [(str(row.public_id), row.full_name) for row in rows]


def _new_firm(user: Any, key: Any, data: Any, files: Any, day: date) -> Form:
    return NewFirm(data, initial={"on": day})


def _new_person(user: Any, key: Any, data: Any, files: Any, day: date) -> Form:
    return NewPersonHere(data)


def _note(user: Any, key: Any, data: Any, files: Any, day: date) -> Form:
    return NoteHere(data, files, user=user, initial={"on": day})


def _link(user: Any, key: Any, data: Any, files: Any, day: date) -> Form:
    return LinkHere(data, user=user)


def _correct(user: Any, key: Any, data: Any, files: Any, day: date) -> Form:
    return EnterpriseForm(data, initial=enterprise_now(access.enterprise(user, key, access.EDIT)))


PAGES = {
    "empresa": Page(
        action="registry.enterprise.registered",
        title=gettext_lazy("Empresa nueva"),
        button=gettext_lazy("Registrar la empresa"),
        sentence=gettext_lazy(
            "Escriba el nombre: si se parece a una que ya está, se la mostramos."
        ),
        open=_new_firm,
        born="firm",
        born_name="name",
    ),
    "persona": Page(
        action="registry.person.registered",
        title=gettext_lazy("Persona nueva"),
        button=gettext_lazy("Registrar a la persona"),
        sentence=gettext_lazy(
            "Escriba el nombre: si se parece a alguien que ya está, se lo decimos."
        ),
        open=_new_person,
        born="person",
        born_name="given_names",
    ),
    "vinculo": Page(
        action="registry.affiliation.added",
        title=gettext_lazy("Persona de una empresa"),
        button=gettext_lazy("Vincular"),
        sentence=gettext_lazy(
            "También puede elegir lo que registró en este teléfono y aún no se envió."
        ),
        open=_link,
    ),
    "nota": Page(
        action="registry.note.written",
        title=gettext_lazy("Nota"),
        button=gettext_lazy("Guardar la nota"),
        sentence=gettext_lazy(
            "Lo que vio o le dijeron, con la fecha. Queda en la historia de la empresa."
        ),
        open=_note,
    ),
    "correccion": Page(
        action="registry.enterprise.corrected",
        title=gettext_lazy("Corregir los datos"),
        button=gettext_lazy("Guardar"),
        open=_correct,
        changes=True,
        needs_key=True,
    ),
}
"""By their part of the address, `/campo/registrar/…`."""


def page(slug: str, key: uuid.UUID | None) -> Page:
    """Return a page by its address.

    Raises:
        NotVisible: `field.no_such_work`.
    """
    found = PAGES.get(slug)
    if found is None or found.needs_key != (key is not None):
        raise NotVisible("field.no_such_work", _("No hay tal trabajo. Vuelva a la empresa."))
    return found
