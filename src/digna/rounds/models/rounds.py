"""A round, its slots, who takes part, whom each wants to meet, and what was ruled by hand."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.linkages import labels
from digna.linkages.models import Buyer
from digna.linkages.models.buyers import new_token
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person, Place
from digna.web.languages import either


class Mode(models.TextChoices):
    """How a round is held."""

    ON_SITE = "on_site", _("presencial")
    VIRTUAL = "virtual", _("por videollamada")
    HYBRID = "hybrid", _("presencial y por videollamada")


class Presence(models.TextChoices):
    """How one party can take part."""

    ON_SITE = "on_site", _("en el lugar")
    VIRTUAL = "virtual", _("por videollamada")
    EITHER = "either", _("de cualquiera de las dos formas")


class BusinessRound(models.Model):
    """A day (or more) on which buyers and firms meet two by two, at fixed times."""

    class Stage(models.TextChoices):
        PREPARING = "preparing", _("en preparación")
        OPEN = "open", _("inscripción y deseos")
        CLOSED = "closed", _("armando la agenda")
        PUBLISHED = "published", _("agenda publicada")
        HELD = "held", _("realizada")
        CANCELLED = "cancelled", _("cancelada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        related_name="business_rounds",
        verbose_name=_("programa"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="business_rounds",
        verbose_name=_("socio"),
    )
    title_es = models.CharField(_("nombre"), max_length=160)
    title_en = models.CharField(_("nombre en inglés"), max_length=160, blank=True)
    agenda_es = models.TextField(_("programa del día"), blank=True)
    agenda_en = models.TextField(_("programa del día, en inglés"), blank=True)
    mode = models.CharField(
        _("modalidad"), max_length=8, choices=Mode.choices, default=Mode.ON_SITE
    )
    venue = models.CharField(_("lugar"), max_length=200, blank=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("municipio")
    )
    held_on = models.DateField(_("fecha"))
    time_zone = models.CharField(_("zona horaria"), max_length=50, default="America/La_Paz")
    tables = models.PositiveSmallIntegerField(_("mesas"), default=10)
    rooms = models.PositiveSmallIntegerField(_("videollamadas a la vez"), null=True, blank=True)
    most_per_firm = models.PositiveSmallIntegerField(
        _("reuniones por empresa, como mucho"), null=True, blank=True
    )
    least_per_firm = models.PositiveSmallIntegerField(
        _("reuniones por empresa, al menos"), default=2
    )
    video_url = models.URLField(_("enlace de videollamada"), max_length=300, blank=True)
    stage = models.CharField(
        _("etapa"), max_length=9, choices=Stage.choices, default=Stage.PREPARING
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-id"]
        verbose_name = _("rueda de negocios")
        verbose_name_plural = _("ruedas de negocios")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(tables__gte=0), name="rounds_round_tables_counted")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is called, in the language in use."""
        return either(self.title_es, self.title_en)

    @property
    def agenda(self) -> str:
        """What happens that day, in the language in use."""
        return either(self.agenda_es, self.agenda_en)

    @property
    def takes_wishes(self) -> bool:
        """Whether those invited can register and say whom they want to meet."""
        return self.stage == self.Stage.OPEN

    @property
    def is_public(self) -> bool:
        """Whether those who take part see an agenda."""
        return self.stage in (self.Stage.PUBLISHED, self.Stage.HELD)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is changed: it was called off."""
        return self.stage == self.Stage.CANCELLED


class Slot(models.Model):
    """A time in which every party meets at most once; or a break."""

    round = models.ForeignKey(BusinessRound, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField(_("turno"))
    starts_at = models.DateTimeField(_("comienza"))
    minutes = models.PositiveSmallIntegerField(_("minutos"), default=20)
    is_break = models.BooleanField(_("pausa"), default=False)
    label = models.CharField(_("qué es"), max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "starts_at", "number"]
        verbose_name = _("turno")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="rounds_slot_number_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="rounds_slot_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class Party(models.Model):
    """A buyer or a firm in a round, with the personal link by which it takes part.

    That a firm is in a round once is held by the service: merging two records may bring two.
    """

    class Side(models.TextChoices):
        BUYER = "buyer", _("comprador")
        FIRM = "seller", _("empresa")

    class State(models.TextChoices):
        INVITED = "invited", _("invitada")
        REGISTERED = "registered", _("inscrita")
        WAITING = "waiting", _("en lista de espera")
        WITHDRAWN = "withdrawn", _("se retiró")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(BusinessRound, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(_("lado"), max_length=6, choices=Side.choices)
    buyer = models.ForeignKey(
        Buyer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("comprador"),
    )
    enterprise = models.ForeignKey(
        Enterprise,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        verbose_name=_("empresa"),
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    language = models.CharField(_("idioma de sus páginas"), max_length=5, default="es-bo")
    time_zone = models.CharField(_("zona horaria"), max_length=50, default="America/La_Paz")
    contact = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="round_parties",
        verbose_name=_("quién asiste"),
    )
    contact_name = models.CharField(_("quién asiste"), max_length=120, blank=True)
    phone = models.CharField(_("celular"), max_length=20, blank=True)
    products = models.CharField(_("qué ofrece o busca"), max_length=300, blank=True)
    languages = models.JSONField(_("idiomas que habla"), default=list, blank=True)
    presence = models.CharField(
        _("cómo participa"), max_length=8, choices=Presence.choices, default=Presence.ON_SITE
    )
    most = models.PositiveSmallIntegerField(_("reuniones, como mucho"), null=True, blank=True)
    least = models.PositiveSmallIntegerField(_("reuniones, al menos"), null=True, blank=True)
    delegation = models.CharField(_("delegación"), max_length=80, blank=True)
    table = models.CharField(_("mesa propia"), max_length=12, blank=True)
    video_url = models.URLField(_("su enlace de videollamada"), max_length=300, blank=True)
    away = models.ManyToManyField(
        Slot, blank=True, related_name="away_parties", verbose_name=_("turnos en que no está")
    )
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.INVITED
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    registered_at = models.DateTimeField(_("se inscribió"), null=True, blank=True)
    wished_at = models.DateTimeField(_("dijo sus deseos"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("llegó"), null=True, blank=True)
    missing_at = models.DateTimeField(_("se dio por ausente"), null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("token",)

    class Meta:
        ordering: ClassVar = ["round_id", "side", "id"]
        verbose_name = _("participante")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(side="buyer", buyer__isnull=False, enterprise=None)
                | Q(side="seller", buyer=None, enterprise__isnull=False),
                name="rounds_party_is_one_of_two",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the buyer or the firm is called."""
        return str(self.buyer if self.buyer_id is not None else self.enterprise)

    @property
    def is_buyer(self) -> bool:
        """Whether it is on the buying side."""
        return self.side == self.Side.BUYER

    @property
    def is_in(self) -> bool:
        """Whether meetings are sought for it."""
        return self.state == self.State.REGISTERED

    @property
    def spoken(self) -> str:
        """Its languages in words."""
        return labels.languages(self.languages)

    @property
    def key(self) -> str:
        """What the engine calls it."""
        return str(self.pk)


