"""Submissions: received once however often they are sent, corrected, completed with their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Clash, NotAllowed
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.surveys import access, versions
from digna.surveys.models import (
    AppKey,
    Attachment,
    FormVersion,
    Submission,
    SubmissionVersion,
    SurveyForm,
)
from digna.surveys.reading import answers, attachments, instances
from digna.surveys.reading.instances import Sent


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that stands already: where, its sha256 and its size."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came, and by which way.

    Attributes:
        sent, content: what it says of itself; its bytes.
        files: by the names that it gave them; they stand on disk already.
        key: with which telephone; None where it was read in.
    """

    sent: Sent
    content: bytes
    files: Mapping[str, Stored]
    source: str
    key: AppKey | None = None


@writes("surveys.submission.received")
def receive(*, actor: Actor, form: SurveyForm, arrival: Arrival) -> Submission:
    """Keep a submission, or what is new of it: the same one again changes nothing.

    Raises:
        Clash: `surveys.submission.other_content`, `surveys.attachment.other_content`.
        NotAllowed: `surveys.submission.not_yours`.
    """
    same = _version(form, arrival.sent.instance_id)
    if same is not None:
        return _again(actor, same, arrival)
    return _first(actor, form, arrival)


@writes("surveys.submission.refused")
def note_refusal(
    *, actor: Actor, key: AppKey, code: str, form_id: str, facts: dict[str, Any]
) -> None:
    """Note that a telephone with a key sent what is not taken; none of its content is kept."""
    record.note(key, code=code, form=form_id[:200], **facts)


@writes("surveys.submission.settled")
def settle(*, actor: Actor, submission: Submission, version: SubmissionVersion) -> Submission:
    """Choose which of two corrections counts; the other stays in the history."""
    for row in submission.versions.filter(is_current=True).exclude(pk=version.pk):
        record.change(row, is_current=False)
    record.change(version, is_current=True)
    return record.change(submission, has_clash=False)


def _version(form: SurveyForm, instance_id: str) -> SubmissionVersion | None:
    rows = SubmissionVersion.objects.select_related("submission__form__programme")
    return rows.filter(form=form, instance_id=instance_id).first()


def _again(actor: Actor, same: SubmissionVersion, arrival: Arrival) -> Submission:
    if same.sha256 != arrival.sent.digest:
        raise Clash(
            "surveys.submission.other_content",
            _("Ya se recibió otro envío con ese identificador. El primero queda como estaba."),
        )
    if arrival.files:
        _hold_to_sender(actor, same.submission)
        _attach(actor, same.submission, arrival.files)
    return same.submission


def _first(actor: Actor, form: SurveyForm, arrival: Arrival) -> Submission:
    before = _version(form, arrival.sent.deprecated_id) if arrival.sent.deprecated_id else None
    if before is not None:
        submission = _corrected(actor, before, arrival)
    else:
        # The second condition is the index's own: without it every version of the form is read.
        after = (
            SubmissionVersion.objects.filter(form=form, deprecated_id=arrival.sent.instance_id)
            .exclude(deprecated_id="")
            .first()
        )
        submission = _new(actor, form, arrival) if after is None else after.submission
        if after is not None:  # its correction came before it: this is how it was at first
            _hold_to_sender(actor, submission)
            _add_version(actor, submission, arrival, is_current=False)
    _expect(submission, form, arrival)
    _attach(actor, submission, arrival.files)
    return submission


def _new(actor: Actor, form: SurveyForm, arrival: Arrival) -> Submission:
    submission = record.add(
        Submission(
            form=form,
            instance_id=arrival.sent.instance_id,
            name=arrival.sent.name or _called(form, arrival),
            source=arrival.source,
            is_late=form.state == SurveyForm.State.CLOSED,
            received_at=actor.at,
            user=actor.user,
        )
    )
    _add_version(actor, submission, arrival, is_current=True)
    return submission


def _called(form: SurveyForm, arrival: Arrival) -> str:
    """Return what to call a submission whose form gives it no name: its first answer in words."""
    definition = versions.definition_for(form, arrival.sent.version)
    texts = (node.path for node in definition.questions() if node.kind == "text")
    told = (next(instances.values_at(arrival.sent.root, path), "") for path in texts)
    return instances.CONTROL.sub(" ", next((one for one in told if one), ""))[:200]


def _corrected(actor: Actor, before: SubmissionVersion, arrival: Arrival) -> Submission:
    """Put a correction in front; two of the same version are both kept, and asked about."""
    submission = before.submission
    _hold_to_sender(actor, submission)
    is_front = before.is_current
    if is_front:
        record.change(before, is_current=False)
        record.change(
            submission,
            name=arrival.sent.name or _called(submission.form, arrival),
            state=Submission.State.RECEIVED,
        )
    else:
        record.change(submission, has_clash=True, state=Submission.State.HAS_ISSUES)
    _add_version(actor, submission, arrival, is_current=is_front)
    return submission


def _add_version(
    actor: Actor, submission: Submission, arrival: Arrival, *, is_current: bool
) -> SubmissionVersion:
    form = submission.form
    last = submission.versions.order_by("-number").values_list("number", flat=True).first()
    return record.add(
        SubmissionVersion(
            submission=submission,
            form=form,
            version=FormVersion.objects.filter(form=form, version=arrival.sent.version).first(),
            number=(last or 0) + 1,
            instance_id=arrival.sent.instance_id,
            deprecated_id=arrival.sent.deprecated_id,
            xml=arrival.content,
            sha256=arrival.sent.digest,
            is_current=is_current,
            received_at=actor.at,
            device=actor.device[:120],
            key=arrival.key,
            user=actor.user,
        )
    )


def _hold_to_sender(actor: Actor, submission: Submission) -> None:
    """Only who sent it, or who reviews, changes what was sent."""
    if actor.user is None or submission.user_id == actor.user.pk:
        return
    if access.may_correct_others(actor.user, submission.form.programme):
        return
    raise NotAllowed(
        "surveys.submission.not_yours",
        _("Ese envío lo hizo otra persona. Pida a la oficina que lo corrija."),
    )


def _expect(submission: Submission, form: SurveyForm, arrival: Arrival) -> None:
    """Write down which files it says it comes with, so that what is missing shows."""
    definition = versions.definition_for(form, arrival.sent.version)
    wanted = answers.attached_names(definition, arrival.sent.root)
    have = set(submission.attachments.values_list("name", flat=True))
    for name in sorted(wanted - have):
        if attachments.is_safe_name(name):
            record.add(Attachment(submission=submission, name=name))


def _attach(actor: Actor, submission: Submission, files: Mapping[str, Stored]) -> None:
    known = {row.name: row for row in submission.attachments.all()} if files else {}
    for name, file in files.items():
        held = {
            "file": file.name, "sha256": file.sha256, "size": file.size, "received_at": actor.at,
        }  # fmt: skip
        row = known.get(name)
        if row is None:
            record.add(Attachment(submission=submission, name=name, **held))
        elif not row.file:
            record.change(row, **held)
        elif row.sha256 != file.sha256:
            raise Clash(
                "surveys.attachment.other_content",
                _("Ya se recibió otro archivo «%(name)s» de este envío. El primero queda.")
                % {"name": name},
            )
