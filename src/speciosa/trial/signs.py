"""Signs of an emergency in a scenario, entered or read in its notes.

True: one sign is enough; a simulation is refused, because no number may stand in the way of help.
Assumed: words about suicide in notes are meant. Only the plainest denials ("not suicidal", "no
thoughts of suicide") are taken as such, so that there are false alarms: one missed is worse.
Left out: every language but English, spelling mistakes, and what stands between the lines.
"""

from __future__ import annotations

import re

from speciosa.errors import EmergencyError
from speciosa.trial.tables import Tables

__all__ = ["DESPAIR", "refuse_emergency", "signs", "suicidal"]

DESPAIR = "suicidal thoughts"
"""The sign that notes may give too."""

_DENIED = re.compile(
    r"\b(?:not|no|never|without|denies)"
    r"(?: (?:any|been|being|feeling|having|thoughts? (?:of|about)))*"
    r" suicid\w*(?: (?:thoughts?|ideas?|ideation|plans?|intent))?"
)
_MEANT = re.compile(
    r"""\b(?:
        suicid\w* | unalive\w* | self[ ]harm\w*
      | (?:kill|hurt|harm|hang|shoot|drown|cut)(?:ing)?[ ]my[ ]?self
      | (?:end|ending|take|taking)[ ](?:my|my[ ]own)[ ]life | end(?:ing)?[ ]it[ ]all
      | (?:want|wants|wanted|wish|hope|ready|going|plan|planning)[ ](?:to[ ])?(?:die|be[ ]dead)
      | wish[ ]i[ ](?:was|were)[ ](?:dead|never[ ]born|not[ ]here)
      | better[ ]off[ ](?:dead|without[ ]me)
      | (?:do[ ]not|don[ ]?t|no[ ]longer)[ ]want[ ]to[ ]
        (?:live|be[ ]alive|be[ ]here|exist|wake[ ]up)
      | (?:never|not)[ ]wake[ ]up | (?:nothing|no[ ]reason)[ ](?:left[ ])?to[ ]live
      | (?:not|isn[ ]?t|never)[ ]worth[ ]living | no[ ]way[ ]out | can(?:not|[ ]?t)[ ]go[ ]on
      | (?:overdose|od)[ ]on[ ]purpose | goodbye[ ](?:note|letter) | last[ ]goodbye
    )\b""",
    re.VERBOSE,
)


def suicidal(text: str) -> bool:
    """Whether words about suicide or self-harm stand in a text."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())
    return _MEANT.search(_DENIED.sub(" ", plain)) is not None


def signs(scenario: Tables) -> tuple[str, ...]:
    """The signs that a scenario gives, each once; suicidal thoughts may stand in its notes."""
    who = scenario.who
    found = dict.fromkeys(who.signs)
    if who.notes and suicidal(who.notes):
        found[DESPAIR] = None
    return tuple(found)


def refuse_emergency(scenario: Tables) -> None:
    """Raise EmergencyError if a scenario gives any sign of an emergency."""
    if found := signs(scenario):
        raise EmergencyError(found)
