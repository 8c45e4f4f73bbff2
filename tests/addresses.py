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
    "about": "/about",
    "report, empty": "/report",
    "report": f"/report?{SCENARIO}&now=6+h",
}
"""By a name for the report of a test; every page of the app, empty and filled in."""
