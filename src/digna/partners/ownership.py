"""To which partner this room's rows belong."""

from digna.registry.ownership import REFERENCE, declare, follows, never, of_partner

declare(
    {
        "partners.partnerprofile": of_partner("partner"),
        "partners.ownbudget": of_partner("partner"),
        "partners.costline": follows("cycle"),
        "partners.coststatement": follows("cycle"),
        "partners.income": follows("cycle"),
        "partners.fee": follows("cycle", hush=("note",)),
        "partners.instalment": follows("fee"),
        "partners.payment": follows("fee", hush=("receipt", "why")),
        "partners.closedyear": of_partner("partner"),
        "partners.recoverytarget": of_partner("partner"),
        "partners.marker": REFERENCE,
        "partners.judgement": of_partner("partner"),
        "partners.snapshot": of_partner("partner"),
        "partners.actiontemplate": REFERENCE,
        "partners.transitionaction": of_partner("partner"),
        "partners.asset": of_partner("partner"),
        "partners.workingcopy": never("es el registro de lo que salió de esta instalación"),
    }
)
