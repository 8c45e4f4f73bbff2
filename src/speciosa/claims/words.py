"""The plain words of a verdict, which say no more than the certainty allows.

Two sentences: what the verdict is, and what nobody knows. How sure we are decides the first words:
high is so, moderate is likely, low may be, very low is a hint [santesso-2020].
"""

from __future__ import annotations

from collections.abc import Mapping

from speciosa.claims.answer import Answer

__all__ = ["ADVICE", "SENTENCES", "WORDS", "plain", "verdict_word"]

WORDS: Mapping[Answer, str] = {
    Answer.YES: "holds",
    Answer.NO: "fails",
    Answer.MIXED: "depends on {on}",
    Answer.UNSURE: "cannot be decided",
}
"""The verdict on a statement."""

ADVICE: Mapping[Answer, str] = {
    Answer.YES: "evidence supports it",
    Answer.NO: "evidence speaks against it",
    Answer.MIXED: "depends on {on}",
    Answer.UNSURE: "no evidence decides",
}
"""The verdict on advice: of its evidence alone, since nobody here gives advice."""

SENTENCES: Mapping[Answer, Mapping[str, str]] = {
    Answer.YES: {
        "high": "It is so that {that}.",
        "moderate": "It is likely that {that}.",
        "low": "It may be that {that}.",
        "very low": "There is a faint hint that {that}.",
    },
    Answer.NO: {
        "high": "It is not so that {that}.",
        "moderate": "It is not likely that {that}.",
        "low": "It may not be so that {that}.",
        "very low": "There is a faint hint that it is not so that {that}.",
    },
    Answer.MIXED: dict.fromkeys(
        ("high", "moderate", "low", "very low"), "Whether {that} depends on {on}."
    ),
    Answer.UNSURE: dict.fromkeys(
        ("high", "moderate", "low", "very low"), "Nobody can say yet whether {that}."
    ),
}


def verdict_word(answer: Answer, on: str, *, advice: bool) -> str:
    """The verdict in a few words."""
    return (ADVICE if advice else WORDS)[answer].format(on=on)


def plain(answer: Answer, certainty: str, that: str, on: str, gap: str) -> str:
    """Two plain sentences: the verdict and what nobody knows."""
    return f"{SENTENCES[answer][certainty].format(that=that, on=on)} {gap}"
