"""Numbers beside the words about company: where they stand, and what they may change."""

from __future__ import annotations

from datetime import date

import pytest

from speciosa.safety.finding import SEVERITIES, Finding
from speciosa.safety.interactions import STACKED, with_numbers
from speciosa.trial.met import Band, Exposures, Ratio, Risk


def finding(identity: str, severity: str = "caution") -> Finding:
    return Finding(
        id=identity,
        severity=severity,
        title="",
        plain="Words.",
        why="",
        certainty="low",
        because="",
        watch=(),
        sources=("speciosa",),
        as_of=date(2026, 11, 25),
        read="verified",
    )


def band(middle: float) -> Band:
    return Band(middle, 0.8 * middle, 1.25 * middle)


def ratio(of: str, by: tuple[str, ...], fold: float, static: float | None = None) -> Ratio:
    return Ratio(of, by, band(fold), band(1.1 * fold), (), static)


def shown(*ratios: Ratio, risks: tuple[Risk, ...] = ()) -> Exposures:
    return Exposures(ratios, (), risks, 0.0, 0.0, 0)


def risk(others: float) -> Risk:
    return Risk("breathing.risk", band(0.4), band(0.1), band(others))


def told(finding: Finding, exposures: Exposures) -> Finding:
    (one,) = with_numbers([finding], exposures)
    return one


def test_a_drug_gets_its_own_ratio_and_that_of_the_alkaloids_it_acts_on() -> None:
    quetiapine = ratio("quetiapine", ("kratom",), 1.5, static=6.0)
    alkaloid = ratio("mitragynine", ("quetiapine", "paroxetine"), 1.2)
    one = told(finding("interaction/quetiapine"), shown(quetiapine, alkaloid))
    said = [(e.of, round(e.value, 3), e.basis) for e in one.estimates]
    assert {(value, basis) for _, value, basis in said[:3]} == {
        (1.5, "simulated"),  # AUC
        (6.0, "static"),
        (1.65, "simulated"),  # Cmax
    }
    assert [value for _, value, _ in said[3:]] == [1.2, 1.32]
    assert all("quetiapine with kratom" in of for of, _, _ in said[:3])
    assert all("mitragynine with quetiapine and paroxetine" in of for of, _, _ in said[3:])
    first = one.estimates[0]
    (static,) = [e for e in one.estimates if e.basis == "static"]
    assert (first.value, first.low, first.high) == (1.5, 0.8 * 1.5, 1.25 * 1.5)
    assert (static.low, static.high) == (None, None)


def test_words_stay_as_they_are() -> None:
    before = finding("interaction/quetiapine")
    after = told(before, shown(ratio("quetiapine", ("kratom",), 1.5)))
    assert (after.plain, after.why, after.certainty) == (before.plain, before.why, before.certainty)


@pytest.mark.parametrize(
    ("fold", "severity"),
    [(1.3, "caution"), (2.5, "warning"), (6.0, "danger"), (0.4, "warning"), (0.15, "danger")],
)
def test_a_strong_change_of_exposure_is_grave_by_itself(fold: float, severity: str) -> None:
    note = finding("interaction/quetiapine", "note")
    assert told(note, shown(ratio("quetiapine", ("kratom",), fold))).severity == severity


@pytest.mark.parametrize("severity", SEVERITIES)
@pytest.mark.parametrize("fold", [1.3, 6.0, 0.15])
def test_numbers_never_make_a_finding_less_grave(severity: str, fold: float) -> None:
    before = finding("interaction/quetiapine", severity)
    after = told(before, shown(ratio("quetiapine", ("kratom",), fold)))
    assert SEVERITIES.index(after.severity) <= SEVERITIES.index(severity)


def test_more_of_an_alkaloid_makes_nothing_graver_since_nobody_knows_what_it_means() -> None:
    before = finding("interaction/ketoconazole")
    after = told(before, shown(ratio("mitragynine", ("ketoconazole",), 8.0)))
    assert after.severity == before.severity
    assert after.estimates


def test_no_number_where_only_a_mechanism_is_known() -> None:
    before = finding("interaction/kava")
    assert told(before, shown(ratio("quetiapine", ("kratom",), 6.0))) == before


@pytest.mark.parametrize("identity", ["person/pregnancy", "regimen/often", "law/us"])
def test_findings_about_other_things_get_none(identity: str) -> None:
    before = finding(identity)
    assert told(before, shown(ratio("quetiapine", ("kratom",), 6.0), risks=(risk(0.3),))) == before


def test_loss_of_breath_stands_at_the_drug_or_where_several_are_told_together() -> None:
    found = shown(risks=(risk(0.3),))
    alone = told(finding("interaction/alcohol"), found)
    together, kratom, others = (e.value for e in alone.estimates)
    assert together / kratom == pytest.approx(4.0)
    assert others / kratom == pytest.approx(3.0)
    both = list(with_numbers([finding(STACKED), finding("interaction/alcohol")], found))
    assert [len(one.estimates) for one in both] == [3, 0]


def test_a_drug_that_takes_no_breath_is_not_told_with_one() -> None:
    found = shown(risks=(risk(0.01),))
    assert told(finding("interaction/alcohol"), found).estimates == ()
    assert told(finding("interaction/caffeine"), shown(risks=(risk(0.3),))).estimates == ()
