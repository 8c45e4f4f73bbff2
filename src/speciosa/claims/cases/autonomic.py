"""Claims on functions that run by themselves: headache and a dry mouth.

Neither was counted in users. A dry mouth is common with opioids, and what kratom shares with them
makes it likely, which is a guess of the model and not a count. For headache there is no equation:
no study of kratom or of opioid withdrawal gives a share of people by dose. Users in southern
Thailand had headaches when they were intoxicated [assanangkornchai-2007], and how many is not told.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade
from speciosa.claims.margins import COMMON
from speciosa.claims.ran import People
from speciosa.claims.seen import Measured

CASES = (
    Case(
        "side-effect-headache-dry-mouth",
        parts=(
            Part(
                "kratom gives at least one user in 100 a headache",
                about="people",
                grade=Grade("none"),
                seen=Measured("autonomic/headache/share/kratom", species="human"),
            ),
            Part(
                "kratom gives at least one user in 100 a dry mouth",
                about="people",
                grade=Grade("none"),
                seen=Measured("autonomic/dry_mouth/share/kratom", species="human"),
                # The output is a share of people, so that the bound is one in a hundred more.
                model=People("leaf-5-g", "autonomic.dry_mouth", at_least=COMMON, than="nothing"),
            ),
        ),
        gap="No study has counted either by dose.",
    ),
)
