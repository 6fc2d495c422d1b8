"""The link with which a person chooses a password: allauth's own, good once and for three days."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from digna.accounts.models import User


def choose_password(request: HttpRequest, user: User) -> str:
    """Return the address; it dies with the first password chosen by it."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=key))
