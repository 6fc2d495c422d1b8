"""To which partner this room's rows belong: offers and deals go with their firm."""

from digna.registry.ownership import REFERENCE, declare, follows, never, of_partner

declare(
    {
        "linkages.requirement": REFERENCE,
        "linkages.marketstep": REFERENCE,
        "linkages.buyer": follows("organisation"),
        "linkages.buyerlink": never("abre una puerta de esta instalación"),
        "linkages.demand": follows("buyer"),
        "linkages.offer": follows(
            "enterprise",
            hush=("name_es", "name_en", "common_name", "description_es", "description_en"),
        ),
        "linkages.offercertification": follows("offer", hush=("number",)),
        "linkages.offerphoto": follows("offer", gone_when_quiet=True),
        "linkages.marketconsent": follows("enterprise", hush=("said_by",)),
        "linkages.deal": follows("enterprise", hush=("product", "buyer_name")),
        "linkages.dealstep": follows(
            "deal", hush=("note", "evidence_link", "confirmed_reason", "correction_reason")
        ),
        "linkages.followup": follows("deal", hush=("note",)),
        "linkages.interest": follows("offer", hush=("message", "said_by")),
        "linkages.cohort": of_partner("partner"),
        "linkages.cohortfirm": follows("enterprise", hush=("left_reason",)),
        "linkages.marketmark": follows("firm", hush=("note", "evidence_link")),
        "linkages.miniproject": follows(
            "firm",
            hush=("title", "measure", "responsible", "result_note", "evidence_link"),
        ),
    }
)
