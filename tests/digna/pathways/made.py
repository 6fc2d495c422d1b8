"""Firms, kits and steps for this room's tests, through the services."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

import make
from digna.journal import sealing
from digna.pathways.models import FirmPathway, StepProgress
from digna.pathways.services import firms, steps
from digna.programmes.models import InstalledKit
from digna.registry.models import Enterprise, LegalForm, Sector

TODAY = date(2026, 11, 23)
COFFEE: dict[str, Any] = {
    "regime": "general", "product_state": "raw", "preference": "certificate", "to_eu": False,
    "organic": False, "asks_food_safety": False, "fob_usd": Decimal(30000),
}  # fmt: skip


def kits(*codes: str) -> None:
    """The kits as an installation keeps them; places and sectors are not asked for here."""
    for code in codes or ("bolivia", "formal", "export", "tourism"):
        kit = make.kit(code)
        InstalledKit.objects.create(
            code=code, version=kit.version, title=kit.title_es, sha256=kit.sha256,
            documents={name: sealing.plain(one) for name, one in kit.documents.items()},
        )  # fmt: skip


def newer(code: str, version: str, change: Any) -> InstalledKit:
    """A newer version of a kit; `change` mends its documents in place."""
    last = InstalledKit.objects.filter(code=code).latest("loaded_at", "pk")
    documents = json.loads(json.dumps(last.documents))
    change(documents)
    return InstalledKit.objects.create(
        code=code, version=version, title=last.title, sha256=version * 8, documents=documents
    )


def firm(name: str = "Café Alto SRL", form: str = "srl", **values: Any) -> Enterprise:
    legal, _made = LegalForm.objects.get_or_create(code=form, defaults={"name_es": form})
    sector, _made = Sector.objects.get_or_create(
        code=values.pop("sector", "coffee"), defaults={"name_es": "Café"}
    )
    values.setdefault("numbers", {"workers_women": Decimal(2), "workers_men": Decimal(1)})
    return make.enterprise(name, legal_form=legal, sector=sector, **values)


def pathway(code: str = "formal_business", of: Enterprise | None = None) -> FirmPathway:
    return firms.start_pathway(actor=make.actor(), enterprise=of or firm(), code=code)


def done(of: Enterprise, step: str = "trade_licence", **values: Any) -> StepProgress:
    values.setdefault("state", "done")
    return steps.record_step(actor=make.actor(), enterprise=of, step=step, **values)


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "JPEG")
    return out.getvalue()


def dump(*records: dict[str, Any]) -> bytes:
    return json.dumps(list(records)).encode()


def official(key: int = 1541, **values: Any) -> dict[str, Any]:
    """A synthetic record with the fields of the portal."""
    audience = {
        "nombre": values.pop("audience", "Empresas"),
        "tieneCosto": bool(values.get("costs", True)),
        "duracion": values.pop("duration", 2),
        "unidadMedidaDuracion": values.pop("unit", "Horas"),
        "costos": values.pop(
            "costs", [{"conceptoPago": "Empresas", "costo": "182", "moneda": "Bs"}]
        ),
        "requisitos": [{"nombre": text} for text in values.pop("documents", ["NIT"])],
    }
    return {
        "id": key,
        "nombre": "Registro Único de Exportadores",
        "slug": "registro-unico-de-exportadores",
        "fechaActualizacion": "2026-10-01T10:00:00",
        "entidad": {"nombre": "SENAVEX"},
        "esVirtual": True,
        "modalidades": [{"publico": [audience]}],
    } | values
