"""App configuration."""

from collections.abc import Iterator

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "digna.programmes"
    verbose_name = "Programas"

    def ready(self) -> None:
        """Tell accounts which programmes a membership can be limited to."""
        from digna.accounts import limits

        limits.offer(limits.PROGRAMME, _programmes)


def _programmes() -> Iterator[tuple[str, str]]:
    from digna.programmes.models import Programme

    yield from Programme.objects.values_list("code", "name")
