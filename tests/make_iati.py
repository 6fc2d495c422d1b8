"""A programme with what IATI asks, and figures to tell, for tests of files that leave."""

from datetime import date
from decimal import Decimal
from typing import Any

import make
import make_results
from digna.programmes.models import Programme
from digna.programmes.services import programmes
from digna.registry.models import Organisation, Place
from digna.results.services import iati, periods

PROFILE: dict[str, Any] = {
    "org_ref": "XM-DAC-41302",
    "org_name": "Organización Internacional del Trabajo",
    "org_type": "40",
    "is_accountable": True,
    "country": "BO",
    "currency": "USD",
    "contact_email": "datos@example.invalid",
    "sectors": [
        {"vocabulary": "1", "code": "32130", "percentage": "60"},
        {"vocabulary": "1", "code": "25030", "percentage": "40"},
    ],
    "tags": [{"vocabulary": "3", "code": "4.4"}],
    "references": [{"indicator": "constituents_trained", "vocabulary": "9", "code": "4.4.1"}],
}


def programme() -> Programme:
    """A programme with figures of 263 people, of which one year is frozen."""
    made = make_results.programme(
        summary_es="Apoyo a mipymes bolivianas.", summary_en="Support for small Bolivian firms."
    )
    make_results.adopted(made)
    make_results.published(made)
    make_results.activity(made, departments=[department()])
    funder: Organisation = make.organisation("Secretaría de Estado para Asuntos Económicos")
    programmes.add_funder(
        actor=make.actor(),
        programme=made,
        organisation=funder,
        amount=Decimal("2500000"),
        currency="USD",
    )
    profile = {**PROFILE, "area_types": {area.code: "1" for area in made.areas.all()}}
    profile["organisations"] = {str(funder.pk): {"ref": "CH-4", "type": "10"}}
    iati.set_profile(actor=make.actor(), programme=made, **profile)
    year = periods.open_period(
        actor=make.actor(),
        programme=made,
        label="2021",
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    make_results.computed(made)
    periods.freeze_period(actor=make.actor(), period=year)
    return made


def department() -> Place:
    """La Paz, as the kit brings it."""
    return Place.objects.get_or_create(
        code="BO-L", defaults={"kind": Place.Kind.DEPARTMENT, "name": "La Paz", "iso": "BO-L"}
    )[0]
