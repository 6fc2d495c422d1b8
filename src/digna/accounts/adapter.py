"""How django-allauth meets Digna: no self sign-up, sign-in by e-mail or phone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from digna.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a coordinator; allauth signs people in and guards their secrets."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        raise NotImplementedError("phones are set by services.change_contact")

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:
        raise NotImplementedError("phones are verified by services.change_contact")

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_: Any) -> None:
        raise NotImplementedError("Digna sends no SMS")
