"""To which partner this room's rows belong."""

from digna.registry.ownership import PRIVATE, declare, never, of_partner

declare(
    {
        "certificates.certificate": of_partner(
            "partner", needs=("person", "enterprise", "replaces"), hush=("holder_name",)
        ),
        "certificates.signingkey": never(PRIVATE),
    }
)
