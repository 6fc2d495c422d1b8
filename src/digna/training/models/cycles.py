"""Cycles, each firm's way through one, workshops and who was there."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person, Place
from digna.registry.models.enterprises import SizeBand
from digna.training.models.catalogue import DeliveryMode, Module


class Role(models.TextChoices):
    """In what capacity somebody of a firm takes part."""

    OWNER = "owner", _("dueña/o")
    MANAGER = "manager", _("gerencia")
    WORKER = "worker", _("trabajador/a")
    UNION_REP = "union_rep", _("representante sindical")


class Independence(models.TextChoices):
    """How far the partner delivered without help."""

    LOW = "low", _("baja")
    MEDIUM = "medium", _("media")
    HIGH = "high", _("alta")


class DropReason(models.TextChoices):
    """Why a firm leaves a cycle."""

    TIME = "time", _("falta de tiempo")
    PRICE = "price", _("precio")
    NO_INTEREST = "no_interest", _("perdió el interés")
    CRISIS = "crisis", _("crisis o cierre")
    TRAINER = "trainer", _("sin formador/a")
    OTHER = "other", _("otro")


class BuyerProgramme(models.Model):
    """A buyer who backs its suppliers' training; it sees totals, and firms only by consent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    buyer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, verbose_name=_("comprador"), related_name="+"
    )
    name = models.CharField(_("nombre"), max_length=160)
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("socio"),
        related_name="buyer_programmes",
    )
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    viewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="buyer_programmes_seen"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("programa de comprador")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="training_buyer_programme_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SupplierConsent(models.Model):
    """A supplier's dated yes or no to showing its own figures to a buyer; the last one holds."""

    buyer_programme = models.ForeignKey(
        BuyerProgramme, on_delete=models.CASCADE, related_name="consents"
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="buyer_consents"
    )
    is_given = models.BooleanField(_("consiente"))
    on = models.DateField(_("fecha"))
    said_by = models.CharField(_("quién lo dijo"), max_length=120)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("consentimiento de proveedor")

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.is_given} {self.on}"


class Cycle(models.Model):
    """One delivery of a module version to a few firms together."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("título"), max_length=200)
    module = models.ForeignKey(
        Module, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("módulo")
    )
    programmes = models.ManyToManyField(
        Programme, related_name="cycles", verbose_name=_("programas")
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("socio"),
    )
    mode = models.CharField(_("modalidad"), max_length=10, choices=DeliveryMode.choices)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin previsto"), null=True, blank=True)
    buyer_programme = models.ForeignKey(
        BuyerProgramme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cycles",
        verbose_name=_("programa de comprador"),
    )
    independence = models.CharField(
        _("autonomía del socio"), max_length=6, choices=Independence.choices, blank=True
    )
    is_cancelled = models.BooleanField(_("cancelado"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("ciclo")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="training_cycle_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CycleTrainer(models.Model):
    """Who delivers a cycle: a record in the register, an account, or both."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="trainers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cycles_trained",
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cycles_trained"
    )
    is_leading = models.BooleanField(_("a cargo"), default=False)

    class Meta:
        ordering: ClassVar = ["cycle_id", "-is_leading", "id"]
        verbose_name = _("formador/a del ciclo")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "user"],
                condition=Q(user__isnull=False),
                name="training_cycle_trainer_user_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(person__isnull=False),
                name="training_cycle_trainer_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.person)


