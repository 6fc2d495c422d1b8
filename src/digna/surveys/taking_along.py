"""What a telephone must keep to fill forms without signal, and how much it weighs."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.templatetags.static import static
from django.urls import reverse

from digna.surveys import access, lists, versions
from digna.surveys.lists import Content, Shelf
from digna.surveys.models import FormVersion, SurveyForm
from digna.web import built
from digna.web.context import VERSION

FILES = {"web/dist/forms.js": "script", "surveys/filling.css": "style"}
PAGE_BYTES = 24_000
"""About what one page weighs as it is kept; its questions are counted apart, exactly."""

Row = dict[str, Any]


def revision(version: FormVersion) -> str:
    """Return what changes when a form's questions or its files do: the md5 of its XForm, and more.

    Its address carries it, so that a page and the questions it was made for stay together. Lists of
    the register are not in it: they change by themselves, and a draft goes on with today's.
    """
    told = "".join(f"{one.name}:{one.md5}\n" for one in version.media.all())
    return f"{version.md5}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def definition(version: FormVersion) -> dict[str, Any]:
    """Return a form as a telephone fills it: its XForm and where its files are."""
    form = version.form
    return {
        "hash": revision(version),
        "form": str(form.public_id),
        "programme": form.programme.code,
        "form_id": form.form_id,
        "title": form.title,
        "version": version.version,
        "xform": version.plain.decode(),
        "media": {
            **{one.name: media_url(version, one.name, one.md5) for one in version.media.all()},
            **{
                one.name: list_url(form.programme.code, one.name)
                for one in lists.used(versions.definition(version.public_id))
            },
        },
    }


def media_url(version: FormVersion, name: str, md5: str) -> str:
    """Return the address of a form's file, which changes with what it holds."""
    return f"{reverse('surveys:fill_media', args=[version.form.public_id, name])}?v={md5}"


def list_url(programme: str, name: str) -> str:
    """Return the address of a list of the register: the same for every form, whatever it holds."""
    return reverse("surveys:fill_list", args=[programme, name])


def definition_url(version: FormVersion) -> str:
    """Return the address of a version's questions."""
    url = reverse("surveys:definition", args=[version.form.public_id])
    return f"{url}?v={revision(version)}"


def urls(user: object) -> list[Row]:
    """Return what a telephone takes along to fill every open form of a person.

    Each row has `url`, `kind` (`page`, `definition`, `media`, `script`, `style`), `bytes` as kept
    and `revision`; a page of a form also its `label`.
    """
    offered = newest(access.fillable_forms(user).filter(state=SurveyForm.State.OPEN))
    if not offered:
        return []
    stamp = _short("".join(revision(one) for one in offered))
    rows = [_page(reverse("surveys:to_fill"), stamp)]
    for version in offered:
        rows.extend(of_form(version))
    return [*rows, *live_lists(user, offered), *engine()]


def live_lists(user: object, offered: Iterable[FormVersion]) -> list[Row]:
    """Return the lists of the register that some forms lean on, each once: `kind` is `list`.

    A row's revision changes only when the list itself does, as this person sees it.
    """
    shelf, rows = Shelf(user), {}
    for version in offered:
        programme = version.form.programme
        for made in shelf.contents(programme, versions.definition(version.public_id)):
            url = list_url(programme.code, made.live.name)
            rows[url] = _list(url, made)
    return list(rows.values())


def _list(url: str, made: Content) -> Row:
    return {"url": url, "kind": "list", "bytes": len(made.data), "revision": made.md5}


def of_form(version: FormVersion) -> list[Row]:
    """Return what one form needs by itself: its page, its questions and its files."""
    page = _page(reverse("surveys:fill", args=[version.form.public_id]), revision(version))
    told = json.dumps(definition(version), ensure_ascii=False).encode()
    questions = {
        "url": definition_url(version),
        "kind": "definition",
        "bytes": len(told),
        "revision": revision(version),
    }
    media = [
        {
            "url": media_url(version, one.name, one.md5),
            "kind": "media",
            "bytes": one.size,
            "revision": one.md5,
        }
        for one in version.media.all()
    ]
    return [{**page, "label": version.form.title}, questions, *media]


def engine() -> list[Row]:
    """Return the files without which no form opens."""
    rows = []
    for name, kind in FILES.items():
        size, revision = len(built.read(name)), built.revision(name)
        rows.append({"url": static(name), "kind": kind, "bytes": size, "revision": revision})
    return rows


def newest(forms: Iterable[SurveyForm]) -> list[FormVersion]:
    """Return the newest version of each form, by title, with its files."""
    last = FormVersion.objects.filter(form=OuterRef("form")).order_by("-number").values("pk")[:1]
    rows = FormVersion.objects.filter(form__in=forms, pk=Subquery(last))
    rows = rows.select_related("form__programme").prefetch_related("media")
    return list(rows.order_by("form__title", "form_id"))


def _page(url: str, stamp: str) -> Row:
    return {"url": url, "kind": "page", "bytes": PAGE_BYTES, "revision": _short(VERSION + stamp)}


def _short(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:16]
