"""The rules of the ladder: changed by a new version; what was granted under the old one stays."""

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.trainers.models import LadderRule


@writes("trainers.rule.changed")
def change_rule(*, actor: Actor, module_code: str = "", **values: int) -> LadderRule:
    """Set what the ladder of a module (or, with no code, of all) asks for from now on."""
    standing = LadderRule.objects.filter(module_code=module_code, is_current=True).first()
    if standing is not None:
        if all(getattr(standing, name) == value for name, value in values.items()):
            return standing
        record.change(standing, is_current=False)
    version = 1 if standing is None else standing.version + 1
    return record.add(
        LadderRule(module_code=module_code, version=version, created_by=actor.user, **values)
    )
