"""Who edits forms, who sends, who reads and reviews what was sent; how a telephone comes in."""

import hashlib
import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.errors import NotVisible
from digna.programmes import access as programmes
from digna.programmes.models import Programme
from digna.surveys.models import (
    AppKey,
    Attachment,
    Export,
    FormVersion,
    Submission,
    SurveyForm,
)

SEE = rights.declare("surveys.see", READERS | FIELD | {Role.ANALYST})
EDIT = rights.declare("surveys.edit", OFFICE | {Role.ANALYST})
READ = rights.declare("surveys.read", READERS | {Role.ANALYST})
REVIEW = rights.declare("surveys.review", OFFICE | {Role.ANALYST})
SEND = rights.declare("surveys.send", OFFICE | FIELD | {Role.ANALYST})
KEYS = rights.declare("surveys.keys", OFFICE)

REALM = "Digna"


def gone() -> NotVisible:
    """Return the refusal of what is not there, or not for this person."""
    return NotVisible(
        "surveys.not_visible", _("No hay tal formulario o envío, o no le toca verlo.")
    )


def programmes_of(user: object, right: rights.Right = EDIT) -> QuerySet[Programme]:
    """Return the programmes in which `user` holds a right of this room."""
    return programmes.visible_programmes(user, right)


def visible_forms(user: object, right: rights.Right = SEE) -> QuerySet[SurveyForm]:
    """Return the forms on `user`'s list: drafts for those who edit."""
    seen = SurveyForm.objects.filter(programme__in=programmes_of(user, right))
    mine = SurveyForm.objects.filter(programme__in=programmes_of(user, EDIT))
    return seen.filter(~Q(state=SurveyForm.State.DRAFT) | Q(pk__in=mine.values("pk")))


def form(user: object, key: uuid.UUID, right: rights.Right = SEE) -> SurveyForm:
    """Return one form in which `user` holds a right."""
    row = visible_forms(user, right).select_related("programme").filter(public_id=key).first()
    if row is None:
        raise gone()
    return row


def fillable_forms(user: object) -> QuerySet[SurveyForm]:
    """Return the forms that `user` may fill: of the programmes to which they may send.

    A closed one stays within reach for what was begun before; it is offered no longer.
    """
    rows = SurveyForm.objects.filter(programme__in=programmes_of(user, SEND))
    return rows.exclude(state=SurveyForm.State.DRAFT)


def form_to_fill(user: object, key: uuid.UUID) -> SurveyForm:
    """Return one form that `user` may fill."""
    row = fillable_forms(user).select_related("programme").filter(public_id=key).first()
    if row is None:
        raise gone()
    return row


def version(user: object, key: uuid.UUID) -> FormVersion:
    """Return one version of a form that `user` may see."""
    rows = FormVersion.objects.filter(form__in=visible_forms(user).values("pk"))
    row = rows.select_related("form__programme").filter(public_id=key).first()
    if row is None:
        raise gone()
    return row


def visible_submissions(user: object) -> QuerySet[Submission]:
    """Return what `user` may read: all of their programmes, or what they sent themselves."""
    if not isinstance(user, User):
        return Submission.objects.none()
    within = Q(form__programme__in=programmes_of(user, READ))
    own = Q(user=user, form__programme__in=programmes_of(user, SEE))
    return Submission.objects.filter(within | own)


def reads_whole(user: object, form: SurveyForm) -> bool:
    """Whether `user` reads all that was sent of a form: the wider half of `visible_submissions`."""
    return programmes_of(user, READ).filter(pk=form.programme_id).exists()


def visible_exports(user: object) -> QuerySet[Export]:
    """Return one's own exports, of forms that one still sees."""
    if not isinstance(user, User):
        return Export.objects.none()
    return Export.objects.filter(user=user, form__in=visible_forms(user).values("pk"))


def export(user: object, key: uuid.UUID) -> Export:
    """Return one of `user`'s exports; one of everybody's submissions only to who may read them."""
    rows = visible_exports(user).select_related("form__programme")
    row = rows.filter(public_id=key).first()
    if row is None or (row.is_whole and not reads_whole(user, row.form)):
        raise gone()
    return row


def submission(user: object, key: uuid.UUID) -> Submission:
    """Return one submission that `user` may read."""
    rows = visible_submissions(user).select_related("form__programme", "user")
    row = rows.filter(public_id=key).first()
    if row is None:
        raise gone()
    return row


def submission_to_review(user: object, key: uuid.UUID) -> Submission:
    """Return one submission that `user` may judge."""
    row = submission(user, key)
    if not programmes_of(user, REVIEW).filter(pk=row.form.programme_id).exists():
        raise gone()
    return row


def attachment(user: object, key: uuid.UUID, name: str) -> Attachment:
    """Return one file of a submission that `user` may read."""
    row = submission(user, key).attachments.filter(name=name).exclude(file="").first()
    if row is None:
        raise gone()
    return row


def visible_keys(user: object) -> QuerySet[AppKey]:
    """Return one's own keys; the office sees those of its programmes."""
    if not isinstance(user, User):
        return AppKey.objects.none()
    managed = Q(programme__in=programmes_of(user, KEYS))
    return AppKey.objects.filter(managed | Q(user=user))


def key(user: object, public_id: uuid.UUID) -> AppKey:
    """Return one key that `user` may retire."""
    row = visible_keys(user).filter(public_id=public_id).first()
    if row is None:
        raise gone()
    return row


def senders(user: object, programme: Programme) -> list[User]:
    """Return for whom `user` may make a key in a programme: the office for all who may send."""
    if not isinstance(user, User):
        return []
    if not programmes_of(user, KEYS).filter(pk=programme.pk).exists():
        return [user]
    everybody = User.objects.filter(is_active=True).prefetch_related("memberships")
    return [one for one in everybody.order_by("name") if may_send(one, programme)]


def may_send(user: object, programme: Programme) -> bool:
    """Whether `user` may send to a programme's forms today."""
    reach = rights.reach(user, SEND).scopes
    return any(not scope.programmes or programme.code in scope.programmes for scope in reach)


def may_correct_others(user: object, programme: Programme) -> bool:
    """Whether `user` may correct what somebody else sent."""
    return programmes_of(user, REVIEW).filter(pk=programme.pk).exists()


def hash_of(secret: str) -> str:
    """Return what is kept of a random link: a plain hash is enough for 256 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
