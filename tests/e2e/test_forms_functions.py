"""What the functions of the standard give, in the field app's engine.

Source: the ODK XForms specification, section «XPath functions», and XPath 1.0.
"""

import re

from playwright.sync_api import Page, expect
from surveys import featured, phone

import filling
from browser import Site
from digna.surveys.models import Submission
from filling import choose, write

WORKED: tuple[tuple[str, str], ...] = (
    # choices: ${rubros} is «textil comida», ${formal} is «si»
    ("selected(${rubros}, 'textil')", "true"),
    ("selected(${rubros}, 'madera')", "false"),
    ("selected-at(${rubros}, 1)", "comida"),
    ("selected-at(${rubros}, 9)", ""),
    ("count-selected(${rubros})", "2"),
    ("jr:choice-name(${formal}, '${formal}')", "Sí"),
    ("jr:choice-name(selected-at(${rubros}, 0), '${rubros}')", "Textiles"),
    # texts
    ("concat('a', 'b', 1 + 1)", "ab2"),
    ("join('; ', 'a', 'b', 'c')", "a; b; c"),
    ("substr('abcde', 1, 3)", "bc"),
    ("substr('abcde', 2)", "cde"),
    ("substr('abcde', -2)", "de"),
    ("substring('12345', 2, 3)", "234"),
    ("substring-before('1999/04/01', '/')", "1999"),
    ("substring-after('1999/04/01', '/')", "04/01"),
    ("string-length('Ñandú')", "5"),
    ("normalize-space('  a   b ')", "a b"),
    ("translate('bar', 'abc', 'ABC')", "BAr"),
    ("contains('Tejidos Illimani', 'Illi')", "true"),
    ("starts-with('Tejidos', 'Te')", "true"),
    ("ends-with('Tejidos', 'dos')", "true"),
    ("regex('1023045', '[0-9]{6,12}')", "true"),
    ("regex('10', '[0-9]{6,12}')", "false"),
    # digests and codes
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("base64-decode('SG9sYQ==')", "Hola"),
    ("string-length(uuid())", "36"),
    # logic
    ("if(2 > 1, 'sí', 'no')", "sí"),
    ("coalesce('', 'b')", "b"),
    ("coalesce('a', 'b')", "a"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('true')", "true"),
    ("boolean-from-string('2')", "false"),
    ("not(true())", "false"),
    ("true() and (1 = 1)", "true"),
    ("false() or (1 != 1)", "false"),
    ("checklist(1, 2, true(), false(), true())", "true"),
    ("checklist(3, 3, true(), false(), true())", "false"),
    ("weighted-checklist(4, 9, true(), 3, false(), 5, true(), 2)", "true"),
    # numbers
    ("int(7.8)", "7"),
    ("int('-3.2')", "-3"),
    ("number('12.5') * 2", "25"),
    ("round(1.25, 1)", "1.3"),
    ("round(14.29123, 1)", "14.3"),
    ("round(12345, -2)", "12300"),
    ("floor(2.7)", "2"),
    ("ceiling(2.1)", "3"),
    ("7 mod 3", "1"),
    ("7 div 2", "3.5"),
    ("pow(2, 10)", "1024"),
    ("sqrt(81)", "9"),
    ("abs(-4)", "4"),
    ("max(3, 9, 4)", "9"),
    ("min(3, 9, 4)", "3"),
    ("round(log10(1000), 6)", "3"),
    ("round(log(exp(2)), 6)", "2"),
    ("round(pi(), 4)", "3.1416"),
    ("round(sin(pi() div 2), 6)", "1"),
    ("round(cos(0), 6)", "1"),
    ("round(atan2(1, 1), 4)", "0.7854"),
    ("exp10(3)", "1000"),
    # days and hours
    ("format-date('2026-02-03', '%Y/%m/%d')", "2026/02/03"),
    ("format-date('2026-02-03', '%e-%n-%y')", "3-2-26"),
    ("format-date-time('2026-02-03T14:05:09.000-04:00', '%H:%M:%S')", "14:05:09"),
    ("decimal-date-time('1970-01-02T00:00:00.000Z')", "1"),
    ("round(decimal-time('06:00:00.000-04:00'), 4)", "0.25"),
    ("format-date(date('2026-02-03'), '%d')", "03"),
    ("string-length(today())", "10"),
    ("today() <= now()", "true"),
    ("date('2026-03-01') > date('2026-02-28')", "true"),
    # places: a square of about 111 m at the equator
    ("round(distance('0 0 0 0; 0 0.001 0 0') , 0)", "111"),
    ("round(area('0 0; 0 0.001; 0.001 0.001; 0.001 0; 0 0') div 100, 0)", "124"),
    # over the turns of a repeat: 2, 3 and one that is empty, which is no number (XPath 1.0, 4.4)
    ("sum(${cantidad})", ""),
    ("sum(${cantidad}[. != ''])", "5"),
    ("count(${productos})", "3"),
    ("count-non-empty(${cantidad})", "2"),
    ("max(${cantidad}[. != ''])", "3"),
    ("min(${cantidad}[. != ''])", "2"),
    ("join(',', ${cantidad})", "2,3,"),
    ("indexed-repeat(${cantidad}, ${productos}, 2)", "3"),
    # lists
    ("instance('rubros')/root/item[name = 'comida']/name", "comida"),
    ("count(instance('departamentos')/root/item)", "9"),
    ("once('una vez')", "una vez"),
)  # fmt: skip


def table() -> bytes:
    rows = (
        featured.row("select_one si_no", "formal", "¿Tiene NIT?"),
        featured.row("select_multiple rubros", "rubros", "¿Qué hace?"),
        featured.row("select_one departamentos", "departamento", "Departamento"),
        featured.row("begin repeat", "productos", "Producto"),
        featured.row("integer", "cantidad", "¿Cuántos?"),
        featured.row("end repeat", ""),
        *(
            featured.row("calculate", f"r{number:03}", calculation=told)
            for number, (told, _given) in enumerate(WORKED)
        ),
    )
    return featured.one(*rows)


def test_the_functions_of_the_standard(thumb: Page, bare_site: Site) -> None:
    form = phone.form(table())
    page = thumb
    filling.open_form(page, bare_site, form)
    choose(page, "formal", "Sí")
    choose(page, "rubros", "Textiles", "Alimentos")
    filling.following(page)
    for turn, told in enumerate(("2", "3", "")):
        if turn:
            page.get_by_role("button", name="Agregar otro: Producto").click()
        write(page, "cantidad", told, turn)
    expect(page.get_by_role("heading", name="Producto 3")).to_be_visible()
    filling.following(page)
    filling.hand_in(page)
    expect(page.get_by_text("Enviado y recibido.")).to_be_visible()
    xml = Submission.objects.get().versions.get().plain.decode()
    given = dict(re.findall(r"<(r\d{3})>([^<]*)</", xml))
    wrong = {
        told: given.get(f"r{number:03}", "")
        for number, (told, wanted) in enumerate(WORKED)
        if given.get(f"r{number:03}", "") != wanted
    }
    assert wrong == {}
