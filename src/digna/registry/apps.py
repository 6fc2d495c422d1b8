"""App configuration."""

from collections.abc import Iterator

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "digna.registry"
    verbose_name = "Registro"

    def ready(self) -> None:
        """Tell accounts what a membership can be limited to; take in what telephones kept."""
        from digna.accounts import limits
        from digna.registry import arrivals, chapters, stories  # noqa: F401

        limits.offer(limits.PARTNER, _partners)
        limits.offer(limits.DEPARTMENT, _departments)
        stories.OF_PERSON.append(chapters.of_person)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.LINKS_OF_PERSON.append(chapters.links_of_person)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)


def _partners() -> Iterator[tuple[str, str]]:
    from digna.registry.models import Organisation

    rows = Organisation.objects.filter(is_partner=True)
    yield from rows.values_list("code", "name")


def _departments() -> Iterator[tuple[str, str]]:
    from digna.registry.models import Place

    rows = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
    yield from rows.values_list("code", "name")
