"""The published ruleset of version 2.03 in our own form: the same ids, our own words.

Where the published text of a rule and its machine-readable form differ, the text is followed:

- 2.1.2 is judged in every vocabulary (the published condition never holds outside the DAC's);
- 3.4.x also judge regions that do not write their vocabulary, whose default is 1;
- 4.3.1 and 4.4.1 take a text of blanks for none;
- 11.1.x, 11.2.x and 11.3.1 judge every date, not only the first one;
- the rules on symbols are judged for every organisation: offline there is no registry to ask.
"""

from typing import Final

from digna_engines.iati import rules_activities, rules_amounts, rules_identifiers
from digna_engines.iati.judging import Rule

RULESET: Final[tuple[Rule, ...]] = (
    *rules_identifiers.RULES,
    *rules_activities.RULES,
    *rules_amounts.RULES,
)
"""Every rule, each id once or, where its places are judged apart, more than once."""
