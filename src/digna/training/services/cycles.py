"""Cycles: opened, changed, called off; their trainers and the firms that enter."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person, Place
from digna.training.models import BuyerProgramme, Cycle, CycleFirm, CycleTrainer, Module
from digna.training.states import EXITS


@writes("training.cycle.opened")
def open_cycle(
    *,
    actor: Actor,
    module: Module,
    programmes: Collection[Programme],
    mode: str,
    starts_on: date,
    title: str = "",
    ends_on: date | None = None,
    partner: Organisation | None = None,
    place: Place | None = None,
    buyer_programme: BuyerProgramme | None = None,
    independence: str = "",
    trainers: Collection[User] = (),
) -> Cycle:
    """Open a cycle of a module's version, in one or several programmes.

    Raises:
        Refused: `training.cycle.no_programme`, `.dates`, `.mode`, `.module_retired`.
    """
    _refuse_unfit(programmes, starts_on, ends_on)
    _refuse_module(module, mode)
    cycle = record.add(
        Cycle(
            title=title or f"{module.name} · {starts_on.strftime('%d/%m/%Y')}",
            module=module,
            partner=partner,
            mode=mode,
            place=place,
            starts_on=starts_on,
            ends_on=ends_on,
            buyer_programme=buyer_programme,
            independence=independence,
            created_by=actor.user,
        )
    )
    record.link(cycle, "programmes", programmes)
    set_trainers(actor=actor, cycle=cycle, users=list(trainers))
    return cycle


@writes("training.cycle.changed")
def change_cycle(
    *,
    actor: Actor,
    cycle: Cycle,
    programmes: Collection[Programme] | None = None,
    trainers: Collection[User] | None = None,
    **values: Any,
) -> Cycle:
    """Change what a cycle says of itself; its module's version never changes.

    Raises:
        Refused: as `open_cycle`; `training.cycle.module_fixed`.
    """
    if values.get("module", cycle.module) != cycle.module:
        raise Refused(
            "training.cycle.module_fixed",
            _("Un ciclo conserva el módulo y la versión con que se abrió. Abra otro ciclo."),
            field="module",
        )
    kept = list(cycle.programmes.all()) if programmes is None else programmes
    starts, ends = values.get("starts_on", cycle.starts_on), values.get("ends_on", cycle.ends_on)
    _refuse_unfit(kept, starts, ends)
    if values.get("mode", cycle.mode) != cycle.mode:
        _refuse_mode(cycle.module, values["mode"])
    record.change(cycle, **values)
    if programmes is not None:
        record.link(cycle, "programmes", programmes)
    if trainers is not None:
        set_trainers(actor=actor, cycle=cycle, users=list(trainers))
    return cycle


@writes("training.trainers.set")
def set_trainers(
    *, actor: Actor, cycle: Cycle, users: Sequence[User], people: Sequence[Person] = ()
) -> Cycle:
    """Set who delivers a cycle; the first leads. People without an account are kept as given."""
    standing = {row.user_id: row for row in cycle.trainers.exclude(user=None)}
    wanted = {user.pk: user for user in users}
    for key, row in standing.items():
        if key not in wanted:
            record.remove(row)
    for position, (key, user) in enumerate(wanted.items()):
        is_leading = position == 0
        if key in standing:
            record.change(standing[key], is_leading=is_leading)
        else:
            person = Person.objects.living().filter(account=user).first()
            record.add(CycleTrainer(cycle=cycle, user=user, person=person, is_leading=is_leading))
    known = set(cycle.trainers.exclude(person=None).values_list("person_id", flat=True))
    for person in people:
        if person.pk not in known:
            record.add(CycleTrainer(cycle=cycle, person=person))
    return cycle


@writes("training.cycle.cancelled")
def cancel_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Call a cycle off; nothing recorded is lost, and no firm moves on in it.

    Raises:
        Refused: `training.cycle.needs_reason`.
    """
    if not actor.reason.strip():
        raise Refused(
            "training.cycle.needs_reason",
            _("Escriba por qué se cancela; lo leerá quien pregunte después."),
            field="reason",
        )
    return record.change(cycle, is_cancelled=True)


@writes("training.cycle.reinstated")
def reinstate_cycle(*, actor: Actor, cycle: Cycle) -> Cycle:
    """Put a cancelled cycle back."""
    return record.change(cycle, is_cancelled=False)


@writes("training.firm.enrolled")
def enrol_firm(*, actor: Actor, cycle: Cycle, enterprise: Enterprise, on: date) -> CycleFirm:
    """Let a firm into a cycle as interested; what it lacks to be admitted is shown there.

    Raises:
        Refused: `training.firm.twice`, `.full`, `.cycle_cancelled`.
    """
    locked = Cycle.objects.select_for_update().select_related("module").get(pk=cycle.pk)
    inside = list(locked.firms.exclude(state__in=EXITS).values_list("enterprise_id", flat=True))
    if enterprise.pk in inside:
        raise Refused(
            "training.firm.twice",
            _("%(name)s ya está en este ciclo.") % {"name": enterprise},
            field="enterprise",
        )
    if locked.is_cancelled:
        raise Refused(
            "training.firm.cycle_cancelled",
            _("El ciclo está cancelado: rehabilítelo antes de inscribir empresas."),
        )
    if len(inside) >= locked.module.max_firms:
        raise Refused(
            "training.firm.full",
            _("El ciclo ya tiene %(n)s empresas, las que el módulo admite. Abra otro ciclo.")
            % {"n": len(inside)},
            field="enterprise",
        )
    return record.add(
        CycleFirm(
            cycle=locked,
            enterprise=enterprise,
            since=on,
            enrolled_on=on,
            size_band=enterprise.size_band,
        )
    )


def _refuse_unfit(programmes: Collection[Programme], starts_on: date, ends_on: date | None) -> None:
    if not programmes:
        raise Refused(
            "training.cycle.no_programme",
            _("Diga de qué programa es: sin programa no se cuenta en ningún resultado."),
            field="programmes",
        )
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "training.cycle.dates",
            _("El fin (%(end)s) es anterior al inicio (%(start)s). Corrija una de las fechas.")
            % {"end": ends_on.strftime("%d/%m/%Y"), "start": starts_on.strftime("%d/%m/%Y")},
            field="ends_on",
        )


def _refuse_module(module: Module, mode: str) -> None:
    if module.is_retired or not module.is_current:
        raise Refused(
            "training.cycle.module_retired",
            _("«%(name)s» ya no se ofrece en esa versión. Elija el módulo vigente.")
            % {"name": module},
            field="module",
        )
    _refuse_mode(module, mode)


def _refuse_mode(module: Module, mode: str) -> None:
    if mode not in module.delivery_modes:
        raise Refused(
            "training.cycle.mode",
            _("El módulo no se da en esa modalidad. Elija otra o pida una versión que la admita."),
            field="mode",
        )
