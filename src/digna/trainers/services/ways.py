"""Trainers and their ways: enlisted, begun, climbed, renewed, taken away, stopped and back."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from digna.accounts.models import User
from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Organisation, Person
from digna.trainers import access, ladder, selectors, telling
from digna.trainers.models import Rung, Step, Trainer, Way
from digna.training.models import Module


@writes("trainers.trainer.enlisted")
def enlist(
    *,
    actor: Actor,
    person: Person,
    partner: Organisation | None = None,
    user: User | None = None,
    languages: str = "",
    since: date | None = None,
) -> Trainer:
    """Enlist a person of the register as a trainer; who is one already is returned.

    Their account, where none is given, is the one their record in the register names.
    """
    standing = Trainer.objects.filter(person=person).first()
    if standing is not None:
        return standing
    return record.add(
        Trainer(
            person=person,
            partner=partner,
            user=user or person.account,
            languages=languages,
            since=since or timezone.localdate(actor.at),
            created_by=actor.user,
        )
    )


@writes("trainers.trainer.corrected")
def correct(*, actor: Actor, trainer: Trainer, **values: Any) -> Trainer:
    """Correct partner, account or languages."""
    return record.change(trainer, **values)


@writes("trainers.way.begun")
def begin_way(*, actor: Actor, trainer: Trainer, module_code: str, on: date | None = None) -> Way:
    """Begin the ladder of a module, at its first rung.

    Raises:
        Refused: `trainers.no_such_module`, `trainers.has_stopped`.
    """
    if not Module.objects.filter(code=module_code).exists():
        raise Refused(
            "trainers.no_such_module",
            _("No hay un módulo «%(code)s» en el catálogo. Elija uno de la lista.")
            % {"code": module_code},
            field="module_code",
        )
    _refuse_stopped(trainer)
    standing = Way.objects.filter(trainer=trainer, module_code=module_code).first()
    if standing is not None:
        return standing
    day = on or timezone.localdate(actor.at)
    return record.add(Way(trainer=trainer, module_code=module_code, since=day))


def _refuse_stopped(trainer: Trainer) -> None:
    if trainer.stopped_on is not None:
        raise Refused(
            "trainers.has_stopped",
            _("%(name)s dejó de formar el %(on)s. Anote primero que volvió.")
            % {"name": trainer, "on": trainer.stopped_on.strftime("%d/%m/%Y")},
        )


@writes("trainers.way.climbed")
def climb(*, actor: Actor, way: Way, on: date | None = None, reason: str = "") -> Way:
    """Let a trainer climb one rung: the evidence is there and an expert says so.

    Reaching «certified» issues the certificate, valid for as long as the rule says.

    Raises:
        NotAllowed: `trainers.not_yours_to_sign`.
        Refused: `trainers.at_the_top`, `trainers.lacks` (what is missing, by name),
            `trainers.has_stopped`, `trainers.step_before_last`.
    """
    _refuse_stopped(way.trainer)
    _refuse_unsigned(actor, way)
    above = ladder.next_rung(way.rung)
    if above is None:
        raise Refused("trainers.at_the_top", _("Ya es experta/o: no hay escalón más arriba."))
    lacks = ladder.lacks(way.rung, selectors.portfolio(way), selectors.rule_of(way.module_code))
    if lacks:
        raise Refused(
            "trainers.lacks",
            _("Para «%(rung)s» falta: %(what)s.")
            % {"rung": Rung(above).label, "what": "; ".join(telling.lack(one) for one in lacks)},
        )
    day = _day(actor, way, on)
    before = way.rung
    record.change(way, rung=above, since=day)
    record.add(Step(way=way, before=before, after=above, on=day, by=actor.user, reason=reason))
    if above in (Rung.CERTIFIED, Rung.EXPERT):
        _certify(actor, way, day)
    return way


def _day(actor: Actor, way: Way, on: date | None) -> date:
    day = on or timezone.localdate(actor.at)
    if day < way.since:
        raise Refused(
            "trainers.step_before_last",
            _("El escalón anterior es del %(since)s: la fecha no puede ser anterior.")
            % {"since": way.since.strftime("%d/%m/%Y")},
            field="on",
        )
    return day


def _refuse_unsigned(actor: Actor, way: Way) -> None:
    """The system (demo, import) acts with no user; a person must be an expert of the module."""
    if actor.user is not None:
        access.refuse_unsigned(actor.user, way)


def _certify(actor: Actor, way: Way, day: date) -> None:
    rule = selectors.rule_of(way.module_code)
    until = ladder.months_after(day, rule.valid_months)
    if way.certificate is not None and way.certificate.revoked_at is None:
        reason = _("Reemplazado por el de «%(rung)s»") % {"rung": Rung(way.rung).label}
        certificates.revoke(actor=actor, certificate=way.certificate, reason=reason)
    module = selectors.module_named(way.module_code)
    with override("en"):
        level_en = str(Rung(way.rung).label)
    row = certificates.issue(
        actor=actor,
        kind=Certificate.Kind.TRAINER,
        person=way.trainer.person,
        title_es=module.name_es,
        title_en=module.name_en,
        detail_en=f"Trainer, level: {level_en}",
        level=str(Rung(way.rung).label),
        issued_on=day,
        valid_until=until,
        partner=way.trainer.partner,
        signed_by="" if actor.user is None else actor.user.name,
        reference=way.public_id,
    )
    record.change(
        way,
        certified_on=way.certified_on or day,
        valid_until=until,
        certifier=actor.user,
        certificate=row,
    )


@writes("trainers.way.renewed")
def renew(*, actor: Actor, way: Way, on: date | None = None) -> Way:
    """Renew a certificate for another term: the trainer is certified and delivers.

    Raises:
        NotAllowed: `trainers.not_yours_to_sign`.
        Refused: `trainers.not_certified`, `trainers.not_active`, `trainers.has_stopped`.
    """
    _refuse_stopped(way.trainer)
    _refuse_unsigned(actor, way)
    if way.rung not in (Rung.CERTIFIED, Rung.EXPERT):
        raise Refused("trainers.not_certified", _("Todavía no hay certificado que renovar."))
    day = on or timezone.localdate(actor.at)
    rule = selectors.rule_of(way.module_code)
    if not ladder.is_active(selectors.deliveries(way), rule, day):
        raise Refused(
            "trainers.not_active",
            _("No dictó ningún ciclo de este módulo en %(months)s meses: dicte uno y renueve.")
            % {"months": rule.active_months},
        )
    _certify(actor, way, day)
    told = _("renovado")
    record.add(Step(way=way, before=way.rung, after=way.rung, on=day, by=actor.user, reason=told))
    return way


@writes("trainers.way.stepped_down")
def step_down(*, actor: Actor, way: Way, reason: str, on: date | None = None) -> Way:
    """Take a trainer one rung down, with a reason; a certificate is revoked with it.

    Raises:
        NotAllowed: `trainers.not_yours_to_sign`.
        Refused: `trainers.at_the_bottom`, `trainers.needs_reason`.
    """
    _refuse_unsigned(actor, way)
    _refuse_without(reason)
    at = ladder.RUNGS.index(way.rung)
    if at == 0:
        raise Refused("trainers.at_the_bottom", _("Está en el primer escalón."))
    day, before, after = on or timezone.localdate(actor.at), way.rung, ladder.RUNGS[at - 1]
    record.change(way, rung=after, since=day)
    record.add(Step(way=way, before=before, after=after, on=day, by=actor.user, reason=reason))
    if way.certificate is not None and way.certificate.revoked_at is None:
        certificates.revoke(actor=actor, certificate=way.certificate, reason=reason)
    if after == Rung.CERTIFIED:
        _certify(actor, way, day)
    elif before == Rung.CERTIFIED:
        record.change(way, valid_until=None, certificate=None, certified_on=None, certifier=None)
    return way


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise Refused(
            "trainers.needs_reason",
            _("Escriba el motivo: quedará en su historia."),
            field="reason",
        )


@writes("trainers.trainer.stopped")
def stop(*, actor: Actor, trainer: Trainer, reason: str, note: str = "", on: date) -> Trainer:
    """Note that somebody no longer trains, and why: attrition is counted with its reasons.

    Raises:
        Refused: `trainers.stopped_before_start`, `trainers.needs_reason`.
    """
    _refuse_without(reason)
    if on < trainer.since:
        raise Refused(
            "trainers.stopped_before_start",
            _("Forma desde el %(since)s: no pudo dejarlo antes.")
            % {"since": trainer.since.strftime("%d/%m/%Y")},
            field="on",
        )
    return record.change(trainer, stopped_on=on, stopped_reason=reason, stopped_note=note)


@writes("trainers.trainer.returned")
def come_back(*, actor: Actor, trainer: Trainer) -> Trainer:
    """Note that somebody trains again; their rungs are as they left them."""
    return record.change(trainer, stopped_on=None, stopped_reason="", stopped_note="")
