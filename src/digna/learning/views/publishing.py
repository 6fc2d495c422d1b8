"""A draft on a telephone, its pages and files, what it lacks, published; folders out and in."""

import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.learning import access, comparing, contents, folders, reading
from digna.learning import authoring_forms as forms
from digna.learning.models import CourseVersion
from digna.learning.selectors import lessons as lesson_selectors
from digna.learning.services import courses as publishing
from digna.learning.services import drafts as services
from digna.web.forms import Form
from digna.web.middleware import POLICY
from digna_engines import courses
from digna_engines.errors import DeclarationError

SUFFIX = {"es": ".es", "es_facil": "-facil.es", "en": ".en", "qu": ".qu", "ay": ".ay"}


@door(access.SEE)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The course in use, in a telephone's frame."""
    row = access.course(request.user, code)
    if row.current is None:
        raise NotVisible("learning.not_visible", _("Ese curso no tiene versión publicada."))
    lessons = list(row.current.course_read.lessons())
    asked = request.GET.get("leccion", "")
    chosen = next((one for one in lessons if one.code == asked), lessons[0])
    context = {"course": row, "lessons": lessons, "chosen": chosen.code}
    return render(request, "learning/preview.html", context)


@xframe_options_sameorigin
@door(access.SEE)
def phone(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """A lesson as its reader sees it, of the version in use or of the draft; nothing is sent."""
    row = access.course(request.user, code)
    version = row.current
    if "borrador" in request.GET and rights.may(request.user, access.AUTHOR):
        version = access.draft(request.user, code)
    if version is None:
        raise NotVisible("learning.not_visible", _("Ese curso no tiene versión publicada."))
    language = request.GET.get("idioma", "es")
    try:
        page = lesson_selectors.lesson_page(version, lesson, language)
    except DeclarationError as error:
        return _in_frame(render(request, "learning/phone_faults.html", {"faults": _faults(error)}))
    if page is None:
        raise NotVisible(
            "learning.no_such_lesson",
            _("El curso no tiene esa lección. Vuelva a la lista de lecciones."),
        )
    context = {
        "base": "learning/base_phone.html",
        "preview": True,
        "is_open": True,
        "course": row,
        "course_name": str(row),
        "page": page,
        "form": Form(),
    }
    return _in_frame(render(request, "learning/lesson.html", context))


def _in_frame(reply: HttpResponse) -> HttpResponse:
    """Let our own pages, and no others, show this one in a frame."""
    reply["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    return reply


def _faults(error: DeclarationError) -> list[tuple[str, str]]:
    is_english = (get_language() or "").startswith("en")
    return [(one.path, one.message_en if is_english else one.message_es) for one in error.faults]


@door(access.AUTHOR)
def edit_page(request: HttpRequest, code: str, page: str, language: str) -> HttpResponse:
    """A page of Markdown beside the telephone that shows it as it is typed."""
    draft = access.draft(request.user, code)
    name = _page_name(page, language)
    told = draft.content["pages"].get(name, {})
    initial = {"title": told.get("title", ""), "body": told.get("body", ""), "base": draft.sha256}
    form = forms.PageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        content = copy.deepcopy(draft.content)
        content["pages"][name] = _written(told, form, language)
        act = actor.of_request(request, intention=form.intended)
        try:
            services.change_draft(
                actor=act, version=draft, base=form.cleaned_data["base"], content=content
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado en el borrador."))
            return redirect("learning:edit_page", code, page, language)
    context = {
        "course": draft.course,
        "page": page,
        "tongue": language,
        "languages": [(one, contents.LANGUAGES[one]) for one in courses.LANGUAGES],
        "form": form,
        "files": sorted(draft.content.get("media", {})),
        "spanish": draft.content["pages"].get(f"{page}.es", {}) if language != "es" else {},
        "lesson": _lesson_of(draft, page),
    }
    return render(request, "learning/edit_page.html", context, status=422 if form.errors else 200)


def _page_name(page: str, language: str) -> str:
    if language not in SUFFIX:
        raise NotVisible("learning.draft.no_such_part", _("No se escriben páginas en ese idioma."))
    return f"{page}{SUFFIX[language]}"


def _lesson_of(draft: CourseVersion, page: str) -> str:
    for unit in draft.content["course"]["units"]:
        for lesson in unit["lessons"]:
            if any(block.get("page") == page for block in lesson.get("blocks", [])):
                return str(lesson["code"])
    return ""


def _written(told: dict[str, Any], form: Any, language: str) -> dict[str, Any]:
    usual = {
        "sources": ["own"],
        "checked_on": timezone.localdate().isoformat(),
        "certainty": "medium",
    }
    return {
        **usual,
        **told,
        "title": form.cleaned_data["title"],
        "language": "es" if language == contents.EASY else language,
        "body": form.cleaned_data["body"].replace("\r\n", "\n").rstrip() + "\n",
    }


@xframe_options_sameorigin
@door(access.AUTHOR)
@require_POST
def try_page(request: HttpRequest, code: str) -> HttpResponse:
    """Markdown as it will look, before it is saved."""
    draft = access.draft(request.user, code)
    files = lesson_selectors.files_of(draft)

    def address_of(name: str) -> str:
        file = files.get(name)
        return file.get_absolute_url() if file is not None else ""

    body = request.POST.get("body", "")[:30_000]
    context = {
        "title": request.POST.get("title", ""),
        "html": reading.html_of(body, address_of),
        "bytes": len(body.encode()),
    }
    return _in_frame(render(request, "learning/try_page.html", context))


@door(access.AUTHOR)
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The files of a draft with their weight; one more, or a recording."""
    draft = access.draft(request.user, code)
    form = forms.MediaForm(request.POST or None, request.FILES or None)
    is_json = "application/json" in request.headers.get("accept", "")
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        name = form.cleaned_data["name"] or sent.name
        try:
            made = services.add_media(
                actor=actor.of_request(request, intention=form.intended),
                version=draft,
                name=name,
                body=sent.read(),
            )
        except Refused as problem:
            if is_json:
                raise
            form.refuse(problem)
        else:
            if is_json:
                return JsonResponse({"name": made.name, "bytes": made.size})
            messages.success(request, _("Archivo agregado."))
            return redirect("learning:files", code)
    rows = sorted(lesson_selectors.files_of(draft).values(), key=lambda row: row.name)
    context = {
        "course": draft.course,
        "rows": rows,
        "total": sum(row.size for row in rows),
        "used": set(contents.files_of(draft.content)),
        "form": form,
    }
    return render(request, "learning/files.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What is missing, what changed, and the button that publishes."""
    draft = access.draft(request.user, code)
    current = draft.course.current
    found = courses.faults_of(draft.content["course"])
    is_english = (get_language() or "").startswith("en")
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            publishing.publish_draft(actor=act, version=draft)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Publicado. Quien se inscriba desde ahora la recibe."))
            return redirect("learning:course", code)
    lacks = () if found else courses.lacks(draft.course_read, contents.markdown_of(draft))
    context = {
        "course": draft.course,
        "draft": draft,
        "faults": [(one.path, one.en if is_english else one.es) for one in found],
        "lacks": [(one.where, one.en if is_english else one.es) for one in lacks],
        "differences": comparing.differences(current.content, draft.content) if current else [],
        "current": current,
        "form": form,
    }
    return render(request, "learning/check.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away."""
    draft = access.draft(request.user, code)
    is_first = draft.course.current_id is None
    return doing.form_page(
        request,
        Form(request.POST or None),
        lambda who, _form: services.discard_draft(actor=who, version=draft),
        title=_("Descartar el borrador"),
        sentence=str(draft.course),
        action=_("Descartar"),
        back=reverse("learning:edit", args=[code]),
        done=_("Borrador descartado."),
        to=lambda _made: (
            reverse("learning:courses") if is_first else reverse("learning:course", args=[code])
        ),
        template="web/confirm.html",
        context={"is_grave": True, "consequences": [_("Lo escrito en el borrador se pierde.")]},
    )


@door(access.SEE)
def export_course(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version as a folder in a zip, as a kit takes it."""
    row = access.course(request.user, code)
    versions = row.versions.filter(number=number)
    if not rights.may(request.user, access.AUTHOR):
        versions = versions.filter(state=CourseVersion.State.PUBLISHED)
    version = versions.first()
    if version is None:
        raise NotVisible("learning.not_visible", _("El curso no tiene esa versión."))
    reply = HttpResponse(
        folders.packed(version, timezone.localdate()), content_type="application/zip"
    )
    reply["Content-Disposition"] = f'attachment; filename="{code}.zip"'
    return reply


@door(access.AUTHOR)
def import_course(request: HttpRequest) -> HttpResponse:
    """A folder with courses becomes drafts; nothing is published by itself."""
    form = forms.FolderForm(request.POST or None, request.FILES or None)
    return doing.form_page(
        request,
        form,
        _taken,
        title=_("Traer un curso de una carpeta"),
        sentence=_("Una carpeta como la que se descarga aquí, comprimida en un .zip."),
        action=_("Traer como borrador"),
        back=reverse("learning:courses"),
        done=_("El curso está como borrador: revíselo y publíquelo."),
        to=lambda code: reverse("learning:edit", args=[code]),
    )


def _taken(who: actor.Actor, form: Any) -> str:
    codes = [
        services.take_folder(
            actor=who, declared=one.declared, pages=one.pages, files=one.files
        ).course.code
        for one in folders.unpacked(form.cleaned_data["file"].read())
    ]
    return codes[0]
