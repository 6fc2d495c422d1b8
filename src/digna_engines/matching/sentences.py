"""Reasons as sentences, in Spanish or English. ``names`` gives words for codes and keys."""

from collections.abc import Callable, Mapping

from digna_engines.matching.pool import Reason

Names = Mapping[str, str]

ES = {
    "needs": "Domina {n} de {asked} áreas pedidas{met}.",
    "needs_unmet": "Queda sin cubrir: {unmet}.",
    "ranking": "Está en el lugar {place} de {of} de la lista de preferencia.",
    "ranking_none": "No está entre las {of} personas de la lista de preferencia.",
    "sector": "Conoce el rubro ({sector}).",
    "sector_other": "No dijo conocer el rubro ({sector}).",
    "stage": "Acompaña negocios en esta etapa ({stage}).",
    "stage_other": "No dijo acompañar negocios en esta etapa ({stage}).",
    "department": "Son del mismo departamento ({department}).",
    "department_other": "No consta que sea del mismo departamento ({department}).",
    "meeting": "Comparten idioma ({languages}) y horarios por semana ({n}).",
    "no_language": "No comparten idioma: quien emprende habla {mentee}; quien acompaña, {mentor}.",
    "no_slot": "No tienen ningún horario libre en común.",
    "no_conflict": "Hay conflicto de interés{organisations}.",
    "no_mentee_sex": "Quien emprende pidió {wants}, y no consta que la persona mentora lo sea.",
    "no_mentor_sex": "La persona mentora pidió {wants}, y no consta que quien emprende lo sea.",
    "no_unavailable": "La persona mentora no está disponible ahora.",
    "no_full": "La persona mentora ya tiene completos sus lugares ({capacity}).",
    "paired": "Van juntas, con un encaje de {score}.",
    "went_elsewhere": "Podían trabajar juntas (encaje {score}), pero quien emprende quedó con "
    "{mentor} (encaje {other}).",
    "seats_went": "Podían trabajar juntas (encaje {score}), pero los lugares de {mentor} fueron "
    "para {others}.",
    "group_elsewhere": "Podían trabajar juntas (encaje {score}), pero el grupo de {mentor} se "
    "reúne en otro horario o idioma: {slot}, {language}.",
    "seat_left": "Podían trabajar juntas (encaje {score}) y queda lugar.",
    "nobody_possible": "Ninguna de las {mentors} personas mentoras es posible: {barriers}.",
    "no_mentors": "No hay personas mentoras en el grupo.",
    "all_full": "Hay {possible} personas mentoras posibles ({who}), pero sus lugares fueron para "
    "otras.",
    "group_full": "Hay {possible} personas mentoras posibles ({who}), pero ningún grupo con lugar "
    "se reúne en un horario e idioma que le sirva.",
    "kept_released": "{mentee} y {mentor} ya no pueden seguir juntas: {why}",
    "kept_unknown": "La pareja {mentee} – {mentor} ya no está en el grupo.",
    "silent_mentee": "{mentee} no dijo nada con qué medir el encaje.",
    "not_proven": "No se pudo probar que no haya grupos mejores.",
    "short_of_seats": "Hay {seats} lugares para {mentees} personas.",
}  # fmt: skip
EN = {
    "needs": "Masters {n} of {asked} of the areas asked for{met}.",
    "needs_unmet": "Not covered: {unmet}.",
    "ranking": "Stands in place {place} of {of} on the list of preference.",
    "ranking_none": "Is not among the {of} people on the list of preference.",
    "sector": "Knows the sector ({sector}).",
    "sector_other": "Did not say they know the sector ({sector}).",
    "stage": "Goes along with firms at this stage ({stage}).",
    "stage_other": "Did not say they go along with firms at this stage ({stage}).",
    "department": "They are of the same department ({department}).",
    "department_other": "Not known to be of the same department ({department}).",
    "meeting": "They share a language ({languages}) and weekly slots ({n}).",
    "no_language": "They share no language: the mentee speaks {mentee}; the mentor, {mentor}.",
    "no_slot": "They have no free slot in common.",
    "no_conflict": "There is a conflict of interest{organisations}.",
    "no_mentee_sex": "The mentee asked for {wants}, which the mentor is not known to be.",
    "no_mentor_sex": "The mentor asked for {wants}, which the mentee is not known to be.",
    "no_unavailable": "The mentor is not available now.",
    "no_full": "The mentor's places are all taken ({capacity}).",
    "paired": "They are together, with a fit of {score}.",
    "went_elsewhere": "They could work together (fit {score}), but the mentee went to {mentor} "
    "(fit {other}).",
    "seats_went": "They could work together (fit {score}), but the places of {mentor} went to "
    "{others}.",
    "group_elsewhere": "They could work together (fit {score}), but the group of {mentor} meets "
    "in another slot or language: {slot}, {language}.",
    "seat_left": "They could work together (fit {score}) and a place is left.",
    "nobody_possible": "None of the {mentors} mentors is possible: {barriers}.",
    "no_mentors": "There are no mentors in the pool.",
    "all_full": "{possible} mentors are possible ({who}), but their places went to others.",
    "group_full": "{possible} mentors are possible ({who}), but no group with a place meets in a "
    "slot and language that serve.",
    "kept_released": "{mentee} and {mentor} can no longer go on together: {why}",
    "kept_unknown": "The pair {mentee} – {mentor} is no longer in the pool.",
    "silent_mentee": "{mentee} said nothing by which to measure the fit.",
    "not_proven": "It could not be proven that there are no better groups.",
    "short_of_seats": "There are {seats} places for {mentees} people.",
}  # fmt: skip
BARRIER = {
    "language": ("sin idioma en común", "no language in common"),
    "slot": ("sin horario en común", "no slot in common"),
    "conflict": ("con conflicto de interés", "conflict of interest"),
    "mentee_sex": ("fuera de lo que pidió", "not of the sex asked for"),
    "mentor_sex": ("que pidieron otra cosa", "asked for another sex"),
    "unavailable": ("no disponibles", "not available"),
    "full": ("sin lugar", "without a place"),
}
SEX = {"female": ("una mujer", "a woman"), "male": ("un hombre", "a man")}