class Interpreter(models.Model):
    """Somebody who joins meetings whose two sides share no language."""

    round = models.ForeignKey(BusinessRound, on_delete=models.CASCADE, related_name="interpreters")
    name = models.CharField(_("nombre"), max_length=120)
    languages = models.JSONField(_("idiomas"), default=list)
    away = models.ManyToManyField(
        Slot, blank=True, related_name="away_interpreters", verbose_name=_("turnos en que no está")
    )

    class Meta:
        ordering: ClassVar = ["round_id", "name", "id"]
        verbose_name = _("intérprete")

    def __str__(self) -> str:
        return self.name

    @property
    def spoken(self) -> str:
        """Their languages in words."""
        return labels.languages(self.languages)


class Wish(models.Model):
    """What one party said of another. One «no» forbids the meeting, and is told to nobody."""

    class Says(models.TextChoices):
        MUST = "must", _("Imprescindible")
        MEET = "meet", _("Me interesa")
        NO = "no", _("No, gracias")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wishes")
    other = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="wished_by")
    says = models.CharField(_("dice"), max_length=4, choices=Says.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["party_id", "other_id"]
        verbose_name = _("deseo")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "other"], name="rounds_wish_once")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.says} {self.other_id}"


class Ruling(models.Model):
    """What the organiser decided by hand of a pair: it meets in this slot, or it does not meet."""

    class Kind(models.TextChoices):
        FIX = "fix", _("se reúnen en ese turno")
        FORBID = "forbid", _("no se reúnen")

    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="rulings_as_buyer")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="rulings_as_firm")
    kind = models.CharField(_("qué"), max_length=6, choices=Kind.choices)
    slot = models.ForeignKey(
        Slot,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rulings",
        verbose_name=_("turno"),
    )
    reason = models.CharField(_("motivo"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("decisión sobre una pareja")
        verbose_name_plural = _("decisiones sobre parejas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "firm"], name="rounds_ruling_once"),
            models.CheckConstraint(
                condition=Q(kind="forbid", slot=None) | Q(kind="fix", slot__isnull=False),
                name="rounds_ruling_fix_has_slot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.buyer_id} {self.firm_id}"
