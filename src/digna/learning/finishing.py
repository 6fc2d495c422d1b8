"""What happens elsewhere when somebody finishes a course: rooms above add what they do with it."""

from collections.abc import Callable

from digna.journal.actor import Actor
from digna.learning.models import Enrolment

COURSE_FINISHED: list[Callable[[Actor, Enrolment], None]] = []
"""Called within the same journal line, once for each enrolment that is finished."""
