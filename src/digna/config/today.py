"""What waits for a person today, from every room they enter."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts import rights
from digna.events import access as events
from digna.events.models import Session
from digna.field import questions
from digna.improvement.selectors import reminders
from digna.mentoring import access as mentoring
from digna.mentoring.selectors import health
from digna.pathways.selectors import waiting
from digna.registry import access as registry
from digna.registry.models import Enterprise, ImportBatch
from digna.registry.selectors import lists
from digna.results.selectors import reviews
from digna.training import access as training
from digna.training.models import CycleFirm, Workshop
from digna.training.selectors import lists as training_lists
from digna.web.numbers import number

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=30)
COMING = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done: what, where, how pressing."""

    what: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The first page: today's sessions, what comes, what is to be chased, ways to begin."""

    now: datetime
    today: list[Session]
    coming: list[Session]
    tasks: list[Task]
    firms: list[Enterprise]
    is_new: bool
    visits: list[CycleFirm]
    workshops: list[Workshop]
    chased: int


def today_page(request: HttpRequest) -> TodayPage:
    """Return the first page of whoever signed in."""
    now = timezone.localtime()
    sessions = _sessions(request.user)
    day = datetime.combine(now.date(), time(0), now.tzinfo)
    near = sessions.filter(starts_at__gte=day, starts_at__lt=day + AHEAD).order_by("starts_at")
    found = list(near.select_related("process", "place")[:20])
    today = [s for s in found if timezone.localdate(s.starts_at) == now.date()]
    firms: list[Enterprise] = []
    if not rights.may(request.user, registry.SEE_PEOPLE):
        firms = list(registry.visible_enterprises(request.user).select_related("place")[:5])
    day_of = now.date()
    may_train = rights.may(request.user, training.SEE)
    chased = training_lists.chase(request.user, day_of) if may_train else []
    return TodayPage(
        visits=training_lists.visits_due(request.user, day_of, day_of + COMING)
        if may_train
        else [],
        workshops=training_lists.workshops_due(request.user, day_of) if may_train else [],
        chased=len(chased),
        now=now,
        today=today,
        coming=[s for s in found if s not in today],
        tasks=_tasks(request, sessions, now) + _chased(chased),
        firms=firms,
        is_new=rights.may(request.user, registry.IMPORT) and not sessions.exists(),
    )


def _chased(rows: list[training_lists.Chase]) -> list[Task]:
    """The oldest of what firms in training still owe; the rest is a list of its own."""
    return [
        Task(f"{one.firm.enterprise}: {one.what}", one.url, "graduation-cap") for one in rows[:4]
    ]


def _sessions(user: object) -> Any:
    if not rights.may(user, events.SEE):
        return Session.objects.none()
    processes = events.visible_processes(user).order_by().values("pk")
    return Session.objects.filter(process__in=processes, is_cancelled=False)


def _tasks(request: HttpRequest, sessions: Any, now: datetime) -> list[Task]:
    """What is to be chased: attendance not taken, doubtful pairs, imports half way."""
    tasks = []
    unmarked = sessions.filter(
        Q(attendances=None), ends_at__lt=now, ends_at__gte=now - BEHIND
    ).order_by("-starts_at")
    for session in unmarked.select_related("process")[:5]:
        what = _("Falta la asistencia de «%(title)s»") % {"title": session.title}
        tasks.append(Task(what, reverse("events:session", args=[session.pk]), "list-checks"))
    count = lists.open_pair_count(request)
    if count:
        what = ngettext(
            "%(n)s par dudoso por resolver", "%(n)s pares dudosos por resolver", count
        ) % {"n": number(count)}
        tasks.append(Task(what, reverse("registry:pairs"), "merge"))
    tasks += _asked(request.user)
    tasks += [Task(r.what, r.url, r.icon) for r in reminders.of(request.user, now.date())]
    tasks += [Task(w.what, w.url, w.icon) for w in waiting.of(request.user, now.date())]
    tasks += [Task(r.what, r.url, r.icon) for r in reviews.waiting(request.user, now.date())]
    tasks += _pairs(request.user, now)
    if rights.may(request.user, registry.IMPORT):
        tasks += _imports(request.user)
    return tasks


def _asked(user: object) -> list[Task]:
    """What telephones brought that somebody must decide."""
    count = questions.open_count(user)
    if not count:
        return []
    what = ngettext("%(n)s pregunta del campo", "%(n)s preguntas del campo", count)
    return [Task(what % {"n": number(count)}, reverse("field:questions"), "circle-help")]


def _pairs(user: object, now: datetime) -> list[Task]:
    """A mentor's own pairs: who waits for an answer, whom to meet next."""
    if not rights.may(user, mentoring.LOG):
        return []
    return [
        Task(
            (
                _("%(name)s espera su respuesta: ¿le acompaña?")
                if one.state == "asked"
                else _("Anotar una sesión con %(name)s")
            )
            % {"name": one.pair.application},
            reverse("mentoring:cohorts")
            if one.state == "asked"
            else reverse("mentoring:log", args=[one.pair.public_id]),
            "handshake",
        )
        for one in health.own(user, now.date())[:6]
    ]


def _imports(user: object) -> list[Task]:
    unfinished = registry.visible_imports(user).filter(
        state__in=(ImportBatch.State.UPLOADED, ImportBatch.State.CHECKED)
    )
    return [
        Task(
            _("La planilla «%(name)s» espera su revisión") % {"name": batch.file_name},
            reverse("registry:import_batch", args=[batch.public_id]),
            "file-spreadsheet",
        )
        for batch in unfinished[:3]
    ]
