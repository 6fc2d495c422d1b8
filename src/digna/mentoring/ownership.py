"""To which partner this room's rows belong. Private notes belong to their author and stay."""

from django.db.models import Q

from digna.registry.ownership import claim, declare, follows, never, of_partner

declare(
    {
        "mentoring.cohort": of_partner("partner", blanks={"token": None}),
        "mentoring.application": follows(
            "cohort",
            blanks={"token": None},
            hush=("business", "constraints_note", "motivation", "decision_note"),
        ),
        "mentoring.mentor": of_partner("partner", hush=("headline",)),
        "mentoring.seat": follows("mentor"),
        "mentoring.draft": never("guarda lo que vio el cálculo, con datos de todo el grupo"),
        "mentoring.proposal": never("va con su borrador"),
        "mentoring.pair": follows("cohort", hush=("ending_note",)),
        "mentoring.agreement": follows("pair", hush=("aims", "care_note")),
        "mentoring.goal": follows("pair", hush=("what",)),
        "mentoring.mentoringsession": follows("pair", hush=("agreed",)),
        "mentoring.privatenote": never("es de quien la escribió y de nadie más"),
        "mentoring.followup": follows("pair", hush=("what",)),
        "mentoring.outcome": follows("application"),
    }
)


def _people(key: int, _code: str) -> Q:
    return Q(partner=None) & (
        Q(mentoring_applications__cohort__partner=key) | Q(mentoring_profiles__partner=key)
    )


def _firms(key: int, _code: str) -> Q:
    return Q(partner=None, mentoring_applications__cohort__partner=key)


claim("registry.person", _people)
claim("registry.enterprise", _firms)
