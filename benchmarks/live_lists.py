"""What a list of the register costs: made, packed and looked up, by number of firms.

Fills a throw-away database and prints milliseconds (the best of five) and bytes.

    python benchmarks/live_lists.py [--count 10000]
"""

import argparse
import gzip
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Fill, make, say."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--count", type=int, default=10_000)
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DIGNA_HOME": home, "DJANGO_SETTINGS_MODULE": "digna.config.settings.dev"}
        os.environ.pop("DATABASE_URL", None)
        sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "digna")]
        _run(told.count)


def _run(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from surveys import phone

    import make
    from digna.registry.models import Enterprise
    from digna.surveys import lists

    town, lead, programme = make.place(), make.user("Elena", role="lead"), phone.programme()
    firms = Enterprise.objects.bulk_create(
        Enterprise(name=f"Taller Ñandú número {n}", place=town) for n in range(count)
    )
    live = lists.known()["digna_empresas.csv"]
    made = lists.Shelf(lead).content(programme, live)
    packed = gzip.compress(made.data, 6)
    print(f"{made.count} firms, {len(made.data) / 1e6:.2f} MB, packed {len(packed) / 1e6:.2f} MB")
    chosen = {str(firm.public_id) for firm in firms[:3]}
    for what, call in (
        ("made with its hash", lambda: lists.Shelf(lead).content(programme, live).md5),
        ("packed", lambda: gzip.compress(made.data, 6)),
        ("words of three that were chosen", lambda: live.labels(programme, chosen)),
        ("words of all, for an export", lambda: live.labels(programme)),
    ):
        print(f"{what}: {_best(call):.0f} ms")


def _best(call: Callable[[], object]) -> float:
    spent = []
    for _turn in range(5):
        began = time.perf_counter()
        call()
        spent.append(time.perf_counter() - began)
    return min(spent) * 1000


if __name__ == "__main__":
    main()
