"""Reviews: what the office says of a submission, and what an approved one becomes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.surveys import binding, versions
from digna.surveys.binding import Binder, Given, Said
from digna.surveys.models import BindingOutcome, Review, Submission
from digna.surveys.reading import answers, definitions, instances, trees
from digna.surveys.reading.answers import Lists
from digna.surveys.reading.definitions import Node
from digna.surveys.selectors import submissions as selectors

State = Submission.State


@writes("surveys.submission.reviewed")
def review(
    *, actor: Actor, submission: Submission, state: str, comment: str = "", carries: bool = True
) -> Submission:
    """Say what is thought of a submission; an approval carries its answers to their facts, once.

    Raises:
        Refused: `surveys.review.needs_comment`, `surveys.review.clash`, and what a binder refuses.
    """
    if state in (State.HAS_ISSUES, State.REJECTED) and not comment.strip():
        raise Refused(
            "surveys.review.needs_comment",
            _("Escriba qué observa o por qué lo rechaza: lo leerá quien lo envió."),
            field="comment",
        )
    if state == State.APPROVED and submission.has_clash:
        raise Refused(
            "surveys.review.clash",
            _("Hay dos correcciones de este envío. Elija primero cuál vale."),
        )
    record.add(
        Review(
            submission=submission, state=state, comment=comment.strip(), at=actor.at, by=actor.user
        )
    )
    record.change(submission, state=state)
    if state == State.APPROVED and carries:
        _carry(actor, submission)
    return submission


def _carry(actor: Actor, submission: Submission) -> None:
    done = set(submission.outcomes.filter(is_done=True).values_list("target", flat=True))
    given = _given(submission)
    rows: dict[str, object] = {}
    for binder in binding.BINDERS:
        said = given.get(binder.code)
        if not said or binder.code in done:
            continue
        lacking = binder.lacks(said)
        if lacking:
            _keep(actor, submission, binder.code, _not_carried(binder, lacking), is_done=False)
            continue
        values = {what: told[0][0] for what, told in said.items()}
        words = {what: [one for _raw, one in told] for what, told in said.items()}
        bound = binder.bind(actor, Given(submission, values, rows, words))
        rows[binder.code] = bound.row
        where = {
            "row_model": bound.row._meta.label_lower,
            "row_key": str(getattr(bound.row, "public_id", bound.row.pk)),
        }
        _keep(actor, submission, binder.code, bound.sentence, is_done=True, **where)


def _not_carried(binder: Binder, lacking: Sequence[str]) -> str:
    """Say which answers were left empty without which it cannot be."""
    words = [str(binder.targets.get(one, one)) for one in lacking]
    return _("No se llevó: falta responder %(what)s.") % {"what": ", ".join(words)}


Told = dict[str, dict[str, list[tuple[str, Said]]]]


def _given(submission: Submission) -> Told:
    """Return the answers that go somewhere, as sent and in words: by binder, then by target."""
    current = submission.versions.get(is_current=True)
    root = trees.parse(current.plain, most=instances.MOST_XML)
    definition = versions.definition_for(submission.form, root.get("version", ""))
    files = selectors.file_lists(submission.form, selectors.chosen_in(definition, root))
    lists, language = answers.lists_of(definition, files), definitions.spanish(definition)
    found: Told = {}
    for target, node in binding.declared(definition):
        code, _dot, what = target.partition(".")
        told = next(instances.values_at(root, node.path), "")
        if told:
            said = Said(node.label(language), _in_words(node, told, language, lists))
            found.setdefault(code, {}).setdefault(what, []).append((told, said))
    return found


def _in_words(node: Node, told: str, language: str, lists: Lists) -> str:
    """Return an answer as one text; what was put in order says which place each has."""
    words = answers.words_of(node, told, language, lists)
    if node.kind == "rank":
        return "; ".join(f"{place}. {word}" for place, word in enumerate(words, start=1))
    return ", ".join(words)


def _keep(
    actor: Actor, submission: Submission, code: str, sentence: str, *, is_done: bool, **where: str
) -> None:
    """Note what became of the answers of one binder; what was not carried may be, later."""
    told = {"is_done": is_done, "sentence": sentence[:500], "at": actor.at, **where}
    before = submission.outcomes.filter(target=code).first()
    if before is None:
        record.add(BindingOutcome(submission=submission, target=code, **told))
    else:
        record.change(before, **told)
