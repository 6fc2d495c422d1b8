"""What offers and demands share: codes cleaned, quantities and prices that can be read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """Return values with the HS code as digits and the currency as three capitals."""
    out = dict(values)
    if "hs_code" in out:
        out["hs_code"] = "".join(sign for sign in out["hs_code"] if sign.isdigit())
    if "currency" in out:
        out["currency"] = out["currency"].strip().upper()
    return out


def trial(row: Any, values: dict[str, Any]) -> Any:
    """Return a copy of a row as it would be: refused, it leaves the row as it was."""
    copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields})
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


def refuse_unreadable(row: Any, names: Iterable[str]) -> None:
    """Refuse a number that is not above zero, or a code or currency that cannot be.

    Raises:
        Refused: `linkages.trade.amounts`, `linkages.trade.hs_code`, `linkages.trade.currency`.
    """
    for name in names:
        value = getattr(row, name)
        if value is not None and value <= 0:
            raise Refused(
                "linkages.trade.amounts",
                _("Escriba un número mayor que cero, o deje el dato vacío."),
                field=name,
            )
    if row.hs_code and len(row.hs_code) not in (6, 8, 10):
        raise Refused(
            "linkages.trade.hs_code",
            _("El código HS tiene 6, 8 o 10 dígitos, por ejemplo 1008.50. Déjelo vacío si duda."),
            field="hs_code",
        )
    if row.currency and not (len(row.currency) == 3 and row.currency.isalpha()):
        raise Refused(
            "linkages.trade.currency",
            _("Escriba la moneda con tres letras: BOB, USD, EUR."),
            field="currency",
        )


def no_unit(field: str) -> Refused:
    """Return the refusal of a quantity without its unit, or a price without currency or unit."""
    return Refused(
        "linkages.trade.units",
        _("Diga la unidad de la cantidad, y la moneda y la unidad del precio."),
        field=field,
    )
