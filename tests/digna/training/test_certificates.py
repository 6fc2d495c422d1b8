"""The people of a cycle earn certificates of attendance; the fee is paid back by what was saved."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import make
from cast import cast, client_of
from digna.certificates.models import Certificate
from digna.errors import Refused
from digna.improvement.services import projects
from digna.training import outcomes
from digna.training.services import certificates, pipeline, workshops
from training import made

pytestmark = pytest.mark.django_db


def test_who_came_to_enough_gets_one_and_only_once() -> None:
    firm = made.firm()
    made.attended(firm, ("manager", "worker"))
    second = made.workshop(firm.cycle)
    (manager, *_rest) = [row.person for row in firm.participants.order_by("pk")]
    mark = workshops.Mark(firm, manager, "manager", is_present=True, minutes=90)
    workshops.record_attendance(
        actor=make.actor(), workshop=second, marks=[mark], base_version=second.version
    )
    issued = certificates.issue_certificates(actor=make.actor(), cycle=firm.cycle)
    assert [row.person for row in issued] == [manager]
    assert issued[0].kind == "attendance"
    assert issued[0].reference == firm.cycle.public_id
    assert certificates.issue_certificates(actor=make.actor(), cycle=firm.cycle) == []
    lower = certificates.issue_certificates(actor=make.actor(), cycle=firm.cycle, least_share=50)
    assert len(lower) == 1
    assert Certificate.objects.count() == 2


def test_nobody_came_enough() -> None:
    with pytest.raises(Refused) as refused:
        certificates.issue_certificates(actor=make.actor(), cycle=made.cycle())
    assert refused.value.code == "training.certificates.nobody"


def test_the_page_lists_who_came_and_issues() -> None:
    firm, people = made.firm(), cast()
    made.attended(firm)
    url = reverse("training:issue_certificates", args=[firm.cycle.public_id])
    client = client_of(people.lead)
    assert str(firm.enterprise) in client.get(url).content.decode()
    assert client.post(url, {"least_share": "0"}).status_code == 422
    client.post(url, {"least_share": "80"})
    assert Certificate.objects.count() == 2
    assert client_of(people.auditor).get(url).status_code == 403
    assert client_of(people.other_coordinator).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302


def test_the_fee_pays_itself_back_with_and_without_subsidy() -> None:
    firm = made.firm()
    assert outcomes.payback_of(firm).without_subsidy is None
    row = pipeline.open_opportunity(
        actor=make.actor(), enterprise=firm.enterprise, on=made.DAY, module=firm.cycle.module
    )
    pipeline.change_opportunity(
        actor=make.actor(), opportunity=row, price_offered=Decimal(2400), subsidy=Decimal(1200)
    )
    assert outcomes.payback_of(firm).without_subsidy is None  # nothing saved is known yet
    projects.add_project(
        actor=make.actor(), enterprise=firm.enterprise, title="Menos desperdicio", area="waste",
        starts_on=date(2021, 1, 4), done_on=date(2021, 3, 1), status="done",
        saving=Decimal(4800), running_cost=Decimal(0),
    )  # fmt: skip
    found = outcomes.payback_of(firm)
    assert (found.with_subsidy, found.without_subsidy) == (3, 6)
    page = client_of(cast().lead).get(reverse("training:firm", args=[firm.public_id]))
    assert "meses con el subsidio" in page.content.decode()