class CycleFirm(models.Model):
    """A firm's way through one cycle: `occasion` of its measurements is `public_id`.

    `state` repeats the last standing `Move`, and the dates the day each step was reached;
    services keep them in step. That a firm enters a cycle once is held by the service and not by
    a constraint: two records of one firm may be merged, and then neither way may be lost.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="cycle_firms")
    state = models.CharField(_("estado"), max_length=20, default="lead")
    since = models.DateField(_("desde"))
    enrolled_on = models.DateField(_("inscrita el"))
    size_band = models.CharField(
        _("tamaño al entrar"), max_length=6, choices=SizeBand.choices, blank=True
    )
    override_reason = models.TextField(_("por qué se admite fuera de las reglas"), blank=True)
    agreement_on = models.DateField(_("convenio firmado el"), null=True, blank=True)
    plan = models.TextField(_("plan de mejora"), blank=True)
    plan_approved_by = models.CharField(_("plan aprobado por"), max_length=160, blank=True)
    plan_approved_on = models.DateField(_("plan aprobado el"), null=True, blank=True)
    next_visit_on = models.DateField(_("próxima visita"), null=True, blank=True)
    is_paused = models.BooleanField(_("en pausa"), default=False)
    paused_reason = models.CharField(_("por qué está en pausa"), max_length=300, blank=True)
    drop_reason = models.CharField(
        _("por qué dejó el ciclo"), max_length=12, choices=DropReason.choices, blank=True
    )
    waiver_reason = models.TextField(_("dispensa de la línea final"), blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waived_at = models.DateTimeField(null=True, blank=True)
    endline_on = models.DateField(_("línea final el"), null=True, blank=True)
    certificate_on = models.DateField(_("certificado el"), null=True, blank=True)
    year_after_due = models.DateField(_("visita al año, para el"), null=True, blank=True)
    year_after_on = models.DateField(_("visita al año, hecha el"), null=True, blank=True)
    last_contact_on = models.DateField(_("último contacto"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "enterprise__name", "id"]
        verbose_name = _("empresa en el ciclo")
        indexes: ClassVar = [
            models.Index(fields=["state"], name="training_firm_by_state"),
            models.Index(fields=["next_visit_on"], name="training_firm_by_next_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} in {self.cycle_id}: {self.state}"


class Move(models.Model):
    """One step of a firm's way: from, to, the day, and whether it was undone."""

    firm = models.ForeignKey(CycleFirm, on_delete=models.CASCADE, related_name="moves")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    on = models.DateField(_("fecha"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    is_undone = models.BooleanField(default=False)
    undone_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["firm_id", "id"]
        verbose_name = _("paso")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Participant(models.Model):
    """Somebody of a firm who takes part in its cycle, in one role."""

    firm = models.ForeignKey(CycleFirm, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="training_seats")
    role = models.CharField(_("rol"), max_length=9, choices=Role.choices)

    class Meta:
        ordering: ClassVar = ["firm_id", "id"]
        verbose_name = _("participante")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "person"], name="training_participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.firm_id}"


class Workshop(models.Model):
    """One meeting of a cycle. `version` rises with every attendance saved."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="workshops")
    number = models.PositiveSmallIntegerField(_("número"))
    title = models.CharField(_("título"), max_length=200)
    task = models.TextField(_("tarea práctica"), blank=True)
    starts_at = models.DateTimeField(_("comienza"))
    ends_at = models.DateTimeField(_("termina"))
    mode = models.CharField(_("modalidad"), max_length=10, choices=DeliveryMode.choices)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    venue = models.CharField(_("lugar"), max_length=200, blank=True)
    online_url = models.URLField(_("enlace"), blank=True)
    version = models.PositiveIntegerField(default=0)
    is_cancelled = models.BooleanField(_("cancelado"), default=False)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        verbose_name = _("taller")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_workshop_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class WorkshopAttendance(models.Model):
    """One person at one workshop, for one firm: whether they were there, and how long."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendances")
    firm = models.ForeignKey(CycleFirm, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="workshop_attendances"
    )
    role = models.CharField(_("rol"), max_length=9, choices=Role.choices)
    is_present = models.BooleanField(_("asistió"))
    minutes = models.PositiveSmallIntegerField(_("minutos"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["workshop_id", "firm_id", "person_id"]
        verbose_name = _("asistencia al taller")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "person"], name="training_workshop_attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(is_present=True),
                name="training_workshop_minutes_of_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.workshop_id}"

    def says_more_than(self, other: "WorkshopAttendance") -> bool:
        """Whether a merge keeps this row and not `other`, of the same workshop."""
        return (self.is_present, self.minutes or 0) > (other.is_present, other.minutes or 0)


class TeamMember(models.Model):
    """Somebody of the firm's improvement team, from a day until another."""

    firm = models.ForeignKey(CycleFirm, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="improvement_teams")
    role = models.CharField(_("rol"), max_length=9, choices=Role.choices)
    since = models.DateField(_("desde"))
    until = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["firm_id", "id"]
        verbose_name = _("integrante del equipo de mejora")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "person"], name="training_team_member_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="training_team_member_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in team of {self.firm_id}"
