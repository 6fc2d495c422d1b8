"""Official procedures from a dump of their portal: read tolerantly, with what was refused. Pure.

A dump is a JSON list of records, an object that holds one (`datos`, `tramites`, `data`), one
record, or a record a line. Fields are those of the portal; what cannot be read is named and left
out, and only a record without number or name is refused whole.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

LISTS = ("datos", "tramites", "data", "items", "results")
UNITS = {
    "hora": "hours", "horas": "hours", "dia": "days", "dias": "days", "día": "days",
    "días": "days", "dias habiles": "working_days", "días hábiles": "working_days",
    "dia habil": "working_days", "día hábil": "working_days", "mes": "months",
    "meses": "months", "año": "years", "años": "years", "anio": "years", "anios": "years",
}  # fmt: skip
CURRENCIES = {
    "bs": "BOB", "bs.": "BOB", "bob": "BOB", "bolivianos": "BOB", "boliviano": "BOB", "": "BOB",
    "usd": "USD", "$us": "USD", "sus": "USD", "dolares": "USD", "dólares": "USD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charge:
    """One cost of a procedure: for what, how much, in which currency."""

    concept: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Official:
    """One procedure; `duration` is (amount, unit), `has_cost` None where nothing says."""

    source_id: str
    name: str
    slug: str = ""
    agency: str = ""
    updated_on: date | None = None
    url: str = ""
    law: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    is_online: bool | None = None
    has_cost: bool | None = None
    charges: tuple[Charge, ...] = ()
    duration: tuple[Decimal, str] | None = None
    documents: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The record as JSON keeps it."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return found

    @property
    def digest(self) -> str:
        """The same content gives the same text, whatever the order of its keys."""
        text = json.dumps(self.plain(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not be read: of which record, which field, what stood there."""

    record: str
    field: str
    found: str


@dataclass(slots=True)
class Reading:
    """What a dump held."""

    records: list[Official] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """Read a dump; a text that is no JSON at all gives one refusal and no record.

    >>> read(b'[{"id": 1, "nombre": "Uno"}, {"nombre": "Sin numero"}]').refused
    [Refusal(record='#2', field='id', found='')]
    """
    reading = Reading()
    rows = _rows(content, reading)
    by_key: dict[str, Official] = {}
    for number, row in enumerate(rows, start=1):
        found = _record(row, number, reading)
        if found is not None:
            by_key[found.source_id] = found  # a record told twice: the last one holds
    reading.records = list(by_key.values())
    return reading


def from_plain(plain: Mapping[str, Any]) -> Official:
    """Return a record that was kept by `Official.plain`."""
    on, length = plain.get("updated_on"), plain.get("duration")
    values = dict(plain) | {
        "updated_on": None if on is None else date.fromisoformat(on),
        "duration": None if length is None else (Decimal(length[0]), length[1]),
        "charges": tuple(
            Charge(c["concept"], Decimal(c["amount"]), c["currency"]) for c in plain["charges"]
        ),
    }
    values |= {name: tuple(plain[name]) for name in ("law", "audiences", "documents")}
    return Official(**values)


def _rows(content: bytes, reading: Reading) -> list[Any]:
    text = content.decode("utf-8-sig", errors="replace")
    try:
        found = json.loads(text)
    except ValueError:
        return _lines(text, reading)
    if isinstance(found, Mapping):
        inner = next((found[name] for name in LISTS if isinstance(found.get(name), list)), None)
        return inner if inner is not None else [found]
    return found if isinstance(found, list) else []


def _lines(text: str, reading: Reading) -> list[Any]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError:
            reading.refused.append(Refusal(f"#{number}", "json", line.strip()[:80]))
    return rows


