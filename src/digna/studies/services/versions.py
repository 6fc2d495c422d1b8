"""Frozen versions: a study as it stood, whole, with its hash."""

import hashlib
import json

from django.utils import translation
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies import assessment_tables
from digna.studies.models.assessments import Study, Version


@writes("studies.version.frozen")
def freeze(*, actor: Actor, study: Study, note: str) -> Version:
    """Keep everything a study says today. The study goes on; the version never changes.

    Raises:
        Refused: `studies.version.same` (nothing changed since the last one).
    """
    with translation.override("es-bo"):
        document = sealing.plain(assessment_tables.document(study))
    digest = hash_of(document)
    last = study.versions.first()
    if last is not None and last.sha256 == digest:
        raise Refused(
            "studies.version.same",
            _("Nada cambió desde la versión %(number)s: no hace falta otra.")
            % {"number": last.number},
        )
    return record.add(
        Version(
            study=study,
            number=(last.number if last else 0) + 1,
            note=note,
            frozen_at=actor.at,
            frozen_by=actor.user,
            document=document,
            sha256=digest,
        )
    )


def hash_of(document: object) -> str:
    """Return the hash that a frozen document must still have."""
    told = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
