"""An indicator tried before it is kept: what it would say today, computed by the worker.

A trial is nobody's record: it lives in a file for a day, beside the fact store, and no journal
line tells of it. The web process writes the question and reads the answer; it never computes.
"""

import json
import os
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.programmes.models import Programme

DAY = 24 * 60 * 60


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
    """Write down what is to be tried; those of yesterday go."""
    _sweep()
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
    try:
        kept = json.loads(_path(key).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
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
    path = _path(trial.key)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(kept, default=str), encoding="utf-8")
    os.replace(unfinished, path)


def _sweep() -> None:
    for path in _folder().glob("*"):
        if time.time() - path.stat().st_mtime > DAY:
            path.unlink(missing_ok=True)


def _path(key: uuid.UUID) -> Path:
    return _folder() / f"{key}.json"


def _folder() -> Path:
    folder = Path(settings.FACT_STORE) / "trials"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
