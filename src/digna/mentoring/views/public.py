"""Pages without an account: to apply, and the applicant's own page behind her personal link."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.errors import NotVisible, Refused
from digna.events.services import newcomers
from digna.journal import actor
from digna.mentoring import access, instruments, pools
from digna.mentoring.forms.pairs import MOODS, ActForm, MoodForm
from digna.mentoring.forms.profiles import ApplyForm, RankForm
from digna.mentoring.models import Agreement, Application, Happened, MentoringSession, Pair
from digna.mentoring.services import applications, meetings
from digna.web import limits
from digna.web.doors import public


@public
@never_cache
def apply(request: HttpRequest, token: str) -> HttpResponse:
    """The public form of a call."""
    cohort = access.call(token)
    texts = newcomers.texts_to_show(translation.get_language() or "es")
    form = ApplyForm(
        request.POST or None, terms=cohort.terms, texts=texts, initial={"languages": ["es"]}
    )
    if request.method == "POST":
        limits.count_try(request, f"mentoring:{token}")
        if form.is_valid():
            try:
                made = applications.apply(
                    actor=actor.of_request(request, intention=form.intended),
                    cohort=cohort,
                    details=form.details,
                    answers=form.answers,
                    accepts_conduct=form.cleaned_data["accepts_conduct"],
                    **form.told,
                )
            except Refused as problem:
                form.refuse(problem)
            else:
                return _received(request, made)
    context = {
        "cohort": cohort,
        "form": form,
        "is_open": cohort.is_call_open_on(timezone.localdate()),
        "template": cohort.terms.get("template", {}),
        "conduct": instruments.sentences(cohort.terms.get("conduct", {})),
    }
    return render(request, "mentoring/apply.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, made: Application) -> HttpResponse:
    """Show who has just applied her own page.

    Somebody who was accepted before is not shown the page of that application: the form alone
    does not prove who fills it in.
    """
    if made.state != Application.State.RECEIVED or not made.token:
        return render(request, "mentoring/applied.html", {"cohort": made.cohort})
    messages.success(request, _("Recibimos su postulación. Guarde esta página: es la suya."))
    return redirect("mentoring:mine", made.token)


def _application(request: HttpRequest, token: str) -> Application:
    try:
        return access.application_by_token(token)
    except NotVisible:
        limits.count_try(request, "mentoring:mine")
        raise


@public
@never_cache
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The applicant's own page: where she stands, her mentor, sessions, agreement."""
    row = _application(request, token)
    today = timezone.localdate()
    pairs = row.pairs.filter(state__in=Pair.STARTED).select_related("mentor__person", "cohort")
    going = next((one for one in pairs if one.state == Pair.State.ACTIVE), None)
    sessions: list[MentoringSession] = []
    agreement = None
    if going is not None:
        sessions = list(going.sessions.all())
        agreement = Agreement.objects.filter(pair=going).first()
    latest = next((s for s in sessions if s.happened == Happened.HELD), None)
    context = {
        "application": row,
        "cohort": row.cohort,
        "pair": going,
        "agreement": agreement,
        "goals": list(going.goals.all()) if going else [],
        "planned": [s for s in sessions if s.happened == Happened.PLANNED and s.on >= today],
        "untold": latest if latest is not None and latest.mentee_mood is None else None,
        "held": sum(s.happened == Happened.HELD for s in sessions),
        "moods": MOODS,
        "may_rank": _may_rank(row),
        "act_form": ActForm(),
        "points": instruments.sentences(row.cohort.terms.get("agreement", {})),
    }
    return render(request, "mentoring/mine.html", context)


def _may_rank(row: Application) -> bool:
    held = row.pairs.filter(state__in=Pair.HOLDING).exists()
    return row.state in (Application.State.RECEIVED, Application.State.ACCEPTED) and not held


@public
@never_cache
def rank(request: HttpRequest, token: str) -> HttpResponse:
    """Mentors as the applicant may see them (first name, what they offer); her own order."""
    row = _application(request, token)
    if not _may_rank(row):
        return redirect("mentoring:mine", token)
    mentors = [m for m in pools.mentors_of(row.cohort) if m.is_available]
    keys = [*row.ranking, "", "", ""]
    initial = dict(zip(("first", "second", "third"), keys, strict=False))
    form = RankForm(request.POST or None, mentors=mentors, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            applications.rank_mentors(actor=act, application=row, mentors=form.chosen)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado. Lo tomaremos en cuenta."))
            return redirect("mentoring:mine", token)
    areas = instruments.named(row.cohort.terms.get("areas", ()))
    context = {
        "application": row,
        "form": form,
        "mentors": [_shown(one, areas) for one in mentors],
    }
    return render(request, "mentoring/rank.html", context, status=422 if form.errors else 200)


def _shown(one: Any, areas: dict[str, str]) -> dict[str, Any]:
    """A mentor as an applicant sees them: never surname, telephone or address."""
    return {
        "name": one.person.given_names.split(" ")[0],
        "headline": one.headline,
        "areas": [areas.get(code, code) for code in one.expertise],
    }


@public
@require_POST
def tell_mood(request: HttpRequest, token: str) -> HttpResponse:
    """How she came out of the last session."""
    row = _application(request, token)
    form = MoodForm(request.POST)
    rows = MentoringSession.objects.filter(pair__application=row, happened=Happened.HELD)
    key = request.POST.get("session", "")
    session = rows.filter(pk=key).first() if key.isdigit() else None
    if session is not None and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        meetings.tell_mood(actor=act, session=session, mood=form.cleaned_data["mood"])
        messages.success(request, _("Gracias por contarnos."))
    return redirect("mentoring:mine", token)


@public
@require_POST
def accept_agreement(request: HttpRequest, token: str) -> HttpResponse:
    """She accepts what was agreed."""
    row = _application(request, token)
    standing = Agreement.objects.filter(
        pair__application=row, pair__state=Pair.State.ACTIVE
    ).first()
    form = ActForm(request.POST)
    if standing is not None and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        meetings.accept_agreement(actor=act, agreement=standing, by=meetings.MENTEE)
        messages.success(request, _("Aceptado. ¡Buen camino!"))
    return redirect("mentoring:mine", token)
