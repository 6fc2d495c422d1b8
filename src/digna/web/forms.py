"""The form every room builds on: an intention of its own, and Spanish help for what goes wrong.

A form only turns text into cleaned values. Rules live in services, whose `Refused` comes back
onto the form by `refuse`. How a form looks is said once, in `web/forms/`.
"""

import uuid
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from digna.errors import DomainError


class Renderer(TemplatesSetting):
    """`{{ form }}`: error summary on top, one column, labels above, help and errors beside."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class DateInput(forms.DateInput):
    """The device's own calendar; browsers speak ISO dates whatever they show."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day. Typed by hand, 24/11/2026 is understood as well."""

    widget = DateInput


class TimeInput(forms.TimeInput):
    """The device's own clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class Form(forms.Form):
    """A form that has one effect however often it is sent."""

    intention = forms.UUIDField(widget=forms.HiddenInput({"id": False}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intention"].initial = uuid.uuid4
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("id", f"id_{self.add_prefix(name)}")

    @property
    def given(self) -> dict[str, Any]:
        """The cleaned values without the intention: what a service is called with."""
        return {k: v for k, v in self.cleaned_data.items() if k != "intention"}

    @property
    def intended(self) -> uuid.UUID | None:
        """The intention the browser sent, once the form is valid."""
        value = self.cleaned_data.get("intention")
        return value if isinstance(value, uuid.UUID) else None

    def refuse(self, problem: DomainError) -> None:
        """Show a service's refusal beside the field it names, else at the top.

        One that links elsewhere goes on top: the summary links fields, and links do not nest.
        """
        has_link = problem.details.get("url") or problem.details.get("missing")
        name = None if has_link else problem.details.get("field")
        self.add_error(name if name in self.fields else None, told(problem))


def told(problem: DomainError) -> SafeString:
    """Return a refusal's sentence with the link to where it is mended, where it names one.

    `missing` holds several lacks, each with `sentence`, `url` and `action`.
    """
    missing = problem.details.get("missing")
    if missing:
        rows = [(lack.sentence, lack.url, lack.action) for lack in missing]
        return format_html_join(" ", '{} <a href="{}">{}</a>.', rows)
    url = problem.details.get("url")
    if not url:
        return format_html("{}", str(problem.message))
    action = problem.details.get("action") or _("Ir ahí")
    return format_html('{} <a href="{}">{}</a>.', str(problem.message), url, action)


def as_sent(form: forms.Form) -> dict[str, list[str]]:
    """Return what a browser would send of a form nobody touched: for comparing what changed."""
    return {bound.html_name: _sent(bound) for bound in form if bound.name != "intention"}


def _sent(bound: forms.BoundField) -> list[str]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    given = shown if isinstance(shown, list) else [shown]
    return [str(one) for one in given if one not in (None, "")]


UNKNOWN = _("Sin dato")


def optional_choices(choices: Any) -> list[tuple[str, Any]]:
    """Return `choices` with «Sin dato» first: a missing answer is an answer."""
    return [("", UNKNOWN), *choices]
