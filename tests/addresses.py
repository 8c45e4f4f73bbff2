"""The pages that every test of the browser goes through."""

from __future__ import annotations

from urllib.parse import urlencode

__all__ = ["ADDRESSES", "SCENARIO"]

SCENARIO = urlencode(
    {
        "product.kind": "leaf",
        "regimen.dose": "3 g",
        "person.pain": "chronic",
        "output.until": "24 h",
        "run.people": "20",
        "run.replicates": "4",
    }
)

ADDRESSES = {
    "start": "/",
    "happens": f"/?{SCENARIO}",
    "happens, wrong": "/?product.kind=leaf&regimen.dose=lots",
    "emergency": f"/?{SCENARIO}&person.signs=blue+lips",
    "danger, empty": "/danger",
    "danger": f"/danger?{SCENARIO}&with.0.drug=quetiapine&with.0.dose=100+mg",
    "compare, empty": "/compare",
    "compare": f"/compare?{SCENARIO}&b.regimen.dose=6+g",
    "claims": "/claims",
    "claim": "/claims/less-respiratory-depression",
    "inside": "/inside",
    "system": "/inside/opioid",
    "evidence": "/evidence",
    "search": "/evidence?words=half-life",
    "record": "/evidence/record/opioid/mu/Ki/mitragynine",
    "observation": "/evidence/observation/tanna-2022/mitragynine/cmax",
    "source": "/evidence/source/tanna-2022",
    "about": "/about",
    "help": "/help?country=US",
    "open": "/open",
    "save, wrong": "/scenario.toml?product.kind=leaf&regimen.dose=lots",
    "save, emergency": "/scenario.toml?person.signs=blue+lips",
    "run, forgotten": f"/job/none?{SCENARIO}",
    "nowhere": "/nowhere",
    "report, empty": "/report",
    "report": f"/report?{SCENARIO}&now=6+h",
}
"""By a name for the report of a test; every page of the app: empty, filled in and refused."""
