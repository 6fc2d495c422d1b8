"""The demo's questionnaires: open, filled by who is in the field, at every state of a review."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from studies import assessing
from surveys import phone

import make
from cast import client_of
from digna.accounts.models import User
from digna.demo import programme, questionnaires
from digna.surveys import versions
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.reading import instances, trees

pytestmark = pytest.mark.django_db


def test_open_questionnaires_with_answers_that_say_they_are_invented(
    tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    programme.make_accounts(actor=make.actor())
    make.place()
    study = assessing.study(programme=phone.programme())
    firm = make.enterprise("Tejidos Sajama")
    count = questionnaires.load(make.actor(), phone.programme())
    assert count == Submission.objects.count() == 11
    assert set(SurveyForm.objects.values_list("state", flat=True)) == {"open"}
    states = Counter(Submission.objects.values_list("state", flat=True))
    assert states == {"received": 9, "approved": 1, "has_issues": 1}
    for row in Submission.objects.all():
        root = trees.parse(row.versions.get().plain, most=instances.MOST_XML)
        known = {node.path for node in versions.definition_for(row.form, "").walk()}
        given = {n.getroottree().getpath(n).split("/", 2)[2] for n in root.iterdescendants()}
        bare = {path.replace("[1]", "").replace("[2]", "") for path in given}
        assert {path for path in bare if not path.startswith("meta")} <= known
    trainer = User.objects.get(email="formadora@demo.example")
    page = client_of(trainer).get("/campo/formularios/").content.decode()
    assert page.count("ask-offer__link") == 3
    assert "Falta ordenar los problemas" in page
    (heard,) = study.interviews.all()
    assert heard.evidence.source.endswith("cuestionario «Evaluación rápida de mercado»")
    assert {a.question.text: a.text for a in heard.answers.all()}["¿Qué hace en esta cadena?"] == (
        "Produce"
    )
    followed = Submission.objects.get(form__form_id="seguimiento_anual")
    assert str(firm.public_id).encode() in followed.versions.get().plain
