"""The only way from a programme that was visible to its chains and their parts."""

from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.results.models import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    ChainEvidence,
    ChainVersion,
    ResultsChain,
)

Part = TypeVar("Part", ChainBox, ChainArrow)


def chain(programme: Programme, key: UUID) -> ResultsChain:
    """Return one chain of a programme."""
    row = (
        ResultsChain.objects.select_related("area", "study")
        .filter(programme=programme, public_id=key)
        .first()
    )
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal cadena en este programa."))
    row.programme = programme
    return row


def box(chain: ResultsChain, key: UUID) -> ChainBox:
    """Return a box that stands in a chain."""
    row = ChainBox.objects.standing().filter(chain=chain, public_id=key).first()
    return _found(row, chain)


def arrow(chain: ResultsChain, key: UUID) -> ChainArrow:
    """Return an arrow that stands in a chain."""
    rows = ChainArrow.objects.standing().filter(chain=chain, public_id=key)
    return _found(rows.select_related("source", "target").first(), chain)


def part(chain: ResultsChain, key: UUID) -> ChainBox | ChainArrow:
    """Return a box or an arrow of a chain, whether it stands or was taken out."""
    found = ChainBox.objects.filter(chain=chain, public_id=key).first()
    if found is not None:
        return _found(found, chain)
    arrows = ChainArrow.objects.filter(chain=chain, public_id=key)
    return _found(arrows.select_related("source", "target").first(), chain)


def assumption(part: ChainBox | ChainArrow, key: int) -> ChainAssumption:
    """Return an assumption of a part."""
    row = part.chainassumptions.filter(pk=key).first()
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal supuesto en esta cadena."))
    return row


def evidence(part: ChainBox | ChainArrow, key: int) -> ChainEvidence:
    """Return an evidence of a part."""
    row = part.chainevidences.filter(pk=key).first()
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal evidencia en esta cadena."))
    return row


def version(chain: ResultsChain, number: int) -> ChainVersion:
    """Return a saved version of a chain."""
    row = chain.versions.filter(number=number).first()
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal versión de esta cadena."))
    return row


def _found(row: Part | None, chain: ResultsChain) -> Part:
    if row is None:
        raise NotVisible("results.not_visible", _("No hay tal parte en esta cadena."))
    row.chain = chain
    return row
