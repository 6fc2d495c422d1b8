"""A list of the register on its way to a telephone."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from digna.surveys.lists import Content

_gzip = GZipMiddleware(lambda _request: HttpResponse())


def live_list(request: HttpRequest, made: Content) -> HttpResponseBase:
    """Return a list's bytes, packed where the telephone can unpack; 304 for who has them."""
    response = HttpResponse(made.data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{made.live.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"  # it is another one for the next person
    patch_vary_headers(response, ("Cookie", "Authorization"))
    etag = quote_etag(made.md5)
    response["ETag"] = etag
    found = get_conditional_response(request, etag=etag, response=response)
    if found is None or found is response:
        return _gzip.process_response(request, response)
    return found
