"""How django-allauth meets Digna: no self sign-up, sign-in by e-mail or phone, all journalled."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from axes.utils import reset
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from digna.accounts import phones
from digna.accounts.models import User
from digna.accounts.services import passwords, sessions
from digna.journal import actor

CARD = "card"


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    def clean(self, value: Any) -> Any:
        try:
            return phones.e164(super().clean(value) or "")
        except phones.Unreadable:
            raise ValidationError(_("Revise el celular: no parece un número.")) from None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a coordinator; allauth signs people in and guards their secrets."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Vouched for by who made the account: asked to verify, allauth would send an SMS."""
        return (user.phone, True) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            number = phones.e164(phone)
        except phones.Unreadable:
            return None
        return User.objects.filter(phone=number).first() if number else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        raise NotImplementedError("phones are set by services.change_contact")

    def set_phone_verified(self, user: User, phone: str) -> None:
        raise NotImplementedError("phones are verified by services.change_contact")

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_: Any) -> None:
        raise NotImplementedError("Digna sends no SMS")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, under one name for the lock-out however the phone was written.

        Axes counts failures by the user model's name field, `email`, which allauth does not give
        it for phones: without this, whoever mistypes a phone's password would lock out everybody
        who signs in by phone from the same address, and their success would forgive nobody.
        """
        credentials["email"] = _one_name(credentials)
        found: User | None = super().authenticate(request, **credentials)
        return found

    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask again for the password of who is in, by the name they have."""
        name = {"email": user.email} if user.email else {"phone": user.phone or ""}
        found = self.authenticate(self.request, password=password, **name)
        return found is not None and found.pk == user.pk

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = self.get_user_by_phone(credentials.get("phone", ""))
        if user is None:
            user = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        if user is not None and not getattr(request, "axes_locked_out", False):
            sessions.record_failure(actor=actor.of_request(request), user=user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.phone:  # axes forgets the failures of the e-mail by itself
            reset(username=user.phone)
        methods = [record["method"] for record in get_authentication_records(request, user)]
        if methods != [CARD]:
            act = actor.of_request(request)
            sessions.record_sign_in(actor=act, user=user, methods=methods)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            speak(response, user.language)
        return response

    def set_password(self, user: User, password: str) -> None:
        act = actor.of_request(self.request)
        passwords.set_own_password(
            actor=actor.Actor(user=user, device=act.device), password=password
        )


def speak(response: HttpResponse, language: str) -> None:
    """Remember the language of the screens on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
    )


def _one_name(credentials: dict[str, Any]) -> str:
    typed = str(credentials.get("email") or credentials.get("phone") or credentials.get("username"))
    try:
        return (phones.e164(typed) if "@" not in typed else None) or typed.strip().lower()
    except phones.Unreadable:
        return typed.strip().lower()
