"""Writing a course on screen: outline, lessons, blocks, questions; each save is the draft anew."""

import copy
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.learning import access, contents, editing
from digna.learning import authoring_forms as forms
from digna.learning.models import CourseVersion, MediaFile
from digna.learning.services import drafts as services
from digna.programmes import kit_media
from digna.web.forms import Form

BLOCK_WORDS = {
    "text": gettext_lazy("Texto"),
    "media": gettext_lazy("Imagen, audio o video"),
    "checklist": gettext_lazy("Lista para marcar"),
    "quiz": gettext_lazy("Preguntas"),
    "task": gettext_lazy("Tarea"),
    "package": gettext_lazy("Paquete (SCORM, H5P, cmi5)"),
}
QUESTION_WORDS = {
    "one": gettext_lazy("una respuesta correcta"),
    "many": gettext_lazy("varias respuestas correctas"),
    "true_false": gettext_lazy("verdadero o falso"),
    "number": gettext_lazy("un número"),
    "order": gettext_lazy("poner en orden"),
    "match": gettext_lazy("unir parejas"),
}


@door(access.AUTHOR)
def new_course(request: HttpRequest) -> HttpResponse:
    """A new course, blank or as a copy."""
    rows = access.visible_courses(request.user).exclude(current=None)
    form = forms.NewCourseForm(request.POST or None, courses=rows)
    return doing.form_page(
        request,
        form,
        _make,
        title=_("Nuevo curso"),
        action=_("Comenzar a escribir"),
        back=reverse("learning:courses"),
        done=_("Comience por las lecciones."),
        to=lambda made: reverse("learning:edit", args=[made.course.code]),
        template="learning/new_course.html",
    )


def _make(who: actor.Actor, form: Any) -> CourseVersion:
    given = form.given
    copied = given.pop("copy_of")
    if copied is None:
        return services.create_course(actor=who, **given)
    return services.copy_course(
        actor=who, course=copied, code=given["code"], name_es=given["name_es"]
    )


