"""A trainer's report: her firms and where they stand, what to chase, what changed, her own way."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.registry.models import Organisation
from digna.reports import firm_outcomes, outcome_section
from digna.reports.body import Body
from digna.reports.notes import Counter, Notes, What
from digna.reports.paper import Block, Cards, Column, Note, Row, Section, Table
from digna.reports.quarters import Stretch
from digna.trainers import selectors as ladders
from digna.trainers import telling
from digna.trainers.models import Trainer
from digna.training import lacks, states
from digna.training.models import Cycle, CycleFirm, Visit, Workshop, WorkshopAttendance
from digna.training.selectors import lists
from digna.web import days


def body(
    trainer: User, partner: Organisation | None, stretch: Stretch, is_synthetic: bool, today: date
) -> Body:
    """Return the report of one trainer over some days; what is to be chased is of today.

    With a partner it holds the cycles of that partner alone: what its coordinator may see.
    """
    notes = Notes()
    counter = Counter(notes, stretch.key)
    cycles = _cycles(trainer, partner, stretch)
    firms = list(
        CycleFirm.objects.filter(cycle__in=[one.pk for one in cycles])
        .select_related("enterprise__place", "cycle__module")
        .order_by("enterprise__name", "pk")
    )
    sections = (
        _activity(counter, trainer, partner, stretch, cycles),
        _firms(counter, cycles, firms),
        _chase(counter, trainer, partner, today),
        outcome_section.section(
            counter, firm_outcomes.of({one.enterprise_id for one in firms}, stretch.ends_on)
        ),
        _ladder(trainer, min(today, stretch.ends_on)),
    )
    return Body(
        title=_("Informe de %(name)s") % {"name": trainer.name},
        subtitle=_("Sus empresas, sus visitas y lo que falta perseguir"),
        programme="",
        period=period_words(stretch),
        is_synthetic=is_synthetic,
        as_of=days.day(today),
        facts=(
            (_("Formador/a"), trainer.name),
            (_("Período"), period_words(stretch)),
            *([(_("Solo los ciclos de"), str(partner))] if partner is not None else []),
        ),
        sections=sections,
        definitions=notes.definitions,
        sources=(_("Registros de formación, visitas y mediciones de Digna"),),
    )


def period_words(stretch: Stretch) -> str:
    """Return «2021-T3 (01/07/2021 – 30/09/2021)»."""
    return f"{stretch.key} ({days.day(stretch.starts_on)} – {days.day(stretch.ends_on)})"


def _cycles(trainer: User, partner: Organisation | None, stretch: Stretch) -> list[Cycle]:
    running = Q(ends_on=None) | Q(ends_on__gte=stretch.starts_on)
    rows = Cycle.objects.filter(
        running, trainers__user=trainer, is_cancelled=False, starts_on__lte=stretch.ends_on
    )
    if partner is not None:
        rows = rows.filter(partner=partner)
    return list(rows.select_related("module", "partner").distinct().order_by("starts_on", "pk"))


def _activity(
    counter: Counter,
    trainer: User,
    partner: Organisation | None,
    stretch: Stretch,
    cycles: Sequence[Cycle],
) -> Section:
    inside = (stretch.starts_on, stretch.ends_on)
    made = Visit.objects.filter(trainer=trainer, on__range=inside)
    visits = list(made if partner is None else made.filter(firm__cycle__partner=partner))
    workshops = Workshop.objects.filter(
        cycle__in=[one.pk for one in cycles], is_cancelled=False, starts_at__date__range=inside
    )
    present = WorkshopAttendance.objects.filter(workshop__in=workshops, is_present=True)
    known = [visit.minutes for visit in visits if visit.minutes is not None]
    source, url = _("Formación"), reverse("training:overview")
    cards = (
        counter.count(What(
            "cycles_running", _("Ciclos en marcha"),
            _("Ciclos que esta persona dicta, no cancelados, con al menos un día en el período."),
            source, _("ciclos"), url,
        ), len(cycles)),
        counter.count(What(
            "visits_made", _("Visitas hechas"),
            _("Visitas a empresas que esta persona registró como suyas, por su fecha."),
            source, _("visitas"), url,
        ), len(visits)),
        counter.count(What(
            "visit_minutes", _("Minutos en visitas"),
            _("Suma de los minutos de las visitas que los dicen; las demás no cuentan como cero."),
            source, _("minutos"), url,
        ), sum(known) if known else None, n=len(known), of=len(visits)),
        counter.count(What(
            "workshops_held", _("Talleres dados"),
            _("Talleres no cancelados de sus ciclos, por el día en que empezaron."),
            source, _("talleres"), url,
        ), workshops.count()),
        counter.count(What(
            "people_in_workshops", _("Personas en talleres"),
            _("Personas distintas marcadas presentes; cada una cuenta una vez."),
            source, _("personas"), url,
        ), present.values("person").distinct().count()),
        counter.count(What(
            "attendances_in_workshops", _("Asistencias a talleres"),
            _("Asistencias marcadas presentes; una persona en dos talleres son dos."),
            source, _("asistencias"), url,
        ), present.count()),
    )  # fmt: skip
    return Section("activity", _("Qué hizo en el período"), (Cards(cards),))


def _firms(counter: Counter, cycles: Sequence[Cycle], firms: Sequence[CycleFirm]) -> Section:
    unique = {one.enterprise_id for one in firms}
    standing = [one for one in firms if one.state not in states.EXITS]
    source, url = _("Formación"), reverse("training:overview")
    cards = (
        counter.count(What(
            "firms", _("Empresas"),
            _("Empresas distintas inscritas en sus ciclos del período; cada una cuenta una vez."),
            source, _("empresas"), url,
        ), len(unique)),
        counter.share(What(
            "firms_still_in", _("Siguen en su ciclo o lo terminaron"),
            _("Inscripciones de empresa en un ciclo que no se dejaron, de todas ellas."),
            source, _("inscripciones"), url,
        ), len(standing), len(firms)),
        counter.share(What(
            "firms_with_endline", _("Con línea final"),
            _("Inscripciones con línea final hecha, de todas ellas."),
            source, _("inscripciones"), url,
        ), sum(one.endline_on is not None for one in firms), len(firms)),
        counter.share(What(
            "firms_certified", _("Con certificado"),
            _("Inscripciones con certificado emitido, de todas ellas."),
            source, _("inscripciones"), url,
        ), sum(one.certificate_on is not None for one in firms), len(firms)),
    )  # fmt: skip
    blocks: list[Block] = [Cards(cards)]
    if firms:
        blocks.append(_firm_table(firms))
    elif not cycles:
        blocks.append(Note(_("No hay ciclos suyos en estos días.")))
    return Section("firms", _("Sus empresas"), tuple(blocks))


def _firm_table(firms: Sequence[CycleFirm]) -> Table:
    return Table(
        _("Dónde está cada empresa"),
        (
            Column(_("Empresa")), Column(_("Ciclo")), Column(_("Estado")), Column(_("Desde")),
            Column(_("Próxima visita")),
        ),
        tuple(
            Row(
                one.enterprise.name,
                (
                    one.cycle.title, lacks.state_word(one.state), days.day(one.since),
                    days.day(one.next_visit_on) if one.next_visit_on is not None else "—",
                ),
            )
            for one in firms
        ),
    )  # fmt: skip


def _chase(counter: Counter, trainer: User, partner: Organisation | None, today: date) -> Section:
    every = lists.chase(trainer, today, mine=True)
    found = [one for one in every if partner is None or one.firm.cycle.partner_id == partner.pk]
    what = What(
        "to_chase", _("Por perseguir"),
        _("Pasos atrasados de sus empresas, contados hoy: línea base, visita, línea final, visita "
          "al año o más de treinta días sin contacto."),
        _("Formación"), _("pasos"), reverse("training:chase"),
    )  # fmt: skip
    blocks: list[Block] = [Cards((counter.count(what, len(found), period=days.day(today)),))]
    if found:
        rows = tuple(
            Row(one.firm.enterprise.name, (one.what, days.day(one.due), one.firm.cycle.title))
            for one in found
        )
        columns = (
            Column(_("Empresa")), Column(_("Qué falta")), Column(_("Desde")), Column(_("Ciclo")),
        )  # fmt: skip
        blocks.append(Table(_("Lo más antiguo primero"), columns, rows))
    else:
        blocks.append(Note(_("Nada atrasado hoy.")))
    return Section("chase", _("Qué falta perseguir"), tuple(blocks))


def ladder_table(trainers: Sequence[Trainer], on: date, title: str) -> Table | None:
    """Return where trainers stand in each module; None where nobody is on the ladder."""
    found = ladders.standings(trainers, on)
    rows = [
        Row(str(trainer), (
            one.module, one.rung, str(telling.STANDINGS[one.code]), _day(one.way.valid_until),
            _day(one.last_on),
        ))
        for trainer in trainers
        for one in found.get(trainer.pk, [])
    ]  # fmt: skip
    columns = (
        Column(_("Formador/a")), Column(_("Módulo")), Column(_("Escalón")), Column(_("Situación")),
        Column(_("Vigente hasta")), Column(_("Último ciclo")),
    )  # fmt: skip
    return Table(title, columns, tuple(rows)) if rows else None


def _day(day: date | None) -> str:
    return "—" if day is None else days.day(day)


def _ladder(trainer: User, on: date) -> Section:
    rows = list(Trainer.objects.filter(user=trainer).select_related("person"))
    table = ladder_table(rows, on, _("Escalón por módulo"))
    empty = Note(_("Todavía no está en la escalera de formadores: ahí no hay nada que contar."))
    return Section("ladder", _("Su propio camino"), (table or empty,))
