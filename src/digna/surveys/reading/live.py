"""Which files of a form are lists that Digna keeps itself: known by their names alone."""

PREFIX, ENDING = "digna_", ".csv"


def is_live(name: str) -> bool:
    """Whether a form's file is a list of the register: nobody uploads it, nobody replaces it.

    >>> [is_live(n) for n in ("digna_empresas.csv", "Digna_x.CSV", "digna_logo.png", "rubros.csv")]
    [True, True, False, False]
    """
    told = name.lower()
    return told.startswith(PREFIX) and told.endswith(ENDING)
