"""A market assessment: its evidence, actors, chain, system, causes, findings and frozen versions.

Everything but the study itself is a *part* of one: it belongs to a study and changes only while
the study is open.
"""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Activity, Programme
from digna.registry.models import Organisation, Place, Sector
from digna.registry.models.people import Constituency, Sex

LEVELS = tuple((number, str(number)) for number in range(1, 6))


class Study(models.Model):
    """One round of a rapid market assessment: a product, a place and a market to sell in."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("en preparación")
        FIELDWORK = "fieldwork", _("en campo")
        ANALYSIS = "analysis", _("en análisis")
        VALIDATED = "validated", _("validado")
        CLOSED = "closed", _("cerrado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="studies", verbose_name=_("programa")
    )
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("título"), max_length=200)
    round = models.CharField(_("ronda"), max_length=20)
    sectors = models.ManyToManyField(Sector, related_name="studies", verbose_name=_("rubros"))
    product = models.CharField(_("producto"), max_length=200)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_market = models.CharField(_("mercado final"), max_length=200, blank=True)
    summary = models.TextField(_("resumen"), blank=True)
    team = models.CharField(_("equipo"), max_length=300, blank=True)
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    status = models.CharField(
        _("estado"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    tools = models.JSONField(default=list, blank=True, help_text="codes of the tools used")
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later_rounds"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("estudio")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="studies_study_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.round})"

    def get_absolute_url(self) -> str:
        return reverse("studies:study", args=[self.public_id])


class Question(models.Model):
    """Something the study wants to know; interviews answer it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("pregunta"), max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("pregunta")

    def __str__(self) -> str:
        return self.text


class Part(models.Model):
    """A row of a study; `public_id` is how pages and copies name it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Evidence(Part):
    """One thing somebody said, wrote or counted, and how far it can be trusted."""

    class Kind(models.TextChoices):
        DESK = "desk", _("documento")
        INFORMANT = "informant", _("informante clave")
        GROUP = "group", _("grupo focal")
        SURVEY = "survey", _("encuesta")
        STATISTIC = "statistic", _("estadística")

    class Reliability(models.TextChoices):
        A = "A", _("A: registro oficial o medición propia")
        B = "B", _("B: varias fuentes que coinciden")
        C = "C", _("C: una fuente conocedora")
        D = "D", _("D: una fuente con interés propio")
        E = "E", _("E: de oídas")
        F = "F", _("F: no se puede juzgar")

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("no hace falta: es público")
        GIVEN = "given", _("dio permiso de citar")
        ANONYMOUS = "anonymous", _("se puede citar sin decir quién")
        NOT_GIVEN = "not_given", _("no dio permiso: solo para el equipo")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices)
    source = models.CharField(_("fuente"), max_length=300)
    on = models.DateField(_("fecha"))
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reliability = models.CharField(_("confianza"), max_length=1, choices=Reliability.choices)
    consent = models.CharField(_("permiso"), max_length=10, choices=Consent.choices)
    says = models.TextField(_("qué dice"), blank=True)
    value = models.DecimalField(_("valor"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unidad"), max_length=60, blank=True)
    url = models.URLField(_("enlace"), max_length=500, blank=True)
    file = models.FileField(_("archivo"), upload_to="studies/%Y/%m/", blank=True)

    # Words of informants: shown to who may see the study, never copied to the journal.
    journal_hidden: ClassVar[tuple[str, ...]] = ("says",)

    class Meta:
        ordering: ClassVar = ["study_id", "number"]
        verbose_name = _("evidencia")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "number"], name="studies_evidence_number")
        ]

    def __str__(self) -> str:
        return f"E{self.number} · {self.source}"

    @property
    def label(self) -> str:
        return f"E{self.number}"

    @property
    def decimals(self) -> int:
        """How many places its value has when written without final zeros."""
        exponent = (self.value or Decimal(0)).normalize().as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else 0

    @property
    def may_be_printed(self) -> bool:
        """Whether its words may leave the team."""
        return self.consent != self.Consent.NOT_GIVEN


class Interview(Part):
    """A conversation with an informant, who is described and never named."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="interviews")
    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="interview")
    role = models.CharField(_("quién es en el rubro"), max_length=160)
    sex = models.CharField(_("sexo"), max_length=11, choices=Sex.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["study_id", "evidence__number"]
        verbose_name = _("entrevista")

    def __str__(self) -> str:
        return self.role


class Answer(models.Model):
    """What an informant answered to one question of the study."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("respuesta"))

    journal_hidden: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        ordering: ClassVar = ["question__order", "id"]
        verbose_name = _("respuesta")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interview", "question"], name="studies_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}: {self.question_id}"


class ChainLink(Part):
    """A link of the value chain: growing, collecting, roasting, serving."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(_("nombre"), max_length=100)
    order = models.PositiveSmallIntegerField(_("lugar en la cadena"), default=1)
    actor_count = models.PositiveIntegerField(_("cuántos actores"), null=True, blank=True)
    volume = models.DecimalField(
        _("volumen al año"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    volume_unit = models.CharField(_("unidad del volumen"), max_length=40, blank=True)
    workers = models.PositiveIntegerField(_("personas que trabajan"), null=True, blank=True)
    women = models.PositiveIntegerField(_("de ellas, mujeres"), null=True, blank=True)
    note = models.TextField(_("nota"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "order", "id"]
        verbose_name = _("eslabón")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="studies_link_name")
        ]

    def __str__(self) -> str:
        return self.name


class MarketActor(Part):
    """Who takes part in a market, and how willing and able to change it they are."""

    class Role(models.TextChoices):
        PRODUCERS = "producers", _("organización de productores")
        FIRM = "firm", _("empresa")
        BUYER = "buyer", _("comprador")
        GUILD = "guild", _("gremio")
        CONSTITUENT = "constituent", _("mandante")
        PUBLIC = "public", _("entidad pública")
        COOPERATION = "cooperation", _("cooperación")
        TRAINING = "training", _("formación")
        SERVICE = "service", _("servicio de apoyo")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="actors")
    name = models.CharField(_("nombre"), max_length=160)
    role = models.CharField(_("papel"), max_length=12, choices=Role.choices)
    constituency = models.CharField(
        _("a quién representa"), max_length=10, choices=Constituency.choices, blank=True
    )
    link = models.ForeignKey(
        ChainLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="actors"
    )
    will = models.PositiveSmallIntegerField(_("voluntad"), choices=LEVELS, null=True, blank=True)
    skill = models.PositiveSmallIntegerField(_("capacidad"), choices=LEVELS, null=True, blank=True)
    influence = models.PositiveSmallIntegerField(
        _("influencia"), choices=LEVELS, null=True, blank=True
    )
    note = models.TextField(_("nota"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "name"]
        verbose_name = _("actor del mercado")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="studies_actor_name")
        ]

    def __str__(self) -> str:
        return self.name


