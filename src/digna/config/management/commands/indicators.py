"""`digna indicators compute`: a programme's indicators on the road of the worker, kept nowhere."""

import datetime
import json
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna_engines.errors import EngineError

UNREADABLE = 2
Row = dict[str, Any]


class Command(BaseCommand):
    help = "Calcula los indicadores de un programa y los muestra; no guarda nada."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        compute = acts.add_parser("compute", help="calcular y mostrar")
        compute.add_argument("--programme", required=True, help="el código del programa")
        compute.add_argument(
            "--as-of", type=_date, default=None, help="contar hasta ese día (AAAA-MM-DD)"
        )
        compute.add_argument("--json", action="store_true", help="responder en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 0 when every indicator has a value, 1 when one has none, 2 when nothing is read."""
        from digna.programmes.models import Programme

        found = Programme.objects.filter(code=options["programme"]).first()
        if found is None:
            said = f"No hay un programa «{options['programme']}»."
            raise CommandError(said, returncode=UNREADABLE)
        day = options["as_of"]
        if day is not None and day < found.starts_on:
            said = f"El programa comienza el {found.starts_on}: antes no hay qué contar."
            raise CommandError(said, returncode=UNREADABLE)
        try:
            rows = _rows(found, day)
        except EngineError as problem:
            raise CommandError(problem.message_es, returncode=UNREADABLE) from problem
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            self._tell(rows)
        if any(row["value"] is None for row in rows):
            raise SystemExit(1)

    def _tell(self, rows: list[Row]) -> None:
        for row in rows:
            value = "sin dato" if row["value"] is None else f"{row['value']} {row['unit']}".strip()
            parts = ""
            if row["numerator"] is not None and row["denominator"] is not None:
                parts = f" ({row['numerator']} de {row['denominator']})"
            known = "" if row["n"] is None else f" · n = {row['n']}"
            if known and row["N"] is not None:
                known += f" de {row['N']}"
            self.stdout.write(f"{row['indicator']}: {value}{parts}{known}")
            self.stdout.write(
                f"    {row['type']} · {row['starts_on']} – {row['ends_on'] or 'a la fecha'} · "
                f"{row['source'] or 'sin fuente'}"
            )
            if row["problem"]:
                self.stdout.write(f"    ! {row['problem']}")


def _rows(programme: Any, day: datetime.date | None) -> list[Row]:
    """Return a row an indicator, in the order of their pages."""
    from digna.results import computing
    from digna.results.models import Indicator

    counted = {row.pk: found for row, found in computing.as_of(programme, day)}
    rows = Indicator.objects.filter(programme=programme).select_related("area")
    return [
        _counted(row, counted[row.pk], programme, day)
        if row.pk in counted
        else _not_counted(row, programme, day)
        for row in rows.prefetch_related("reported").order_by("area__order", "order", "pk")
    ]


def _counted(row: Any, found: Any, programme: Any, day: datetime.date | None) -> Row:
    from digna.results import parts  # six places, as they are kept

    figure = found.figure
    is_dated = figure.indicator.on is not None
    return {
        **_named(row, figure.indicator.measure),
        "value": _text(parts.stored(figure.value)),
        "numerator": _text(parts.stored(figure.numerator)),
        "denominator": _text(parts.stored(figure.denominator)),
        "n": figure.n,
        "N": figure.cohort,
        "starts_on": programme.starts_on.isoformat(),
        "ends_on": day.isoformat() if day is not None and is_dated else None,
        "source": figure.indicator.source,
        "method": f"{figure.method} {figure.version}",
        "records_sha256": found.packed.sha256,
        "problem": "",
    }


def _not_counted(row: Any, programme: Any, day: datetime.date | None) -> Row:
    """What a report states, or why a declaration cannot be counted."""
    bare = {
        "value": None,
        "numerator": None,
        "denominator": None,
        "n": None,
        "N": None,
        "starts_on": programme.starts_on.isoformat(),
        "ends_on": None,
        "source": "",
        "method": "",
        "records_sha256": "",
    }
    if not row.is_reported:
        return {**_named(row, row.declaration.get("measure", "")), **bare, "problem": _fault(row)}
    stated = [
        one for one in row.reported.all() if not one.subject and (day is None or one.ends_on <= day)
    ]
    named = _named(row, "reported")
    if not stated:
        return {**named, **bare, "problem": "Ningún informe dice su valor."}
    last = max(stated, key=lambda one: (one.ends_on, one.starts_on))
    return {
        **named,
        **bare,
        "value": _text(last.amount),
        "denominator": _text(last.base),
        "starts_on": last.starts_on.isoformat(),
        "ends_on": last.ends_on.isoformat(),
        "source": last.source,
        "problem": "" if last.amount is not None else f"Se informó «{last.as_written}».",
    }


def _named(row: Any, kind: str) -> Row:
    """A share is a proportion of what its unit names: 0.6, never «0.6 people»."""
    unit = f"proporción de {row.unit}" if kind == "share" else row.unit
    return {"indicator": row.code, "name": row.name_es, "type": kind, "unit": unit}


def _fault(row: Any) -> str:
    from digna.results import declarations

    faults = declarations.read({**row.declaration, "code": row.code}).faults
    return " ".join(fault.message_es for fault in faults) or "No está declarado."


def _text(value: Any) -> str | None:
    """Return an exact decimal; missing stays missing."""
    if value is None:
        return None
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    whole = exact.to_integral_value()
    return str(int(whole)) if whole == exact else f"{exact.normalize():f}"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError(f"«{text}» no es una fecha AAAA-MM-DD") from problem
