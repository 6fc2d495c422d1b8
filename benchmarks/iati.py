"""The IATI validator at three sizes of file: cost should grow with the file and no faster.

`python benchmarks/iati.py [ACTIVITIES]`: files of n, 2n and 4n activities with results, one in ten
with a mistake, judged whole; CPU seconds, megabytes and findings.
"""

import resource
import sys
import time
from dataclasses import replace
from datetime import date

from digna_engines.iati import read, validate, write
from digna_engines.iati.model import (
    Activity,
    ActivityDate,
    Description,
    Dimension,
    Indicator,
    Organisation,
    Period,
    PeriodValue,
    Result,
    Share,
)
from digna_engines.iati.shapes import Narrative, Words


def parts() -> tuple[PeriodValue, ...]:
    """A total and its two parts."""
    return (
        PeriodValue(value="263"),
        PeriodValue(value="158", dimensions=(Dimension(name="sex", value="female"),)),
        PeriodValue(value="105", dimensions=(Dimension(name="sex", value="male"),)),
    )


def activity() -> Activity:
    """An activity with three indicators of four quarters."""
    quarters = tuple(
        Period(
            start=f"2020-{m:02d}-01",
            end=f"2020-{m + 2:02d}-28",
            targets=parts()[:1],
            actuals=parts(),
        )
        for m in (1, 4, 7, 10)
    )
    indicator = Indicator(
        measure="1", aggregation_status="1", title=Words.of("i"), periods=quarters
    )
    return Activity(
        language="es",
        default_currency="USD",
        reporting_org=Organisation(ref="XM-DAC-41302", type="40", names=(Narrative("OIT"),)),
        title=Words.of("Programa"),
        descriptions=(Description(type="1", narratives=(Narrative("Apoyo"),)),),
        participating_orgs=(Organisation(role="4", ref="XM-DAC-41302"),),
        status="2",
        dates=(ActivityDate(type="2", iso_date="2020-01-01"),),
        recipient_countries=(Share(code="BO"),),
        sectors=(Share(code="32130", percentage="50"), Share(code="25030", percentage="50")),
        results=(Result(type="1", title=Words.of("r"), indicators=(indicator,) * 3),),
    )


def file_of(count: int) -> bytes:
    """A file of so many activities, every tenth with sectors that do not add up."""
    good = activity()
    bad = replace(good, sectors=(good.sectors[0], Share(code="25030", percentage="49")))
    return write(
        replace(bad if n % 10 == 0 else good, identifier=f"XM-DAC-41302-{n}") for n in range(count)
    )


def main() -> None:
    """Judge files of three sizes and print what each cost."""
    least = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print("activities     MB  judge s  read+write s  findings  RSS MB")
    for count in (least, 2 * least, 4 * least):
        file = file_of(count)
        started = time.process_time()
        report = validate(file, as_of=date(2026, 1, 1))
        judged = time.process_time()
        again = write(read(file).activities)
        done = time.process_time()
        assert again == file
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:>10} {len(file) / 1e6:>6.1f} {judged - started:>8.2f} {done - judged:>13.2f} "
            f"{len(report.findings):>9} {memory:>7.0f}"
        )


if __name__ == "__main__":
    main()
