"""Draw the pictures of README and docs from real runs: `python3 docs/pictures/make.py`."""

from __future__ import annotations

from pathlib import Path

from speciosa import Scenario, compare, explain, figure, simulate
from speciosa.report.explained import drivers
from speciosa.report.tapers import arms_chart

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
UNTIL = 24.0  # h; by then little is left to see


def main() -> None:
    """Every picture, each as SVG and PNG."""
    scenario = Scenario.load(EXAMPLES / "two-grams-of-tea.toml")
    result = simulate(scenario, series=True)
    wide = figure(result, "plasma.mitragynine", until=UNTIL)
    narrow = figure(result, "plasma.mitragynine", until=UNTIL, width="narrow")
    why = drivers(explain(scenario, "pain.relief").to_dict())
    habit = Scenario.load(EXAMPLES / "tapering-a-habit.toml")
    tapers = arms_chart(compare(habit, taper=True).to_dict(series=True), "dependence.score")
    charts = {
        "two-grams-of-tea": wide,
        "two-grams-of-tea-narrow": narrow,
        "explain": why,
        "tapers": tapers,
    }
    for name, chart in charts.items():
        chart.save(HERE / f"{name}.svg")
        chart.save(HERE / f"{name}.png")


if __name__ == "__main__":
    main()
