"""The elements of the results-measurement standard in our own words. Pure."""

from django.utils.translation import gettext_lazy

ELEMENTS = {
    1: gettext_lazy("Contar la historia: la cadena de resultados"),
    2: gettext_lazy("Decidir qué se mide"),
    3: gettext_lazy("Medir el cambio y lo que se debe al programa"),
    4: gettext_lazy("Ver el cambio más amplio en el mercado"),
    5: gettext_lazy("Seguir los costos y el impacto"),
    6: gettext_lazy("Informar costos y resultados"),
    7: gettext_lazy("Gestionar el sistema de medición"),
}


def element(number: int) -> str:
    """Return the name of an element; its number where we have no words for it.

    >>> element(99)
    '99'
    """
    return str(ELEMENTS.get(number, number))
