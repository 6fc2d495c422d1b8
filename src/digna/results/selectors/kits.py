"""Which installed kit brings indicators."""

from digna.programmes.models import InstalledKit


def with_indicators() -> InstalledKit | None:
    """Return the kit installed last that brings indicators."""
    return InstalledKit.objects.filter(documents__has_key="indicators").first()
