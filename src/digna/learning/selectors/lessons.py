"""A lesson as one page: every block shaped for its template, in one language, for one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from digna.learning import contents, players, reading
from digna.learning.models import (
    ChecklistMark,
    CourseVersion,
    Enrolment,
    LessonProgress,
    MediaFile,
    PackageResult,
    QuizAttempt,
    TaskPhoto,
    TaskSubmission,
)
from digna.learning.selectors import asking
from digna_engines import courses
from digna_engines.courses import said


@dataclass(frozen=True, slots=True)
class TextView:
    """A page: its HTML, where its recording is, and what language it is really in."""

    html: SafeString
    title: str
    audio: MediaFile | None
    voice: str
    is_other_language: bool
    number: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A checklist with what this person ticked."""

    code: str
    name: str
    items: list[tuple[str, str, bool]]
    kind: str = "checklist"

    @property
    def done_count(self) -> int:
        return sum(is_done for _code, _text, is_done in self.items)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task, what this person handed in, and what was said of it."""

    code: str
    name: str
    asks: str
    photo: str
    criteria: list[tuple[str, str]]
    submissions: list[TaskSubmission]
    photos: list[TaskPhoto]
    state: str
    kind: str = "task"

    @property
    def latest(self) -> TaskSubmission | None:
        return self.submissions[-1] if self.submissions else None


@dataclass(frozen=True, slots=True)
class MediaView:
    """A picture, a recording or a video, with the words that stand for it."""

    file: MediaFile | None
    text: str
    kind: str = "media"


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package made elsewhere: where it is played, and what it reported."""

    title: str
    url: str
    result: PackageResult | None
    kind: str = "package"


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson and its neighbours."""

    code: str
    name: str
    goal: str
    minutes: int
    unit: str
    number: int
    total: int
    blocks: list[Any]
    is_finished: bool
    previous: str
    following: str
    following_name: str
    language: str
    languages: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Work:
    """What one person did in one lesson."""

    ticked: frozenset[tuple[str, str]] = frozenset()
    attempts: Mapping[str, QuizAttempt] = field(default_factory=dict)
    submissions: Sequence[TaskSubmission] = ()
    packages: Mapping[str, PackageResult] = field(default_factory=dict)
    is_finished: bool = False


def files_of(version: CourseVersion) -> dict[str, MediaFile]:
    """Return the files of a version by name, in one read."""
    wanted = version.media
    rows = MediaFile.objects.filter(course=version.course_id, name__in=list(wanted))
    return {row.name: row for row in rows if row.sha256 == wanted[row.name]}


def lesson_page(
    version: CourseVersion, code: str, language: str, enrolment: Enrolment | None = None
) -> LessonPage | None:
    """Return a lesson in a language, with the work of a person where there is one."""
    course = version.course_read
    lessons = list(course.lessons())
    at = next((n for n, lesson in enumerate(lessons) if lesson.code == code), None)
    if at is None:
        return None
    lesson = lessons[at]
    work = _work_of(enrolment, code) if enrolment is not None else _Work()
    maker = _Maker(version, language, files_of(version), work, enrolment)
    following = lessons[at + 1] if at + 1 < len(lessons) else None
    return LessonPage(
        code=code,
        name=said(lesson.name, language),
        goal=said(lesson.goal, language),
        minutes=lesson.minutes,
        unit=next(said(u.name, language) for u in course.units if lesson in u.lessons),
        number=at + 1,
        total=len(lessons),
        blocks=[maker.block(block, number) for number, block in enumerate(lesson.blocks, 1)],
        is_finished=work.is_finished,
        previous=lessons[at - 1].code if at else "",
        following=following.code if following is not None else "",
        following_name=said(following.name, language) if following is not None else "",
        language=language,
        languages=[(one, contents.LANGUAGES[one]) for one in contents.languages_of(version)],
    )


def _work_of(enrolment: Enrolment, code: str) -> _Work:
    of_lesson = {"enrolment": enrolment, "lesson_code": code}
    marks = ChecklistMark.objects.filter(**of_lesson, is_done=True)
    packages = PackageResult.objects.filter(**of_lesson)
    return _Work(
        ticked=frozenset(marks.values_list("checklist_code", "item_code")),
        # in order of time: the latest of each quiz is what the page shows
        attempts={row.quiz_code: row for row in QuizAttempt.objects.filter(**of_lesson)},
        submissions=list(TaskSubmission.objects.filter(**of_lesson).prefetch_related("photos")),
        packages={row.package: row for row in packages},
        is_finished=LessonProgress.objects.filter(**of_lesson).exists(),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Shapes blocks: what they all need, said once."""

    version: CourseVersion
    language: str
    files: Mapping[str, MediaFile]
    work: _Work
    enrolment: Enrolment | None

    def block(self, block: courses.Block, number: int) -> Any:
        if isinstance(block, courses.Reading):
            return self._text(block, number)
        if isinstance(block, courses.Checklist):
            return self._checklist(block)
        if isinstance(block, courses.Quiz):
            seed = str(self.enrolment.pk) if self.enrolment is not None else ""
            return asking.quiz_view(block, self.language, seed, self.work.attempts.get(block.code))
        if isinstance(block, courses.Task):
            return self._task(block)
        if isinstance(block, courses.Media):
            file = self.files.get(said(block.file, self.language))
            return MediaView(file, said(block.text, self.language))
        return self._package(block)

    def _text(self, block: courses.Reading, number: int) -> TextView:
        page, language = contents.page_in(self.version, block.page, self.language)
        return TextView(
            html=reading.html_of(str(page.get("body", "")), self._address_of),
            title=str(page.get("title", "")),
            # a recording of other words than those on screen would only confuse
            audio=self.files.get(block.audio.get(language, "")),
            voice=contents.VOICES[language],
            is_other_language=language != self.language,
            number=number,
        )

    def _address_of(self, name: str) -> str:
        file = self.files.get(name)
        return file.get_absolute_url() if file is not None else ""

    def _checklist(self, block: courses.Checklist) -> ChecklistView:
        items = [
            (item.code, said(item.text, self.language),
             (block.code, item.code) in self.work.ticked)
            for item in block.items
        ]  # fmt: skip
        return ChecklistView(block.code, said(block.name, self.language), items)

    def _task(self, block: courses.Task) -> TaskView:
        mine = [row for row in self.work.submissions if row.task_code == block.code]
        accepted = any(row.state == TaskSubmission.State.ACCEPTED for row in mine)
        state = mine[-1].state if mine else ""
        return TaskView(
            code=block.code,
            name=said(block.name, self.language),
            asks=said(block.asks, self.language),
            photo=block.photo,
            criteria=[(one.code, said(one.text, self.language)) for one in block.criteria],
            submissions=mine,
            photos=list(mine[-1].photos.all()) if mine else [],
            state=str(TaskSubmission.State.ACCEPTED) if accepted else state,
        )

    def _package(self, block: courses.Package) -> PackageView:
        url = players.address_of(block.package, self.enrolment) if self.enrolment else ""
        title = said(block.name, self.language)
        return PackageView(title, url, self.work.packages.get(block.package))
