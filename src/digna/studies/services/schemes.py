"""Ways of choosing sectors, taken from a kit."""

from collections.abc import Mapping, Sequence
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Scheme


@writes("studies.schemes.loaded")
def load_schemes(*, actor: Actor, kit: str, schemes: Sequence[Mapping[str, Any]]) -> int:
    """Load schemes: new ones added, standing ones updated. Selections keep their copy."""
    standing = {row.code: row for row in Scheme.objects.all()}
    for entry in schemes:
        told: dict[str, Any] = {
            "name_es": entry["name_es"],
            "name_en": entry["name_en"],
            "description_es": entry["description_es"],
            "description_en": entry["description_en"],
            "is_weight_confirmed": entry["weights_confirmed"],
            "content": {"dimensions": entry["dimensions"], "criteria": entry["criteria"]},
            "kit": kit,
            "source": ", ".join(entry["sources"])[:200],
            "checked_on": entry["checked_on"],
            "certainty": entry["certainty"],
        }
        if entry["code"] in standing:
            record.change(standing[entry["code"]], **told)
        else:
            record.add(Scheme(code=entry["code"], **told))
    return len(schemes)
