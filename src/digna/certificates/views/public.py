"""The public check: by the code on the paper, by its QR, or by the credential file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from digna.certificates import access, forms, papers
from digna.certificates.views import shown
from digna.errors import NotVisible
from digna.web import limits
from digna.web.doors import public

JSON = "application/json; charset=utf-8"


@public
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Where a code is typed, or a credential file is brought."""
    form = forms.CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        limits.count_try(request, "certificate")
        try:
            row = access.by_code(form.cleaned_data["code"])
        except NotVisible as problem:
            form.add_error("code", str(problem.message))
        else:
            return redirect("certificates:check", row.code)
    context = {"form": form, "file_form": forms.CredentialForm()}
    return render(request, "certificates/find.html", context, status=422 if form.errors else 200)


@public
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything the paper says, and whether it is in force at this moment."""
    limits.count_try(request, "certificate")
    return render(request, "certificates/check.html", shown.page(request, access.by_code(code)))


@public
@never_cache
@require_GET
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The Open Badges 3.0 credential, for a wallet."""
    row = access.by_code(code)
    text = papers.credential(row, request.build_absolute_uri("/")[:-1])
    response = HttpResponse(text, content_type=JSON)
    response["Content-Disposition"] = f'attachment; filename="credencial-{row.code.lower()}.json"'
    return response


@public
@never_cache
@require_GET
def check_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The paper again, for whoever has its code."""
    limits.count_try(request, "certificate")
    return shown.paper(request, access.by_code(code))


@public
@never_cache
def judge(request: HttpRequest) -> HttpResponse:
    """Judge a credential file that somebody brings."""
    form = forms.CredentialForm(request.POST or None, request.FILES or None)
    verdict = None
    if request.method == "POST":
        limits.count_try(request, "certificate")
        if form.is_valid():
            verdict = papers.judge(form.cleaned_data["file"], timezone.localdate())
    context = {"form": forms.CodeForm(), "file_form": form, "verdict": verdict}
    return render(request, "certificates/find.html", context, status=422 if form.errors else 200)


@public
@never_cache
@require_GET
def status_list(request: HttpRequest, page: int) -> HttpResponse:
    """The signed list that wallets ask whether a credential was revoked."""
    return HttpResponse(papers.status_list(page, request.build_absolute_uri()), content_type=JSON)
