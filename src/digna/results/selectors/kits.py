"""Which installed kits bring indicators."""

from digna.programmes.models import InstalledKit


def with_indicators() -> list[InstalledKit]:
    """Return the newest version of every kit that brings indicators, the first installed first."""
    newest: dict[str, InstalledKit] = {}
    for kit in InstalledKit.objects.filter(documents__has_key="indicators").order_by("pk"):
        newest[kit.code] = kit
    return list(newest.values())
