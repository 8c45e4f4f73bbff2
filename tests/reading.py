"""How hard a text is to read: its grade in American schools, by Flesch and Kincaid.

Names of substances count as one short word. A name is no word of which a reader has to know the
meaning, and the formula counts its syllables as if it were: "ethinylestradiol" alone would lift a
sentence by three grades. Words of medicine that are no names, such as "withdrawal", count in full.
"""

from __future__ import annotations

import html
import re
from functools import cache

from textstat import textstat

from speciosa.product.medicines import medicines

__all__ = ["grade", "text_of"]

_NAMES = (
    "kratom",
    "mitragynine",
    "7-hydroxymitragynine",
    "7-OH",
    "naloxone",
    "serotonin",
    "noradrenaline",
    "adrenaline",
    "salmonella",
    "paracetamol",
    "{drug}",
    "{Drug}",
    "{drugs}",
    "{name}",
    "{Name}",
)


def grade(text: str) -> float:
    """The grade of a text; below 0 for the very plainest."""
    return textstat.flesch_kincaid_grade(_pattern().sub("drug", text))


def text_of(page: str) -> str:
    """What a page of the web app says: its text without tags, all on one line."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"</?(a|strong|span)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@cache
def _pattern() -> re.Pattern[str]:
    known = {n for one in medicines().values() for n in (one.name, *one.aliases)} | set(_NAMES)
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(name)}s?(?!\w)" for name in longest_first), re.IGNORECASE
    )
