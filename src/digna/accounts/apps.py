"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "digna.accounts"
    verbose_name = "Cuentas"
