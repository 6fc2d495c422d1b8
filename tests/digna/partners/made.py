"""What this room's tests need made: partners, modules, cycles with their money."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone

import make
from cast import PARTNER
from digna.partners.models import Fee, Marker
from digna.partners.services import fees, maturity, money
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation
from digna.training.models import Cycle, CycleFirm, Module

TODAY = timezone.localdate()
BOB = Decimal


def partner(code: str = PARTNER, name: str = "") -> Organisation:
    made, _new = Organisation.objects.get_or_create(
        code=code, defaults={"name": name or f"Cámara {code.upper()}", "is_partner": True}
    )
    return made


def programme() -> Programme:
    made, _new = Programme.objects.get_or_create(
        code="bdp",
        defaults={"name": "BDP", "starts_on": date(2019, 1, 1), "ends_on": date(2023, 12, 31)},
    )
    return made


def module(code: str = "m1", **values: Any) -> Module:
    defaults = {
        "name_es": f"Módulo {code}",
        "name_en": f"Module {code}",
        "aims_es": "Para qué",
        "aims_en": "What for",
        "kind": "first" if code == "m1" else "classic",
        "min_days": Decimal(2),
    }
    made, _new = Module.objects.get_or_create(code=code, defaults=defaults | values)
    return made


def cycle(of: Organisation | None = None, code: str = "m1", **values: Any) -> Cycle:
    return Cycle.objects.create(
        title=values.pop("title", f"Ciclo {code}"),
        module=module(code),
        partner=of or partner(),
        mode="on_site",
        starts_on=values.pop("starts_on", date(2021, 3, 1)),
        **values,
    )


def firm(of: Cycle, name: str = "", **values: Any) -> Enterprise:
    made = make.enterprise(name, partner=of.partner, **values)
    CycleFirm.objects.create(
        cycle=of, enterprise=made, since=of.starts_on, enrolled_on=of.starts_on
    )
    return made


def complete(of: Cycle, cost: str, **income: str) -> Cycle:
    """Give a cycle its full cost and what covered it: `firm`, `partner`, `buyer`, `public`."""
    money.add_cost(
        actor=make.actor(), cycle=of, kind="trainer", planned=BOB(cost), actual=BOB(cost)
    )
    for source, amount in income.items():
        if source == "firm":
            pay(fee(of, agreed=amount), amount)
            continue
        money.add_income(
            actor=make.actor(), cycle=of, source=source, amount=BOB(amount), on=of.starts_on
        )
    money.state_costs(actor=make.actor(), cycle=of, is_complete=True)
    return of


def fee(of: Cycle, agreed: str = "1000", parts: int = 2, **values: Any) -> Fee:
    each = BOB(agreed) / parts
    first = values.pop("first_due", of.starts_on)
    plan = [(first + timedelta(days=30 * n), each) for n in range(parts)]
    return fees.agree_fee(
        actor=make.actor(),
        cycle=of,
        enterprise=values.pop("enterprise", None) or firm(of),
        agreed=BOB(agreed),
        plan=plan,
        agreed_on=of.starts_on,
        **values,
    )


def pay(of: Fee, amount: str, **values: Any) -> Any:
    return fees.receive_payment(
        actor=make.actor(), fee=of, on=values.pop("on", of.agreed_on), amount=BOB(amount), **values
    )


def markers(count: int = 2) -> list[Marker]:
    maturity.load_markers(
        actor=make.actor(),
        markers=[
            {
                "code": f"{dimension}-{depth}-{n}",
                "version": "1",
                "dimension": dimension,
                "depth": depth,
                "order": n,
                "text_es": f"Marcador {dimension} {depth} {n}",
                "text_en": f"Marker {dimension} {depth} {n}",
                "kit": "score",
            }
            for dimension in ("technical", "institutional", "financial")
            for depth in ("expect", "like", "love")
            for n in range(1, count + 1)
        ],
    )
    return list(Marker.objects.order_by(F("pk")))
