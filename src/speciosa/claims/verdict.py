"""The verdict on a claim: that on its weakest part, with everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from speciosa.claims.answer import Answer, Point, every, weakest
from speciosa.claims.bench import BASE, Bench
from speciosa.claims.case import Case, Judged, judge_part
from speciosa.claims.claim import Claim
from speciosa.claims.grade import LEVELS, Certainty
from speciosa.claims.words import plain, verdict_word

__all__ = ["Verdict", "verdict"]


@dataclass(frozen=True)
class Verdict:
    """What became of a claim.

    Attributes:
        claim: what was claimed.
        case: how it was tested.
        parts: what became of each part.
        answer: of the weakest part.
        deciding: the part that decided.
    """

    claim: Claim
    case: Case
    parts: tuple[Judged, ...]
    answer: Answer
    deciding: Judged

    @property
    def verdict(self) -> str:
        """The verdict in a few words."""
        return verdict_word(self.answer, self.deciding.reply.on, advice=self.advice)

    @property
    def advice(self) -> bool:
        """Whether the claim says what somebody should do, so that its evidence is judged alone."""
        return self.claim.kind == "advice" or self.case.advice

    @property
    def certainty(self) -> Certainty:
        """How sure, of the part that decided."""
        return self.deciding.certainty

    @property
    def because(self) -> str:
        """Why, in one line with the numbers of the part that decided."""
        return self.deciding.reply.because

    @property
    def plain(self) -> str:
        """Two plain sentences: the verdict, and what nobody knows."""
        that, on = self.deciding.part.that, self.deciding.reply.on
        return plain(self.answer, self.certainty.level, that, on, self.case.gap)

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of records, observations, facts and laws that were looked at."""
        return tuple(dict.fromkeys(one for part in self.parts for one in part.reply.records))

    @property
    def simulations(self) -> tuple[str, ...]:
        """Names of the simulations that were looked at."""
        return tuple(dict.fromkeys(one for part in self.parts for one in part.reply.simulations))

    @property
    def points(self) -> tuple[tuple[str, tuple[Point, ...]], ...]:
        """Numbers for a figure, by part."""
        return tuple((one.part.that, one.reply.points) for one in self.parts if one.reply.points)

    @property
    def variants(self) -> dict[str, str]:
        """The verdict with the model as it stands and with each variant; empty without a run."""
        heard = [part for part in self.parts if not part.part.beside]
        names = dict.fromkeys(name for part in heard for name in part.variants)
        found = {BASE: self.verdict} if names else {}
        # Another part may decide with a variant than without.
        on = next((one.reply.on for one in (self.deciding, *heard) if one.reply.on), "")
        for name in names:
            answer = weakest(part.variants.get(name, part.reply.answer) for part in heard)
            found[name] = verdict_word(answer, on, advice=self.advice)
        return found

    def to_dict(self) -> dict[str, Any]:
        """One entry of what `speciosa claims --json` prints."""
        return {
            "id": self.claim.id,
            "claim": self.claim.claim,
            "verdict": self.verdict,
            "certainty": self.certainty.level,
            "because": self.because,
            "plain": self.plain,
            "gap": self.case.gap,
            "kind": self.claim.kind,
            "system": self.claim.system,
            "short": self.case.short or self.claim.claim,
            "articles": list(self.claim.articles),
            "records": list(self.records),
            "simulations": list(self.simulations),
            "variants": self.variants,
            "parts": [_part(one) for one in self.parts],
        }


def verdict(claim: Claim, case: Case, bench: Bench) -> Verdict:
    """Judge a claim; what its parts need must have been simulated."""
    parts = tuple(judge_part(part, bench) for part in case.parts)
    heard = [part for part in parts if not part.part.beside]
    answer = every([part.reply for part in heard]).answer
    deciding = [part for part in heard if part.reply.answer == answer]
    # One failing part is enough, so the surest of them decides; all parts must hold, so of those
    # that do the least sure.
    chosen = max if answer == Answer.NO else min
    return Verdict(claim, case, parts, answer, chosen(deciding, key=_rank))


def _rank(part: Judged) -> int:
    return LEVELS.index(part.certainty.level)


def _part(one: Judged) -> dict[str, Any]:
    return {
        "that": one.part.that,
        "answer": one.reply.answer.value,
        "beside": one.part.beside,
        "because": one.reply.because,
        "certainty": one.certainty.to_dict(),
        "seen": None if one.seen is None else one.seen.because,
        "model": None if one.model is None else one.model.because,
        "built_in": one.part.built_in,
        "records": list(one.reply.records),
        "simulations": list(one.reply.simulations),
        "variants": {name: answer.value for name, answer in one.variants.items()},
        "points": [point.to_dict() for point in one.reply.points],
    }
