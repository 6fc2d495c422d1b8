"""To which partner this room's rows belong: a study may be a partner's; a selection is nobody's.

What informants said was said for the study and stays with it: evidence and interviews never leave.
"""

from digna.registry.ownership import REFERENCE, declare, follows, never, of_partner

WORDS = "palabras de informantes: se dieron para el estudio y no salen con la copia"
CHOICE = "la elección de sectores es del programa; sale de aquí por su memoria"

declare(
    {
        "studies.study": of_partner("partner"),
        "studies.question": follows("study"),
        "studies.evidence": never(WORDS),
        "studies.interview": never(WORDS),
        "studies.answer": never(WORDS),
        "studies.chainlink": follows("study"),
        "studies.marketactor": follows("study"),
        "studies.channel": follows("study"),
        "studies.step": follows("channel"),
        "studies.systemelement": follows("study"),
        "studies.cause": follows("study"),
        "studies.causeedge": follows("study"),
        "studies.series": follows("study"),
        "studies.deficit": follows("study"),
        "studies.finding": follows("study"),
        "studies.version": never("la versión repite las palabras de informantes"),
        "studies.scheme": REFERENCE,
        "studies.selection": never(CHOICE),
        "studies.candidate": never(CHOICE),
        "studies.criterion": never(CHOICE),
        "studies.verdict": never(CHOICE),
        "studies.evaluator": never(CHOICE),
        "studies.round": never(CHOICE),
        "studies.weightvote": never(CHOICE),
        "studies.score": never(CHOICE),
        "studies.discussionnote": never(CHOICE),
        "studies.outcome": never(CHOICE),
        "studies.decision": never(CHOICE),
    }
)
