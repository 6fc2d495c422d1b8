"""What waits in this room for somebody today, in a line each."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from digna.accounts import rights
from digna.pathways import access
from digna.pathways.models import FactProposal, StepReport
from digna.pathways.selectors import checklist, following


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to be done: what, where."""

    what: str
    url: str
    icon: str


def of(user: object, on: date) -> list[Waiting]:
    """Return papers about to lapse, for who works with firms; what the lead has to decide."""
    found = []
    if rights.may(user, access.COACH):
        soon = on + timedelta(days=checklist.SOON)
        papers = following.standing_turns(access.visible_progress(user, access.COACH))
        count = papers.filter(expires_on__lte=soon).count()
        told = ngettext(
            "%(n)s papel de empresas venció o vence pronto",
            "%(n)s papeles de empresas vencieron o vencen pronto",
            count,
        )
        found.append((count, told, "pathways:lapsing", "clock"))
    if rights.may(user, access.APPROVE):
        found += _to_decide()
    return [Waiting(told % {"n": n}, reverse(name), icon) for n, told, name, icon in found if n]


def _to_decide() -> list[tuple[int, str, str, str]]:
    """How many reports and official facts wait for the lead."""
    reports = StepReport.objects.filter(state=StepReport.State.NEW).count()
    facts = FactProposal.objects.filter(state=FactProposal.State.OPEN).count()
    sent = ngettext(
        "%(n)s error reportado en un paso", "%(n)s errores reportados en pasos", reports
    )
    read = ngettext("%(n)s dato oficial por revisar", "%(n)s datos oficiales por revisar", facts)
    return [
        (reports, sent, "pathways:reports", "flag"),
        (facts, read, "pathways:official", "upload"),
    ]
