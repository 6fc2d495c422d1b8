"""The same numbers from a well-kept package, where the two speak of the same thing."""

from typing import Any

import numpy as np
import pytest

from digna_engines.attribution import (
    Firm,
    Observation,
    ancova,
    difference_in_differences,
    staggered_effects,
)

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def peers() -> tuple[Any, Any]:
    return pytest.importorskip("pyfixest"), pytest.importorskip("pandas")


def sample(seed: int, clusters: int | None) -> list[Firm]:
    random = np.random.default_rng(seed)
    firms = []
    for n in range(60):
        before = random.normal(100, 20)
        after = before * 0.7 + 40 + 6 * (n % 2) + random.normal(0, 8)
        firms.append(Firm(before, after, n % 2 == 1, None if clusters is None else n % clusters))
    return firms


@pytest.mark.parametrize("clusters", [None, 12])
def test_difference_in_differences_and_its_clustered_error(
    peers: tuple[Any, Any], clusters: int | None
) -> None:
    fixest, pandas = peers
    firms = sample(1, clusters)
    long = pandas.DataFrame(
        {
            "y": value,
            "treated": float(firm.is_treated),
            "post": float(post),
            "group": n if clusters is None else firm.cluster,
        }
        for n, firm in enumerate(firms)
        for post, value in enumerate((firm.before, firm.after))
    )
    theirs = fixest.feols("y ~ treated * post", long, vcov={"CRV1": "group"})
    found = difference_in_differences(firms)
    assert found.value == pytest.approx(theirs.coef()["treated:post"])
    assert found.error == pytest.approx(theirs.se()["treated:post"])
    assert found.p == pytest.approx(theirs.pvalue()["treated:post"])


@pytest.mark.parametrize("clusters", [None, 12])
def test_ancova_and_its_error(peers: tuple[Any, Any], clusters: int | None) -> None:
    fixest, pandas = peers
    firms = sample(2, clusters)
    wide = pandas.DataFrame(
        {"y": f.after, "before": f.before, "treated": float(f.is_treated), "group": f.cluster}
        for f in firms
    )
    vcov = "iid" if clusters is None else {"CRV1": "group"}
    theirs = fixest.feols("y ~ treated + before", wide, vcov=vcov)
    found = ancova(firms)
    assert found.value == pytest.approx(theirs.coef()["treated"])
    assert found.error == pytest.approx(theirs.se()["treated"])


def test_group_time_effects_against_never_treated(peers: tuple[Any, Any]) -> None:
    """With one cohort and no covariates, dummies of every period give the same effects."""
    fixest, pandas = peers
    random = np.random.default_rng(3)
    rows = [
        Observation(firm, period, random.normal(firm, 1) + 2 * (firm < 20) * (period > 2), entered)
        for firm in range(50)
        for entered in [3 if firm < 20 else None]
        for period in range(1, 6)
    ]
    long = pandas.DataFrame(
        {"firm": r.firm, "period": r.period, "y": r.value, "treated": float(r.entered == 3)}
        for r in rows
    )
    formula = "y ~ i(period, treated, ref=2) | firm + period"
    theirs = fixest.feols(formula, long, vcov={"CRV1": "firm"}).coef().tolist()
    cells = staggered_effects(rows, controls="never").cells
    ours = {cell.period: cell.value for cell in cells}
    # Before entry ours compare with the period before; theirs, with the one before entry.
    assert [-ours[2], *(ours[t] for t in (3, 4, 5))] == pytest.approx(theirs)
