"""Claims on the heart and the vessels.

Nobody has counted dizzy users. In one trial five of twelve felt light in the head or had a headache
in some arm (tanna-2023/lightheaded), and as they took midazolam and dextromethorphan in the same
trial, that number belongs to none of the three. Shares of callers of poison centres decide nothing.

Left out: dizziness by calls, and by opioids in patients, which is fourteen in a hundred.
"""

from __future__ import annotations

from speciosa.claims.case import Case, Part
from speciosa.claims.grade import Grade
from speciosa.claims.margins import COMMON, EFFECT
from speciosa.claims.ran import People
from speciosa.claims.seen import Measured

CASES = (
    Case(
        "side-effect-dizziness",
        parts=(
            Part(
                "kratom makes at least one user in 100 dizzy",
                about="people",
                grade=Grade("none"),
                seen=Measured("heart/dizziness/share/kratom", species="human"),
                model=People("leaf-5-g", "heart.dizziness", at_least=EFFECT, share=COMMON),
                built_in="it knows dizziness on standing up alone, and none by sleepiness",
            ),
        ),
        gap="No study has counted dizzy users who took nothing else.",
    ),
)
