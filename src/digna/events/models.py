"""Processes, their topics and sessions, who is enrolled and who attended."""

import secrets
import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Activity, Programme
from digna.registry.models import Enterprise, Organisation, Person, Place, Sector
from digna.registry.models.people import Constituency


def new_token() -> str:
    """Return an unguessable token for an address that needs no account."""
    return secrets.token_urlsafe(12)


class Process(models.Model):
    """A series of sessions with one purpose: a course for constituents, a conversatorio."""

    class Kind(models.TextChoices):
        CAPACITY_BUILDING = "capacity_building", _("capacitación")
        CONVERSATORIO = "conversatorio", _("conversatorio")
        OTHER = "other", _("otro")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("título"), max_length=200)
    description = models.TextField(_("descripción"), blank=True)
    programmes = models.ManyToManyField(
        Programme, related_name="processes", verbose_name=_("programas")
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="processes"
    )
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("socio")
    )
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("rubro")
    )
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("cupo"), null=True, blank=True)
    is_registration_open = models.BooleanField(_("inscripción abierta"), default=False)
    registration_token = models.CharField(max_length=24, default=new_token, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("proceso")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="events_process_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    """A subject of a process."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("título"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("tema")

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One meeting. `hours` is what full attendance is worth."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("presencial")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("híbrida")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="sessions")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    title = models.CharField(_("título"), max_length=200)
    starts_at = models.DateTimeField(_("comienza"))
    ends_at = models.DateTimeField(_("termina"))
    hours = models.DecimalField(_("horas"), max_digits=5, decimal_places=2)
    mode = models.CharField(_("modalidad"), max_length=8, choices=Mode.choices)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    venue = models.CharField(_("lugar"), max_length=200, blank=True)
    online_url = models.URLField(_("enlace"), blank=True)
    check_in_token = models.CharField(max_length=24, default=new_token, unique=True)
    version = models.PositiveIntegerField(default=0, help_text="raised by every attendance saved")
    is_cancelled = models.BooleanField(_("cancelada"), default=False)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        verbose_name = _("sesión")
        verbose_name_plural = _("sesiones")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="events_session_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="events_session_has_hours"),
        ]

    def __str__(self) -> str:
        return self.title


class ParticipantRole(models.TextChoices):
    """In what capacity somebody takes part."""

    PARTICIPANT = "participant", _("participante")
    SPEAKER = "speaker", _("ponente")
    ORGANISER = "organiser", _("organización")


class Enrolment(models.Model):
    """A person in a process, and whom they represented at that time."""

    class State(models.TextChoices):
        INVITED = "invited", _("invitada/o")
        REGISTERED = "registered", _("inscrita/o")
        WAITING = "waiting", _("en espera")
        WITHDRAWN = "withdrawn", _("se retiró")

    class Channel(models.TextChoices):
        OFFICE = "office", _("oficina")
        FORM = "form", _("formulario público")
        IMPORT = "import", _("importación")
        CHECK_IN = "check_in", _("registro por QR")

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    role = models.CharField(
        _("rol"), max_length=12, choices=ParticipantRole.choices, default="participant"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    constituency = models.CharField(
        _("sector que representa"), max_length=10, choices=Constituency.choices, blank=True
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.REGISTERED
    )
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.OFFICE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["process_id", "id"]
        verbose_name = _("inscripción")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["process", "person"], name="events_enrolment_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.process_id}"

    def says_more_than(self, other: "Enrolment") -> bool:
        """Whether a merge keeps this row and not `other`, of the same process."""
        return self._weight() > other._weight()

    def _weight(self) -> tuple[int, int, bool]:
        """How far it got, in what capacity, and whether it says whom the person represents."""
        return (
            ("invited", "withdrawn", "waiting", "registered").index(self.state),
            ("participant", "organiser", "speaker").index(self.role),
            bool(self.constituency or self.organisation_id or self.enterprise_id),
        )


class Attendance(models.Model):
    """One person, one session: present, excused or absent; hours only for who was present."""

    class Status(models.TextChoices):
        PRESENT = "present", _("presente")
        EXCUSED = "excused", _("con licencia")
        ABSENT = "absent", _("ausente")

    class Channel(models.TextChoices):
        GRID = "grid", _("lista")
        CALL = "call", _("videollamada")
        CHECK_IN = "check_in", _("registro por QR")
        IMPORT = "import", _("importación")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("asistencia"), max_length=8, choices=Status.choices)
    hours = models.DecimalField(_("horas"), max_digits=5, decimal_places=2, null=True, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.GRID)
    version = models.PositiveIntegerField(
        default=0, help_text="the session's version that wrote it"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["session_id", "person_id"]
        verbose_name = _("asistencia")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="events_attendance_once"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=0), name="events_attendance_hours_positive"
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(status="present"),
                name="events_attendance_hours_of_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.session_id}: {self.status}"

    def says_more_than(self, other: "Attendance") -> bool:
        """Whether a merge keeps this row and not `other`, of the same session."""
        return self._weight() > other._weight()

    def _weight(self) -> tuple[int, Decimal]:
        """Present over excused over absent; then the longer, known before unknown."""
        rank = ("absent", "excused", "present").index(self.status)
        return rank, Decimal(-1) if self.hours is None else self.hours


class CallSheet(models.Model):
    """Attendance exported by a video-call service, matched to people before it is applied."""

    class State(models.TextChoices):
        DRAFT = "draft", _("por revisar")
        APPLIED = "applied", _("aplicada")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="call_sheets")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(help_text="names, email, minutes, person, score, reason")
    present_from = models.PositiveSmallIntegerField(
        default=50, help_text="share of the session, in %, from which a person was present"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Names as people call themselves in a call: shown for review, never copied to the journal.
    journal_hidden: ClassVar[tuple[str, ...]] = ("rows",)

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        verbose_name = _("asistencia de videollamada")

    def __str__(self) -> str:
        return self.file_name