def _record(row: Any, number: int, reading: Reading) -> Official | None:
    if not isinstance(row, Mapping):
        reading.refused.append(Refusal(f"#{number}", "registro", str(row)[:80]))
        return None
    key, name = _text(row.get("id")), _text(row.get("nombre"))
    if not key or not name:
        missing = "nombre" if key else "id"
        reading.refused.append(Refusal(key or f"#{number}", missing, ""))
        return None
    offers = _offers(row)
    costs = [c for offer in offers for c in _listed(offer.get("costos"))]
    told = [offer["tieneCosto"] for offer in offers if isinstance(offer.get("tieneCosto"), bool)]
    return Official(
        source_id=key[:40],
        name=name[:300],
        slug=_text(row.get("slug"))[:200],
        agency=_named(row.get("entidad"))[:200],
        updated_on=_day(row.get("fechaActualizacion"), key, reading),
        url=_text(row.get("url") or row.get("enlace")),
        law=_once(_named(one) for one in _listed(row.get("marcoLegal"))),
        audiences=_once(_named(offer.get("nombre") or offer.get("tipo")) for offer in offers),
        is_online=row.get("esVirtual") if isinstance(row.get("esVirtual"), bool) else None,
        has_cost=any(told) if told else None,
        charges=tuple(c for one in costs if (c := _charge(one, key, reading)) is not None),
        duration=_length(offers, key, reading),
        documents=_once(
            _named(one) for offer in offers for one in _listed(offer.get("requisitos"))
        ),
    )


def _offers(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The audiences of every modality: where the portal keeps costs, times and papers."""
    found = []
    for modality in _listed(row.get("modalidades")):
        if isinstance(modality, Mapping):
            found += [one for one in _listed(modality.get("publico")) if isinstance(one, Mapping)]
    return found


def _charge(one: Any, key: str, reading: Reading) -> Charge | None:
    if not isinstance(one, Mapping):
        reading.refused.append(Refusal(key, "costos", str(one)[:80]))
        return None
    amount = _number(one.get("costo"))
    currency = CURRENCIES.get(_text(one.get("moneda")).lower())
    if amount is None or currency is None:
        wrong = "moneda" if amount is not None else "costo"
        reading.refused.append(Refusal(key, wrong, _text(one.get(wrong))[:80]))
        return None
    return Charge(_text(one.get("conceptoPago"))[:120], amount, currency)


def _length(
    offers: Iterable[Mapping[str, Any]], key: str, reading: Reading
) -> tuple[Decimal, str] | None:
    for offer in offers:
        raw = offer.get("duracion")
        if raw in (None, "", 0, "0"):
            continue
        amount = _number(raw)
        unit = UNITS.get(_text(offer.get("unidadMedidaDuracion")).lower())
        if amount is None or amount <= 0 or unit is None:
            wrong = "duracion" if unit is not None else "unidadMedidaDuracion"
            reading.refused.append(Refusal(key, wrong, _text(offer.get(wrong))[:80]))
            continue
        return amount, unit
    return None


def _number(value: Any) -> Decimal | None:
    """A number of the portal: 130, "130.5", "1.300,50", "Bs 130"."""
    text = re.sub(r"[^\d.,-]", "", str(value)) if value is not None else ""
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < 10**9 else None


def _day(value: Any, key: str, reading: Reading) -> date | None:
    text = _text(value)
    if not text:
        return None
    for pattern in (r"^(\d{4})-(\d\d)-(\d\d)", r"^(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>\d{4})"):
        if match := re.match(pattern, text):
            parts = match.groupdict() or dict(zip("ymd", match.groups(), strict=True))
            try:
                return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
            except ValueError:
                break
    reading.refused.append(Refusal(key, "fechaActualizacion", text[:80]))
    return None


def _listed(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    if isinstance(value, str):
        return [part for part in re.split(r"[\n;]+", value) if part.strip()]
    return list(value) if isinstance(value, list) else [value]


def _named(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("nombre") or value.get("descripcion") or value.get("sigla")
    return _text(value)


def _text(value: Any) -> str:
    if value is None or isinstance(value, (list, Mapping)):
        return ""
    bare = html.unescape(re.sub(r"<[^>]+>", " ", str(value)))
    return re.sub(r"\s+", " ", bare).strip()


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[:300] for text in texts if text))
