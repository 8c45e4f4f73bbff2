"""Safety: what is dangerous about a person, a product, a regimen and their company.

    found = check("scenario.toml")
    print(found.findings[0].title, found.findings[0].plain)

Rules are code, one area a file; what they say are facts with sources and dates (`facts/*.yaml`).
"""

from __future__ import annotations

from speciosa.safety.case import Case
from speciosa.safety.check import Check, check
from speciosa.safety.finding import Estimate, Finding

__all__ = ["Case", "Check", "Estimate", "Finding", "check"]
