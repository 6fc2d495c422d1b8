"""The self-check against a standard: what a person says over the data, and assessments kept."""

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.models import StandardAnswer, StandardAssessment
from digna.results.selectors import self_check as shown


@writes("results.standard_answer.given")
def answer_point(
    *,
    actor: Actor,
    programme: Programme,
    point: str,
    verdict: str,
    reason: str,
    evidence: str = "",
    link: str = "",
) -> StandardAnswer:
    """Say of one control point what the data cannot say, and why.

    Raises:
        Refused: `results.standard.no_reason`, `results.standard.no_evidence` (a yes or a partly
            without what it rests on).
    """
    if not reason.strip():
        raise Refused(
            "results.standard.no_reason",
            _("Escriba por qué: quien audite leerá el motivo junto al veredicto."),
            field="reason",
        )
    if verdict in {"yes", "partly"} and not (evidence.strip() or link):
        raise Refused(
            "results.standard.no_evidence",
            _("Diga en qué se apoya: un documento, una fecha, un enlace."),
            field="evidence",
        )
    values = {
        "verdict": verdict,
        "reason": reason.strip(),
        "evidence": evidence.strip(),
        "link": link,
        "at": actor.at,
        "by": actor.user,
    }
    standing = StandardAnswer.objects.filter(programme=programme, point=point).first()
    if standing is None:
        return record.add(StandardAnswer(programme=programme, point=point, **values))
    return record.change(standing, **values)


@writes("results.standard_answer.withdrawn")
def withdraw_answer(*, actor: Actor, answer: StandardAnswer) -> None:
    """Let the data speak again; the journal keeps what the person had said."""
    record.remove(answer)


@writes("results.standard_assessment.saved")
def save_assessment(
    *,
    actor: Actor,
    programme: Programme,
    note: str = "",
) -> StandardAssessment:
    """Keep the self-check as it is now, to be held against later ones.

    Raises:
        Refused: `results.standard.no_points` (no kit brings the checklist).
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    rows = shown.point_rows(programme, timezone.localdate(actor.at))
    if not rows:
        raise Refused(
            "results.standard.no_points",
            _("Ningún kit instalado trae los puntos de control. Cargue el kit «measurement»."),
        )
    told = shown.added(rows).whole
    last = StandardAssessment.objects.filter(programme=programme).first()
    return record.add(
        StandardAssessment(
            programme=programme,
            number=1 if last is None else last.number + 1,
            note=note,
            at=actor.at,
            by=actor.user,
            earned=shown.exact(told.earned),
            applicable=shown.exact(told.applicable),
            document=shown.document_of(rows),
        )
    )