@door(access.AUTHOR)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The outline of the draft; where there is none, a button to begin it."""
    row = access.course(request.user, code)
    if request.method == "POST":
        form = Form(request.POST)
        if form.is_valid():
            act = actor.of_request(request, intention=form.intended)
            services.begin_draft(actor=act, course=row)
        return redirect("learning:edit", code)
    draft = row.versions.filter(state=CourseVersion.State.DRAFT).first()
    context = {
        "course": row,
        "draft": draft,
        "declared": draft.content["course"] if draft is not None else {},
        "form": Form(),
    }
    return render(request, "learning/edit.html", context)


@door(access.AUTHOR)
@require_POST
def rearrange(request: HttpRequest, code: str) -> HttpResponse:
    """Add, move or remove a unit, a lesson, a block or a question."""
    draft = access.draft(request.user, code)
    form = Form(request.POST)
    content = copy.deepcopy(draft.content)
    asked = _Asked(request)
    to = asked.apply(content["course"], code)
    if form.is_valid():
        _save(request, draft, content, form)
    return redirect(to)


class _Asked:
    """What a button of the outline asks for: `what`, on which unit, lesson, block, question."""

    def __init__(self, request: HttpRequest) -> None:
        self.what = request.POST.get("what", "")
        self.name = request.POST.get("name", "").strip()[:200]
        self.kind = request.POST.get("kind", "")
        self.lesson = request.POST.get("lesson", "")
        self.unit, self.at = self._place(request, "unit"), self._place(request, "at")
        self.question = self._place(request, "question")

    @staticmethod
    def _place(request: HttpRequest, name: str) -> int:
        value = request.POST.get(name, "")
        return int(value) if value.isdigit() else -1

    def apply(self, declared: dict[str, Any], code: str) -> str:
        """Change the course; return where to go on."""
        if self.lesson:
            return self._in_lesson(declared, code)
        units = declared["units"]
        if self.what == "add_unit":
            editing.add_unit(declared, self.name or _("Unidad nueva"))
        elif self.what == "add_lesson" and 0 <= self.unit < len(units):
            made = editing.add_lesson(declared, self.unit, self.name or _("Lección nueva"))
            return reverse("learning:edit_lesson", args=[code, made])
        elif 0 <= self.unit < len(units) and self.at >= 0:
            self._shift(units[self.unit]["lessons"], self.at)
        elif self.unit >= 0:
            self._shift(units, self.unit)
        return reverse("learning:edit", args=[code])

    def _in_lesson(self, declared: dict[str, Any], code: str) -> str:
        lesson = editing.lesson_of(declared, self.lesson)
        here = reverse("learning:edit_lesson", args=[code, self.lesson])
        if lesson is None:
            return reverse("learning:edit", args=[code])
        blocks = lesson.setdefault("blocks", [])
        if self.what == "add_block" and self.kind in editing.KINDS:
            at = editing.add_block(declared, lesson, self.kind)
            return reverse("learning:edit_block", args=[code, self.lesson, at])
        if not 0 <= self.at < len(blocks):
            return here
        if self.what == "add_question" and self.kind in editing.QUESTION_KINDS:
            made = editing.add_question(blocks[self.at], self.kind)
            return reverse("learning:edit_question", args=[code, self.lesson, self.at, made])
        if self.question >= 0:
            self._shift(blocks[self.at].get("questions", []), self.question)
            return reverse("learning:edit_block", args=[code, self.lesson, self.at])
        self._shift(blocks, self.at)
        return here

    def _shift(self, rows: list[Any], at: int) -> None:
        if self.what == "up":
            editing.move(rows, at, -1)
        elif self.what == "down":
            editing.move(rows, at, 1)
        elif self.what == "remove":
            editing.remove(rows, at)


@door(access.AUTHOR)
def edit_course(request: HttpRequest, code: str) -> HttpResponse:
    """What the course says of itself."""
    draft = access.draft(request.user, code)
    back = reverse("learning:edit", args=[code])
    return _texts(request, draft, forms.CourseForm, lambda c: c["course"], _("El curso"), back)


@door(access.AUTHOR)
def edit_unit(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """The name of a unit."""
    draft = access.draft(request.user, code)
    if unit >= len(draft.content["course"]["units"]):
        raise _gone()
    back = reverse("learning:edit", args=[code])
    return _texts(
        request, draft, forms.UnitForm, lambda c: c["course"]["units"][unit], _("Unidad"), back
    )


@door(access.AUTHOR)
def lesson_facts(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """Name, goal and minutes of a lesson."""
    draft = access.draft(request.user, code)
    _lesson(draft.content, lesson)
    back = reverse("learning:edit_lesson", args=[code, lesson])
    return _texts(
        request, draft, forms.LessonForm, lambda c: _lesson(c, lesson), _("Lección"), back
    )


@door(access.AUTHOR)
def edit_lesson(request: HttpRequest, code: str, lesson: str) -> HttpResponse:
    """A lesson: its blocks in order, and beside them the telephone that shows it."""
    draft = access.draft(request.user, code)
    context = {
        "course": draft.course,
        "draft": draft,
        "lesson": _lesson(draft.content, lesson),
        "words": BLOCK_WORDS,
        "blocks": [
            (one, BLOCK_WORDS.get(one.get("kind", ""), ""), _told(one, draft))
            for one in _lesson(draft.content, lesson).get("blocks", [])
        ],
        "form": Form(),
    }
    return render(request, "learning/edit_lesson.html", context)


def _told(block: dict[str, Any], draft: CourseVersion) -> str:
    """A line that tells one block from another."""
    if block.get("kind") == "text":
        page = draft.content["pages"].get(f"{block.get('page')}.es", {})
        return str(page.get("title") or block.get("page", ""))
    if block.get("kind") == "quiz":
        return _("%(n)s preguntas") % {"n": len(block.get("questions", []))}
    words = block.get("name") or block.get("text") or {}
    return str(words.get("es", "") or block.get("package", ""))


@door(access.AUTHOR)
def edit_block(request: HttpRequest, code: str, lesson: str, at: int) -> HttpResponse:
    """One block: its texts, its rows, its files."""
    draft = access.draft(request.user, code)
    block = _block(draft.content, lesson, at)
    kind = block["kind"]
    data = request.POST or None
    more = {"files": _files(draft, kind)} if kind in ("text", "media") else {}
    maker = forms.BLOCKS[kind]
    form = maker(data, initial=maker.initial_of(block), **more)
    rows = forms.rows_form(kind, block, data)
    if request.method == "POST" and form.is_valid() and (rows is None or rows.is_valid()):
        content = copy.deepcopy(draft.content)
        changed = _block(content, lesson, at)
        form.put(changed)
        if rows is not None:
            forms.put_rows(kind, changed, rows)
        if _save(request, draft, content, form):
            to = "learning:edit_block" if "stay" in request.POST else "learning:edit_lesson"
            return redirect(to, code, lesson, *([at] if "stay" in request.POST else []))
    context = {
        "course": draft.course,
        "lesson": _lesson(draft.content, lesson),
        "block": block,
        "at": at,
        "title": BLOCK_WORDS[kind],
        "form": form,
        "rows": rows,
        "questions": [
            (one, QUESTION_WORDS.get(one.get("kind", ""), "")) for one in block.get("questions", ())
        ],
        "question_words": QUESTION_WORDS,
        "act_form": Form(),
        "page_languages": [(one, contents.LANGUAGES[one]) for one in ("es", "es_facil", "en")],
    }
    return render(request, "learning/edit_block.html", context, status=422 if form.errors else 200)


@door(access.AUTHOR)
def edit_question(
    request: HttpRequest, code: str, lesson: str, at: int, question: int
) -> HttpResponse:
    """One question with its answers and what is said of them."""
    draft = access.draft(request.user, code)
    told = _question(draft.content, lesson, at, question)
    kind, data = told["kind"], request.POST or None
    form = forms.QuestionForm(data, kind=kind, initial=forms.QuestionForm.initial_of(told))
    rows = forms.rows_form(kind, told, data)
    if request.method == "POST" and form.is_valid() and (rows is None or rows.is_valid()):
        content = copy.deepcopy(draft.content)
        changed = _question(content, lesson, at, question)
        form.put(changed)
        if rows is not None:
            forms.put_rows(kind, changed, rows)
        if _save(request, draft, content, form):
            if "stay" in request.POST:
                return redirect("learning:edit_question", code, lesson, at, question)
            return redirect("learning:edit_block", code, lesson, at)
    context = {
        "course": draft.course,
        "lesson": _lesson(draft.content, lesson),
        "at": at,
        "title": QUESTION_WORDS[kind],
        "form": form,
        "rows": rows,
    }
    return render(
        request, "learning/edit_question.html", context, status=422 if form.errors else 200
    )


def _texts(
    request: HttpRequest,
    draft: CourseVersion,
    maker: Any,
    holder_of: Callable[[dict[str, Any]], dict[str, Any]],
    title: str,
    back: str,
) -> HttpResponse:
    """A page that is one form over one part of the draft."""
    form = maker(request.POST or None, initial=maker.initial_of(holder_of(draft.content)))
    if request.method == "POST" and form.is_valid():
        content = copy.deepcopy(draft.content)
        form.put(holder_of(content))
        if _save(request, draft, content, form):
            return redirect(back)
    context = {"form": form, "title": title, "action": _("Guardar"), "back_url": back}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, draft: CourseVersion, content: dict[str, Any], form: Form) -> bool:
    act = actor.of_request(request, intention=form.intended)
    try:
        services.change_draft(actor=act, version=draft, base=draft.sha256, content=content)
    except Refused as problem:
        form.refuse(problem)
        return False
    messages.success(request, _("Guardado en el borrador."))
    return True


def _gone() -> NotVisible:
    return NotVisible(
        "learning.draft.no_such_part", _("El borrador ya no tiene esa parte. Vuelva al índice.")
    )


def _lesson(content: dict[str, Any], code: str) -> dict[str, Any]:
    found = editing.lesson_of(content["course"], code)
    if found is None:
        raise _gone()
    return found


def _block(content: dict[str, Any], lesson: str, at: int) -> dict[str, Any]:
    blocks = _lesson(content, lesson).get("blocks", [])
    if at >= len(blocks) or blocks[at].get("kind") not in forms.BLOCKS:
        raise _gone()
    found: dict[str, Any] = blocks[at]
    return found


def _question(content: dict[str, Any], lesson: str, at: int, question: int) -> dict[str, Any]:
    questions = _block(content, lesson, at).get("questions", [])
    if question >= len(questions):
        raise _gone()
    found: dict[str, Any] = questions[question]
    return found


def _files(draft: CourseVersion, kind: str) -> list[str]:
    """Names to choose from: recordings for a page, anything for a block of media."""
    names = sorted(draft.content.get("media", {}))
    if kind == "text":
        return [name for name in names if kit_media.kind_of(name) == MediaFile.Kind.AUDIO]
    return names
