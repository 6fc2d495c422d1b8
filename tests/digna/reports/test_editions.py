"""Words with figures cited, editions kept for ever, compared, published, withdrawn."""

import pytest
from tests.digna.reports import made

import make
from cast import cast
from digna.errors import Refused
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.reports import keeping, making, paper
from digna.reports.models import Edition, Report
from digna.reports.selectors import lists
from digna.reports.services import editions, reports
from digna.results.models import Figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return made.report("statement", programme=made.trained())


def issue(of: Report, **values: str) -> Edition:
    return editions.issue(actor=make.actor(), report=of, **values)


def write(of: Report, es: str, en: str = "", section: str = "constituents") -> None:
    reports.write_text(actor=make.actor(), report=of, section=section, es=es, en=en)


def test_the_same_report_is_opened_once(report: Report) -> None:
    assert made.report("statement", programme=report.programme).pk == report.pk


def test_a_cited_figure_becomes_its_number_in_both_languages(report: Report) -> None:
    write(report, "Llegamos a {ind:constituents_trained}.\n\nGracias.", "We reached people.")
    spanish, english = (making.paper_of(report, one) for one in making.LANGUAGES)
    told = spanish.sections[0].blocks[0]
    assert isinstance(told, paper.Paragraph)
    assert (told.text, told.is_own) == ("Llegamos a 263.", True)
    assert isinstance(told.pieces[1], paper.Cited)
    first = english.sections[0].blocks[0]
    assert isinstance(first, paper.Paragraph)
    assert first.text == "We reached people."


def test_without_english_the_english_report_carries_the_spanish_words(report: Report) -> None:
    write(report, "Gracias.")
    block = making.paper_of(report, "en").sections[0].blocks[0]
    assert isinstance(block, paper.Paragraph)
    assert block.text == "Gracias."


def test_an_unknown_citation_is_refused_by_name(report: Report) -> None:
    with pytest.raises(Refused) as refusal:
        write(report, "", en="We reached {ind:constituent_trained}.")
    assert refusal.value.code == "reports.text.citation"
    assert "{ind:constituent_trained}" in str(refusal.value.message)
    assert refusal.value.details["field"] == "en"
    with pytest.raises(Refused) as other:
        write(report, "Hola", section="no-hay")
    assert other.value.code == "reports.text.section"


def test_an_edition_does_not_change_when_the_records_do(report: Report) -> None:
    first = issue(report)
    Figure.objects.filter(indicator__code="constituents_trained").update(value=264, numerator=264)
    kept = Edition.objects.get(pk=first.pk)
    shown = lists.paper_in(kept, "es-bo")
    assert paper.figures(shown)["constituents_trained"].text == "263"
    assert keeping.hash_of(kept.papers) == kept.sha256
    assert paper.figures(making.paper_of(report, "es-bo"))["constituents_trained"].text == "264"


def test_two_editions_tell_which_figures_differ(report: Report) -> None:
    first = issue(report)
    Figure.objects.filter(indicator__code="constituents_trained").update(value=264, numerator=264)
    second = issue(report, note="una persona más")
    assert (first.number, second.number) == (1, 2)
    found = lists.differences(lists.paper_in(first, "es-bo"), lists.paper_in(second, "es-bo"))
    assert [(one.label, one.before, one.after) for one in found] == [
        ("Representantes capacitados", "263 (n = 263)", "264 (n = 263)")
    ]


def test_nothing_changed_asks_for_no_other_edition(report: Report) -> None:
    issue(report)
    with pytest.raises(Refused) as refusal:
        issue(report)
    assert refusal.value.code == "reports.edition.same"


def test_issuing_leaves_a_line_with_the_hash_and_without_the_report(report: Report) -> None:
    edition = issue(report)
    line = Line.objects.filter(action="reports.edition.issued").get()
    told = line.changes.get().after
    assert told["sha256"] == edition.sha256
    assert told["papers"] == "•••"


def test_only_the_public_statement_of_a_public_programme_is_published(report: Report) -> None:
    logframe = made.report("logframe", programme=report.programme)
    with pytest.raises(Refused) as refusal:
        editions.publish(actor=make.actor(), edition=issue(logframe))
    assert refusal.value.code == "reports.edition.internal"
    edition = issue(report)
    Programme.objects.update(is_public=False)
    with pytest.raises(Refused) as hidden:
        editions.publish(actor=make.actor(), edition=edition)
    assert hidden.value.code == "reports.edition.programme_not_public"


def test_what_was_altered_behind_our_back_is_not_published(report: Report) -> None:
    edition = issue(report)
    papers = {**edition.papers, "es-bo": {**edition.papers["es-bo"], "title": "Otra cosa"}}
    Edition.objects.filter(pk=edition.pk).update(papers=papers)
    with pytest.raises(Refused) as refusal:
        editions.publish(actor=make.actor(), edition=edition)
    assert refusal.value.code == "reports.edition.altered"


def test_withdrawing_asks_why_and_is_done_once(report: Report) -> None:
    edition = issue(report)
    with pytest.raises(Refused) as refusal:
        editions.withdraw(actor=make.actor(), edition=edition, because=" ")
    assert refusal.value.code == "reports.edition.why"
    gone = editions.withdraw(actor=make.actor(), edition=edition, because="Faltaba Beni")
    assert (gone.state, gone.withdrawn_because) == ("withdrawn", "Faltaba Beni")
    with pytest.raises(Refused):
        editions.withdraw(actor=make.actor(), edition=edition, because="otra vez")
    with pytest.raises(Refused):
        editions.publish(actor=make.actor(), edition=edition)


def test_days_to_come_have_no_report() -> None:
    from datetime import date

    with pytest.raises(Refused) as refusal:
        made.report(
            "trainer", trainer=cast().trainer, period="2999-T1",
            starts_on=date(2999, 1, 1), ends_on=date(2999, 3, 31),
        )  # fmt: skip
    assert refusal.value.code == "reports.report.future"
