"""What a course holds: units of lessons, lessons of blocks; texts in every language they have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

Text = Mapping[str, str]
"""A wording by language: ``es`` always; ``en``, ``es_facil``, ``qu`` and ``ay`` where there are."""

LANGUAGES = ("es", "es_facil", "en", "qu", "ay")
"""In the order in which they are offered; ``es_facil`` is Spanish for people who read little."""


def said(text: Text, language: str) -> str:
    """The wording in ``language``, else in Spanish, else ``""``.

    >>> said({"es": "Orden", "en": "Order"}, "en"), said({"es": "Orden"}, "qu"), said({}, "es")
    ('Order', 'Orden', '')
    """
    return text.get(language) or text.get("es", "")


@dataclass(frozen=True, slots=True)
class Item:
    """A line to tick: of a checklist, or a criterion by which a task is reviewed."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question; ``says`` is what the person reads who chose it."""

    code: str
    text: Text
    is_right: bool = False
    says: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together in a question of pairs."""

    code: str
    left: Text
    right: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a quiz.

    ``kind`` is ``one``, ``many``, ``true_false``, ``number``, ``order`` or ``match``. ``options``
    serve the first two and ``order`` (there in the right order); ``is_true`` serves
    ``true_false``; ``number`` ± ``tolerance`` in ``unit`` serves ``number``.
    """

    code: str
    kind: str
    asks: Text
    options: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    is_true: bool | None = None
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: Text = field(default_factory=dict)
    right: Text = field(default_factory=dict)
    wrong: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of Markdown (its name, without language) and its recordings by language."""

    kind: ClassVar[str] = "text"
    page: str
    audio: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things to tick off for oneself; nothing hangs on it."""

    kind: ClassVar[str] = "checklist"
    code: str
    name: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions with feedback; the best of all attempts counts."""

    kind: ClassVar[str] = "quiz"
    code: str
    questions: tuple[Question, ...]
    name: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do in the own workshop, shown in words and photographs, reviewed by somebody."""

    kind: ClassVar[str] = "task"
    code: str
    name: Text
    asks: Text
    photo: str
    criteria: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A package made elsewhere (SCORM, H5P, cmi5), by its key."""

    kind: ClassVar[str] = "package"
    package: str
    name: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Media:
    """An image, a recording or a video, by language, and the text that stands for it."""

    kind: ClassVar[str] = "media"
    file: Text
    text: Text


Block = Reading | Checklist | Quiz | Task | Package | Media


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sitting of a few minutes."""

    code: str
    name: Text
    goal: Text
    minutes: int
    blocks: tuple[Block, ...]

    def quizzes(self) -> tuple[Quiz, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Quiz))

    def tasks(self) -> tuple[Task, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Task))

    def checklists(self) -> tuple[Checklist, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Checklist))

    def packages(self) -> tuple[Package, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Package))


@dataclass(frozen=True, slots=True)
class Unit:
    """Lessons that belong together; a blended course meets once per unit."""

    code: str
    name: Text
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Passing:
    """What passing asks for: shares in 0–1, and tasks ``accepted``, ``handed_in`` or ``none``."""

    lessons: Decimal = Decimal(1)
    quizzes: Decimal = Decimal("0.6")
    tasks: str = "accepted"


@dataclass(frozen=True, slots=True)
class Course:
    """A course as declared. ``hours`` is what its certificate says; None is «not said»."""

    code: str
    version: str
    name: Text
    about: Text
    audience: Text
    mode: str
    units: tuple[Unit, ...]
    passing: Passing = field(default_factory=Passing)
    module: str = ""
    hours: Decimal | None = None

    def lessons(self) -> Iterator[Lesson]:
        """Every lesson, in order."""
        for unit in self.units:
            yield from unit.lessons

    def lesson(self, code: str) -> Lesson | None:
        """The lesson of that code, if there is one."""
        return next((lesson for lesson in self.lessons() if lesson.code == code), None)

    def minutes(self) -> int:
        """What all lessons are said to take."""
        return sum(lesson.minutes for lesson in self.lessons())
