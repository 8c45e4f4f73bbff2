"""The wider plan for pain: what named guidelines say of other ways, by the kind of pain.

Information beside the findings, and no advice: each fact says which guideline says what, and how
sure it is (`facts/plan.yaml`). Without pain there is nothing to say.

Left out: cancer pain, headache and pain in children, for which other guidelines hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding

__all__ = ["PLANS", "plan_findings"]

PLANS: Mapping[str, tuple[str, ...]] = {
    "acute": ("first-line-acute", "heat"),
    "chronic": (
        "together",
        "exercise",
        "physical-therapy",
        "mindfulness",
        "cbt",
        "sleep",
        "acupuncture",
        "first-line-medicines",
    ),
    "neuropathic": ("together", "first-line-neuropathic", "sleep"),
    "inflammatory": (
        "together",
        "first-line-inflammatory",
        "exercise-arthritis",
        "nutrition",
        "sleep",
    ),
}
"""The facts for each kind of pain, in the order in which they are told."""


def plan_findings(case: Case, today: date) -> Iterator[Finding]:
    """What guidelines say of the pain in this case; nothing where there is none."""
    del today  # facts carry the day on which they were checked; none of these changes by itself
    for name in PLANS.get(case.scenario.who.pain, ()):
        yield facts("plan")[f"plan/{name}"]
