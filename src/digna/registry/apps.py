"""App configuration."""

from collections.abc import Iterator

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "digna.registry"
    verbose_name = "Registro"

    def ready(self) -> None:
        """Tell accounts which partners and departments a membership can be limited to."""
        from digna.accounts import limits

        limits.offer(limits.PARTNER, _partners)
        limits.offer(limits.DEPARTMENT, _departments)


def _partners() -> Iterator[tuple[str, str]]:
    from digna.registry.models import Organisation

    rows = Organisation.objects.filter(is_partner=True)
    yield from rows.values_list("code", "name")


def _departments() -> Iterator[tuple[str, str]]:
    from digna.registry.models import Place

    rows = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
    yield from rows.values_list("code", "name")
