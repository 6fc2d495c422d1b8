"""An indicator tried before it is kept: what it would say today, computed by the worker.

A trial is nobody's record: it lies on the shelf for a day, and no journal line tells of it. The
web process writes the question and reads the answer; it never computes.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results import shelf

KIND = "trials"


@dataclass(frozen=True, slots=True)
class Trial:
    """A declaration as it was tried; `answer` is None while the worker has not got to it.

    `problem` is what kept it from being computed, in both languages.
    """

    key: uuid.UUID
    programme_id: int
    declaration: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    problem: Mapping[str, str] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether there is still something to wait for."""
        return self.answer is None and self.problem is None


def ask(programme: Programme, declaration: Mapping[str, Any]) -> Trial:
    """Write down what is to be tried."""
    trial = Trial(uuid.uuid4(), programme.pk, dict(declaration))
    _write(trial)
    return trial


def of(programme: Programme, key: uuid.UUID) -> Trial:
    """Return a trial of a programme that was visible."""
    found = read(key)
    if found is None or found.programme_id != programme.pk:
        raise NotVisible(
            "results.trial.gone", _("Esa prueba ya no está: cambie algo y se hará otra.")
        )
    return found


def read(key: uuid.UUID) -> Trial | None:
    """Return a trial as it stands; None once its day is over."""
    found = shelf.take(KIND, key)
    if found is None:
        return None
    kept = json.loads(found)
    return Trial(
        key, kept["programme_id"], kept["declaration"], kept.get("answer"), kept.get("problem")
    )


def answer(trial: Trial, values: Mapping[str, Any]) -> None:
    """Keep what came out."""
    _write(Trial(trial.key, trial.programme_id, trial.declaration, answer=values))


def fail(trial: Trial, *, es: str, en: str) -> None:
    """Keep why nothing came out."""
    _write(Trial(trial.key, trial.programme_id, trial.declaration, problem={"es": es, "en": en}))


def _write(trial: Trial) -> None:
    kept = {
        "programme_id": trial.programme_id,
        "declaration": dict(trial.declaration),
        "answer": trial.answer,
        "problem": trial.problem,
    }
    shelf.put(KIND, trial.key, json.dumps(kept, default=str).encode())
