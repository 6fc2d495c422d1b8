"""Pages for people without an account: registering for a process, checking in at a session."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from digna.errors import NotVisible, Refused
from digna.events import access, calendars, doorstep, forms
from digna.events.models import Enrolment, Process, Session
from digna.events.services import attendance, enrolments, newcomers
from digna.events.views.papers import calendar_file
from digna.journal import actor
from digna.web import limits
from digna.web.doors import public

SALT = "events.registered"


@public
@never_cache
def register(request: HttpRequest, token: str) -> HttpResponse:
    """The public registration form, with the consent texts word for word."""
    process = access.open_process(token)
    texts = newcomers.texts_to_show(translation.get_language() or "es")
    form = forms.PublicDetailsForm(request.POST or None, texts=texts)
    if request.method == "POST":
        limits.count_try(request, f"register:{token}")
        if form.is_valid() and (answer := _registered(request, process, form)) is not None:
            return answer
    left = enrolments.places_left(process)
    context = {
        "process": process,
        "form": form,
        "is_full": left is not None and left <= 0,
        "sessions": list(process.sessions.filter(is_cancelled=False).select_related("place")),
    }
    return render(request, "events/register.html", context, status=422 if form.errors else 200)


def _registered(
    request: HttpRequest, process: Process, form: forms.PublicDetailsForm
) -> HttpResponse | None:
    try:
        made = newcomers.register_publicly(
            actor=actor.of_request(request, intention=form.intended),
            process=process,
            details=form.details,
            answers=form.answers,
        )
    except Refused as problem:
        form.refuse(problem)
        return None
    receipt = signing.dumps(made.pk, salt=SALT)
    return redirect("events:registered", process.registration_token, receipt)


@public
@never_cache
def registered(request: HttpRequest, token: str, receipt: str) -> HttpResponse:
    """Thank you: whether there is a place, when it begins, and the calendar."""
    process = access.open_process(token)
    try:
        key = signing.loads(receipt, salt=SALT)
    except signing.BadSignature as forged:
        raise NotVisible("events.no_receipt", _("Este comprobante no es de Digna.")) from forged
    row = process.enrolments.select_related("person").filter(pk=key).first()
    if row is None:
        raise NotVisible("events.no_receipt", _("Esta inscripción ya no existe."))
    context = {
        "process": process,
        "name": row.person.given_names.split(" ")[0],
        "is_waiting": row.state == Enrolment.State.WAITING,
        "sessions": list(process.sessions.filter(is_cancelled=False).select_related("place")),
    }
    return render(request, "events/registered.html", context)


@public
def registration_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions for the calendar of whoever registers; without the call's own link."""
    process = access.open_process(token)
    rows = list(process.sessions.select_related("place"))
    return calendar_file(process, rows, process.title, with_link=False)


@public
@never_cache
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """A telephone or a name; then «is this you?»."""
    session = access.check_in_session(token)
    form = forms.WhoForm(request.POST or None)
    proposals: list[doorstep.Proposal] = []
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked:
        limits.count_try(request, f"check_in:{token}")
        proposals = doorstep.proposals(session, form.cleaned_data["who"])
    context = _at_the_door(session) | {
        "form": form,
        "proposals": proposals,
        "is_asked": is_asked,
        "act_form": forms.ActForm(),
    }
    return render(request, "events/check_in.html", context, status=422 if form.errors else 200)


def _at_the_door(session: Session) -> dict[str, object]:
    now = timezone.now()
    is_open = attendance.is_check_in_open(session, now)
    return {
        "session": session,
        "process": session.process,
        "where": calendars.where(session),
        "is_open": is_open,
        "closed": "" if is_open else attendance.closed_sentence(session, now),
    }


@public
@never_cache
def confirm_check_in(request: HttpRequest, token: str) -> HttpResponse:
    """«Yes, that is me.»"""
    session = access.check_in_session(token)
    form = forms.ActForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("events:check_in", token)
    limits.count_try(request, f"check_in:{token}")
    person = doorstep.confirmed(session, request.POST.get("key", ""))
    if person is None:
        return redirect("events:check_in", token)
    who = actor.of_request(request, intention=form.intended)
    attendance.check_in(actor=who, session=session, person=person)
    return redirect("events:checked_in", token)


@public
@never_cache
def check_in_new(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who was on no list: registered, enrolled and present in one go."""
    session = access.check_in_session(token)
    texts = newcomers.texts_to_show(translation.get_language() or "es")
    form = forms.PublicDetailsForm(request.POST or None, texts=texts)
    if request.method == "POST":
        limits.count_try(request, f"check_in:{token}")
        if form.is_valid() and _newcomer_in(request, session, form):
            return redirect("events:checked_in", token)
    context = _at_the_door(session) | {"form": form}
    return render(request, "events/check_in_new.html", context, status=422 if form.errors else 200)


def _newcomer_in(request: HttpRequest, session: Session, form: forms.PublicDetailsForm) -> bool:
    try:
        newcomers.check_in_newcomer(
            actor=actor.of_request(request, intention=form.intended),
            session=session,
            details=form.details,
            answers=form.answers,
        )
    except Refused as problem:
        form.refuse(problem)
        return False
    return True


@public
def checked_in(request: HttpRequest, token: str) -> HttpResponse:
    """You are on the list."""
    session = access.check_in_session(token)
    return render(request, "events/checked_in.html", _at_the_door(session))
