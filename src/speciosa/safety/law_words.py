"""A record of law in plain sentences, with its age, and how sure we are of it."""

from __future__ import annotations

from datetime import date

from speciosa.safety.laws import Law

__all__ = [
    "OLD",
    "age_sentence",
    "because",
    "certainty",
    "day",
    "freshness",
    "place",
    "seen",
    "status_sentence",
    "why",
]

OLD = 90
"""days; a record that is older is shown as such."""
_VERY_OLD = 365

_WITH_THE = ("District of Columbia", "Netherlands", "Philippines", "Czech Republic")

_STATUS = {
    "banned": "{what} is banned in {name}, as far as we know. To have it can be a crime there.",
    "controlled": "{what} is controlled in {name}, as far as we know. To have it can be a crime.",
    "sale banned": "To sell {what} is banned in {name}, as far as we know.",
    "prescription only": "In {name} {what} counts as a medicine that needs a prescription.",
    "not authorised": "In {name} nobody has leave to sell {what} as a health product.",
    "regulated": "{name} has rules for {what}. No full ban was found as of {day}.",
    "no ban found": "No ban and no rule was found in {name} as of {day}.",
    "not scheduled": "{what} was on no list of banned drugs in {name} as of {day}.",
    "proposed": "A ban of {what} is planned in {name}. It may be in force by now.",
    "withdrawn": "A ban of {what} was planned in {name} and taken back.",
    "watched": "{what} is being watched. No ban by it was found as of {day}.",
    "unclear": "What the law of {name} says of {what} is not clear. It may be banned.",
}


def day(when: date) -> str:
    """22 Aug 2026."""
    return f"{when.day} {when:%b %Y}"


def place(law: Law) -> str:
    """The name of a place inside a sentence."""
    with_the = law.name in _WITH_THE or law.name.startswith("United ")
    return f"the {law.name}" if with_the else law.name


def status_sentence(law: Law) -> str:
    """What the law says; the place is named."""
    said = _STATUS[law.status].format(what=law.about, name=place(law), day=day(law.as_of))
    return said[:1].upper() + said[1:]


def age_sentence(law: Law, below: bool) -> str:
    """From what age; `below` says that somebody in the case is younger."""
    if law.min_age is None:
        return ""
    said = f"Nobody under {law.min_age} may buy it."
    return f"{said} The person here is under {law.min_age}." if below else said


def seen(law: Law, today: date) -> str:
    """When it was last checked and whether that is long ago, in a few words."""
    return f"seen {day(law.as_of)}" + (", old" if (today - law.as_of).days > OLD else "")


def freshness(law: Law, today: date) -> str:
    """When it was last checked, and whether that is long ago or weak."""
    old = (today - law.as_of).days > OLD
    said = [
        f"This was last checked on {day(law.as_of)}"
        + (f", more than {OLD} days ago; it may have changed." if old else ".")
    ]
    if law.read == "recalled":
        said.append("It is from memory.")
    elif law.uncertain:
        said.append("It is not certain.")
    elif law.read == "secondary":
        said.append("The law itself was not read.")
    return " ".join(said)


def certainty(law: Law, today: date) -> str:
    """Moderate at best: laws change, and a text is not its practice."""
    age = (today - law.as_of).days
    if law.uncertain or law.read == "recalled" or age > _VERY_OLD:
        return "very low"
    return "moderate" if law.read == "verified" and age <= OLD else "low"


def because(law: Law, today: date) -> str:
    """Why so sure, or no surer."""
    how = {
        "verified": "Read in the source itself",
        "secondary": "Read in another text about the law",
        "recalled": "From memory, not read",
    }[law.read]
    age = (today - law.as_of).days
    doubt = "; sources disagree or the outcome is not known" if law.uncertain else ""
    return f"{how} ({law.where}), {age} days old{doubt}."


def why(law: Law) -> str:
    """The record in the words of its source."""
    said = [f"Status of {law.about} in {law.name} ({law.level}): {law.status}"]
    said += [f"in force {law.effective}"] if law.effective else []
    said += [f"from age {law.min_age}"] if law.min_age else []
    said += [f"7-OH: {law.seven_oh_rule}"] if law.seven_oh_rule else []
    said += [f"local: {law.local}"] if law.local else []
    said += [law.note.rstrip(".")] if law.note else []
    return "; ".join(said) + "."