class Channel(Part):
    """A way the product takes to a consumer, with its prices in one currency and one unit."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="channels")
    name = models.CharField(_("nombre"), max_length=120)
    currency = models.CharField(_("moneda"), max_length=3, default="BOB")
    unit = models.CharField(_("por cada"), max_length=60)
    priced_on = models.DateField(_("precios de"), null=True, blank=True)
    farm_gate = models.DecimalField(
        _("precio al productor"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    consumer_price = models.DecimalField(
        _("precio al consumidor"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "id"]
        verbose_name = _("canal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="studies_channel_name")
        ]

    def __str__(self) -> str:
        return self.name


class Step(Part):
    """What one link pays and gets in a channel; empty is not known, never zero."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="steps")
    link = models.ForeignKey(ChainLink, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("orden"), default=1)
    price_in = models.DecimalField(
        _("compra a"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_out = models.DecimalField(
        _("vende a"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    costs = models.DecimalField(
        _("costos propios"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["channel_id", "order", "id"]
        verbose_name = _("paso del canal")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "link"], name="studies_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.link_id}"

    @property
    def study(self) -> Study:
        return self.channel.study


class SystemElement(Part):
    """One exchange, supporting function or rule: who performs it, how, with what, who pays."""

    class Kind(models.TextChoices):
        CORE = "core", _("intercambio central")
        FUNCTION = "function", _("función de apoyo")
        RULE = "rule", _("regla")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="elements")
    kind = models.CharField(_("qué es"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("nombre"), max_length=120)
    performer = models.ForeignKey(
        MarketActor, null=True, blank=True, on_delete=models.SET_NULL, related_name="performs"
    )
    action = models.CharField(_("qué hace"), max_length=300, blank=True)
    resource = models.CharField(_("con qué recurso"), max_length=300, blank=True)
    payer = models.ForeignKey(
        MarketActor, null=True, blank=True, on_delete=models.SET_NULL, related_name="pays"
    )
    performer_later = models.ForeignKey(
        MarketActor, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    payer_later = models.ForeignKey(
        MarketActor, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    performance = models.PositiveSmallIntegerField(
        _("cómo funciona"), choices=LEVELS, null=True, blank=True
    )
    constraint = models.TextField(_("qué le falla"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "kind", "id"]
        verbose_name = _("elemento del sistema")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "kind", "name"], name="studies_element_name")
        ]

    def __str__(self) -> str:
        return self.name


class Cause(Part):
    """A problem or what lies behind it; arrows say which brings about which."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="causes")
    name = models.CharField(_("problema o causa"), max_length=120)
    note = models.TextField(_("nota"), blank=True)

    class Meta:
        ordering: ClassVar = ["study_id", "id"]
        verbose_name = _("causa")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="studies_cause_name")
        ]

    def __str__(self) -> str:
        return self.name


class CauseEdge(Part):
    """The claim that one thing brings about another, how strongly, and on what evidence."""

    class Strength(models.IntegerChoices):
        WEAK = 1, _("débil")
        MEDIUM = 2, _("media")
        STRONG = 3, _("fuerte")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="edges")
    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="brings")
    effect = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="comes_from")
    strength = models.PositiveSmallIntegerField(
        _("fuerza"), choices=Strength.choices, default=Strength.MEDIUM
    )
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "id"]
        verbose_name = _("flecha de causa")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cause", "effect"], name="studies_edge_once"),
            models.CheckConstraint(condition=~Q(cause=F("effect")), name="studies_edge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.cause_id} → {self.effect_id}"


class Series(Part):
    """A figure over time with its source; a period without a value is a gap."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="series")
    name = models.CharField(_("nombre"), max_length=160)
    unit = models.CharField(_("unidad"), max_length=60)
    source = models.CharField(_("fuente"), max_length=300)
    points = models.JSONField(default=list, help_text="pairs: period, value as text or null")
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "id"]
        verbose_name = _("serie")
        verbose_name_plural = _("series")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="studies_series_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def values(self) -> list[tuple[str, Decimal | None]]:
        return [(period, None if v is None else Decimal(v)) for period, v in self.points]


class Deficit(Part):
    """A lack of decent work as those who work feel it, and how grave it is."""

    class Kind(models.TextChoices):
        SAFETY = "safety", _("seguridad y salud")
        WAGES = "wages", _("ingresos")
        HOURS = "hours", _("horas")
        INFORMALITY = "informality", _("informalidad")
        CHILD_LABOUR = "child_labour", _("trabajo infantil")
        VOICE = "voice", _("organización y diálogo")
        GENDER = "gender", _("brecha entre mujeres y hombres")
        PROTECTION = "protection", _("protección social")
        FORCED = "forced", _("trabajo forzoso")

    class Severity(models.IntegerChoices):
        LIGHT = 1, _("leve")
        MODERATE = 2, _("moderado")
        GRAVE = 3, _("grave")
        CRITICAL = 4, _("crítico")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="deficits")
    kind = models.CharField(_("déficit"), max_length=12, choices=Kind.choices)
    severity = models.PositiveSmallIntegerField(_("gravedad"), choices=Severity.choices)
    who = models.CharField(_("a quiénes afecta"), max_length=200)
    link = models.ForeignKey(
        ChainLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="deficits"
    )
    note = models.TextField(_("qué se vio"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))

    class Meta:
        ordering: ClassVar = ["study_id", "-severity", "id"]
        verbose_name = _("déficit de trabajo decente")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.who}"


class FindingSet(models.QuerySet["Finding"]):
    """Findings, and which of them led to nothing."""

    def orphans(self) -> "FindingSet":
        """Nothing decided, or something to be done that nobody took on."""
        nobody = Q(activity=None) & (Q(intervention="") | Q(owner=""))
        return self.filter(Q(decision="") | Q(decision="act") & nobody)


class Finding(Part):
    """What the study found, what was decided on it, and who does something about it."""

    class Decision(models.TextChoices):
        ACT = "act", _("actuar")
        STUDY_MORE = "study_more", _("estudiar más")
        DO_NOT_ACT = "do_not_act", _("no actuar")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="findings")
    text = models.CharField(_("hallazgo"), max_length=300)
    cause = models.ForeignKey(
        Cause, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings"
    )
    evidence = models.ManyToManyField(Evidence, blank=True, verbose_name=_("evidencia"))
    decision = models.CharField(_("decisión"), max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(_("por qué"), blank=True)
    decided_on = models.DateField(_("decidido el"), null=True, blank=True)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings"
    )
    intervention = models.CharField(_("intervención"), max_length=300, blank=True)
    owner = models.CharField(_("a cargo de"), max_length=160, blank=True)

    objects = FindingSet.as_manager()

    class Meta:
        ordering: ClassVar = ["study_id", "id"]
        verbose_name = _("hallazgo")

    def __str__(self) -> str:
        return self.text

    @property
    def is_orphan(self) -> bool:
        """Nothing decided, or something to be done that nobody took on."""
        is_nobodys = self.activity_id is None and not (self.intervention and self.owner)
        return not self.decision or (self.decision == self.Decision.ACT and is_nobodys)


class Version(models.Model):
    """A study as it stood on a day: every table, every row, and their hash. Never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField(_("qué versión es"), max_length=200)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.JSONField(help_text="tables as read and rows as kept")
    sha256 = models.CharField(max_length=64)

    journal_hidden: ClassVar[tuple[str, ...]] = ("document",)

    class Meta:
        ordering: ClassVar = ["study_id", "-number"]
        verbose_name = _("versión congelada")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "number"], name="studies_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.study_id} v{self.number}"
