"""Search as you type, over everything the person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from digna.accounts.doors import door
from digna.registry import access
from digna.registry.selectors import finding


@door(access.SEE)
def search(request: HttpRequest) -> HttpResponse:
    """The options for the box in the header, or a page of them without JavaScript."""
    text = request.GET.get("q", "")
    options = finding.search_everything(request.user, text)
    is_fragment = request.headers.get("hx-request") == "true"
    template = "web/components/search_options.html" if is_fragment else "registry/search.html"
    return render(request, template, {"options": options, "query": text})
