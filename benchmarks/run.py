"""`make bench`: every timed scenario, one after the other. Minutes; not part of the tests."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCENARIOS = (
    "kolibri",
    "pages",
    "importing",
    "indicators",
    "thirty",
    "deciding",
    "matching",
    "timetabling",
    "trade_import",
    "offline_course",
    "form_opening",
    "trade_potential",
    "trade_market",
    "trade_complexity",
)


def main() -> None:
    """Run the scenarios named, or all."""
    sys.path.insert(0, str(HERE))
    for name in sys.argv[1:] or SCENARIOS:
        print(f"\n## {name}\n", flush=True)
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")


if __name__ == "__main__":
    main()
