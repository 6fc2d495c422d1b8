"""An evaluator who reads English gets the kit's anchors in English, until somebody rewords them."""

import pytest
from django.utils import translation

import make
from digna.studies.models import Criterion
from digna.studies.services import criteria
from studies import chosen

pytestmark = pytest.mark.django_db


def test_anchors_follow_the_language_until_they_are_reworded() -> None:
    row = Criterion(
        selection=chosen.selection(), code="x", name="Demanda", name_en="Demand",
        anchors=[str(n) for n in range(1, 6)], anchors_en=[f"en {n}" for n in range(1, 6)],
        questions=["¿Cuánto?"], questions_en=["How much?"],
    )  # fmt: skip
    row.save()
    with translation.override("en"):
        assert row.told_anchors[0] == "en 1"
        assert row.told_questions == ["How much?"]
    assert row.told_anchors[0] == "1"
    criteria.change_criterion(
        actor=make.actor(), criterion=row, anchors=["otra", "2", "3", "4", "5"]
    )
    with translation.override("en"):
        assert row.told_anchors[0] == "otra"
        assert row.told_questions == ["How much?"]
