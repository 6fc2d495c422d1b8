"""The tags and filters every template has, and the components built with them."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from digna.web.devices import device


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def component(name: str, **context: object) -> str:
    return " ".join(render_to_string(f"web/components/{name}.html", context).split())


def test_icon_is_hidden_from_readers_and_its_words_are_not():
    html = render('{% icon "sun" label="Hoy" reader="abre" %}')
    assert 'aria-hidden="true"' in html
    assert "icons.svg#sun" in html
    assert html.endswith(' Hoy<span class="for-readers">abre</span>')


def test_icon_escapes_its_words():
    assert "<b>" not in render('{% icon "sun" label=word %}', word="<b>")


def test_wrap_leaves_no_empty_element_behind():
    source = (
        '{% wrap "nav" class="x" aria_label="aquí" %}{% if on %}<b>sí</b>{% endif %}{% endwrap %}'
    )
    assert render(source, on=False) == ""
    assert render(source, on=True) == '<nav class="x" aria-label="aquí"><b>sí</b></nav>'


def test_query_changes_one_parameter_and_keeps_the_others():
    request = RequestFactory().get("/", {"q": "café", "pagina": "3"})
    assert render("{% query pagina=4 %}", request=request) == "?q=caf%C3%A9&amp;pagina=4"
    assert render("{% query pagina=None %}", request=request) == "?q=caf%C3%A9"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Mozilla/5.0 (Linux; Android 10) Chrome/90.0 Safari/537.36", "Chrome en Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge en Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Safari/604", "Safari en iPhone"),
        ("", "equipo desconocido"),
        (None, "equipo desconocido"),
    ],
)
def test_device(said, read):
    assert device(said) == read


def test_number_shows_its_parts_its_base_and_its_marks():
    html = component(
        "number", label="Capacitados", value=263, part=158, whole=263, part_label="mujeres",
        target=250, known=41, expected=60, of_what="empresas", frozen=True, would_be=264, grade="B",
    )  # fmt: skip
    for words in (
        ">263</p>", "158 de 263 (60 %) mujeres", "meta 250", "avance 105 %",
        "n = 41 de 60 empresas", "congelado", "263 → 264", "calidad B", "width: 100.0%",
    ):  # fmt: skip
        assert words in html, words


def test_number_tells_zero_from_missing():
    assert ">0</p>" in component("number", label="x", value=0)
    assert ">sin dato</p>" in component("number", label="x", value=None)
    assert "sin dato" not in component("number", label="x", value=0)


def test_a_target_of_zero_has_no_achievement():
    assert "avance sin dato" in component("number", label="x", value=3, target=0)


def test_bar_is_as_long_as_its_share():
    assert "width: 25.0%" in component("bar", label="x", value=1, whole=4)


def test_history_shows_before_and_after_and_keeps_zero():
    html = component(
        "history",
        entries=[
            {
                "what": "Corrigió", "who": "Ana", "when": datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
                "changes": [{"label": "Personas", "before": 0, "after": None}],
            }
        ],
    )  # fmt: skip
    assert "<del>0</del>" in html
    assert '<span class="missing">sin dato</span>' in html
    assert "Ana · <time" in html
    assert "24/11/2026 15:05" in html


def test_fields_say_what_is_missing():
    html = component("fields", rows=[{"label": "a", "value": 0}, {"label": "b", "value": None}])
    assert "<dd>0</dd>" in html
    assert "sin dato" in html


def test_pagination_says_where_one_is():
    request = RequestFactory().get("/lista", {"q": "x"})
    html = component("pagination", page=Paginator(range(120), 50).get_page(2), request=request)
    assert "51–100 de 120" in html
    assert 'href="?q=x&amp;pagina=3"' in html
    assert 'rel="prev"' in html
    one_page = component("pagination", page=Paginator(range(3), 50).get_page(1), request=request)
    assert one_page == ""


def test_steps_mark_the_present_one():
    html = component("steps", steps=["Archivo", "Columnas", "Listo"], now=2)
    assert html.count('aria-current="step"') == 1
    assert html.count("step--done") == 1


def test_progress_asks_again_only_while_there_is_an_address():
    assert "hx-get" not in component("progress", what="x", done=1, total=2)
    html = component("progress", what="x", done=1, total=2, poll_url="/p")
    assert 'hx-get="/p"' in html
    assert "Puede seguir trabajando" in html
    assert "value=" not in component("progress", what="x", done=0, total=None)


def test_progress_numbers_reach_the_browser_without_separators():
    assert 'value="3200" max="10000"' in component("progress", what="x", done=3200, total=10000)


def test_trend_has_a_table_for_who_cannot_see_it():
    from digna.web import svg

    drawn = svg.trend([("2020", None), ("2021", 263)])
    html = component("trend", trend=drawn, title="Personas")
    assert '<td class="figure">sin dato</td>' in html
    assert '<td class="figure">263</td>' in html
    assert 'aria-label="Personas"' in html