def sentence(reason: Reason, language: str = "es", names: Names | None = None) -> str:
    """Return a reason as one sentence; codes without a name in ``names`` are told as they are.

    >>> sentence(Reason("sector", {"sector": "coffee"}, 1.0), "es", {"coffee": "café"})
    'Conoce el rubro (café).'
    >>> sentence(Reason("no_slot"), "en")
    'They have no free slot in common.'
    """
    is_english = language.startswith("en")
    told = (EN if is_english else ES)[reason.code]
    words = _words(reason, is_english, names or {})
    text = told.format_map(words)
    if reason.code == "needs" and words["unmet"]:
        extra = (EN if is_english else ES)["needs_unmet"]
        text = f"{text} {extra.format_map(words)}"
    return text


def _words(reason: Reason, is_english: bool, names: Names) -> dict[str, object]:
    words = {name: _word(value, is_english, names) for name, value in reason.values.items()}
    for name, change in CHANGES.items():
        if name in reason.values:
            words.update(change(reason, is_english, names))
    return words


def _word(value: object, is_english: bool, names: Names) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(names.get(str(v), str(v)) for v in value) or "—"
    if isinstance(value, float):
        text = f"{value:.2f}"
        return text if is_english else text.replace(".", ",")
    return names.get(value, value) if isinstance(value, str) else value


Change = Callable[[Reason, bool, Names], dict[str, object]]


def _met(reason: Reason, is_english: bool, names: Names) -> dict[str, object]:
    met = list(reason.values["met"])  # type: ignore[call-overload]
    told = f" ({_word(met, is_english, names)})" if met else ""
    unmet = reason.values.get("unmet")
    return {"n": len(met), "met": told, "unmet": _word(unmet, is_english, names) if unmet else ""}


def _slots(reason: Reason, _is_english: bool, _names: Names) -> dict[str, object]:
    return {"n": len(list(reason.values["slots"]))}  # type: ignore[call-overload]


def _organisations(reason: Reason, is_english: bool, names: Names) -> dict[str, object]:
    shared = reason.values["organisations"]
    if not shared:
        return {"organisations": " that was declared" if is_english else " declarado"}
    told = _word(shared, is_english, names)
    return {"organisations": f": {'both of' if is_english else 'ambas de'} {told}"}


def _wants(reason: Reason, is_english: bool, _names: Names) -> dict[str, object]:
    code = str(reason.values["wants"])
    return {"wants": SEX[code][is_english] if code in SEX else code}


def _barriers(reason: Reason, is_english: bool, _names: Names) -> dict[str, object]:
    counts: Mapping[str, int] = dict(reason.values["barriers"])  # type: ignore[call-overload]
    told = [f"{n} {BARRIER[code][is_english]}" for code, n in counts.items()]
    return {"barriers": ", ".join(told)}


def _why(reason: Reason, is_english: bool, names: Names) -> dict[str, object]:
    inner = reason.values["why"]
    told = [sentence(r, "en" if is_english else "es", names) for r in inner]  # type: ignore[attr-defined]
    return {"why": " ".join(told)}


CHANGES: Mapping[str, Change] = {
    "met": _met,
    "slots": _slots,
    "organisations": _organisations,
    "wants": _wants,
    "barriers": _barriers,
    "why": _why,
}
