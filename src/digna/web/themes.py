"""Light, dark, or as the device says: a cookie, so that the first paint is already right."""

from django.http import HttpRequest

COOKIE = "tema"
COOKIE_AGE = 365 * 24 * 3600
AS_DEVICE = ""
THEMES = (AS_DEVICE, "light", "dark")


def chosen(request: HttpRequest) -> str:
    """Return the theme a person chose, or "" when the device decides."""
    value = request.COOKIES.get(COOKIE, AS_DEVICE)
    return value if value in THEMES else AS_DEVICE
