"""A claim put to the test: its parts, and what decides each of them.

A part is decided by what was seen in people, in the laboratory or in documents. The model is asked
too and has a veto: what it rules out with every number that it could have does not hold. But a
model alone affirms nothing, since it says what was put into it; except of levels in plasma, which
were held against people that it had never seen. Where it says so by construction it has no voice at
all, and `built_in` tells why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import BASE, Bench, Need, Ran
from speciosa.claims.grade import Certainty, Grade, Step, graded, undecided
from speciosa.claims.seen import Test
from speciosa.model import VARIANTS

__all__ = ["ABOUT", "Case", "Judged", "Part", "judge_part"]

ABOUT = ("people", "laboratory", "product", "document")
_HALF, _QUARTER = 0.5, 0.25
"""Shares of assumed numbers that take two steps down and one: a choice of this project."""
_PLASMA = "plasma."
_TWO_FINDINGS = "which of two laboratory findings is right"


@dataclass(frozen=True)
class Part:
    """One statement of a claim.

    Attributes:
        that: the statement in plain words, to follow "whether" or "that".
        about: what must have been looked at to know: people, laboratory, product or document.
        seen: a test of records, observations and facts; None where nothing was seen.
        model: a test of simulations; None where no output answers to it.
        built_in: why the model has no voice; empty if it has.
        grade: of what was seen.
        beside: whether it is shown and decides nothing, as of tablets of 7-OH where a claim is on
            leaf.
    """

    that: str
    about: str
    grade: Grade
    seen: Test | None = None
    model: Test | None = None
    built_in: str = ""
    beside: bool = False

    def __post_init__(self) -> None:
        if self.about not in ABOUT:
            raise ValueError(f"about: got {self.about!r}; expected one of {', '.join(ABOUT)}")
        if self.seen is None and self.model is None and self.grade.start != "none":
            raise ValueError(f"{self.that}: nothing was asked, so the grade starts at none")

    @property
    def needs(self) -> tuple[Need, ...]:
        """Outputs of simulations that its tests look at."""
        tests = [test for test in (self.seen, self.model) if test is not None]
        return tuple(need for test in tests for need in test.needs)

    @property
    def of_levels(self) -> bool:
        """Whether the model is asked of nothing but levels in plasma."""
        asked = () if self.model is None else self.model.needs
        return bool(asked) and all(need.output.startswith(_PLASMA) for need in asked)


@dataclass(frozen=True)
class Case:
    """A claim with its parts.

    Attributes:
        id: of the claim.
        parts: all must hold that do not stand beside.
        gap: the main thing that nobody knows, as one plain sentence.
        short: the claim in at most 75 characters, where it is longer.
        advice: whether the sentence says what somebody should do, whatever kind it is filed as.
    """

    id: str
    parts: tuple[Part, ...]
    gap: str
    short: str = ""
    advice: bool = False


@dataclass(frozen=True)
class Judged:
    """What became of a part.

    Attributes:
        part: which.
        reply: the answer with all that it rests on.
        seen: what the records say; None where there are none.
        model: what the model says as it stands; None where it was not asked.
        certainty: how sure.
        variants: the answer with each variant that was run.
    """

    part: Part
    reply: Reply
    seen: Reply | None
    model: Reply | None
    certainty: Certainty
    variants: dict[str, Answer]


def judge_part(part: Part, bench: Bench) -> Judged:
    """The verdict on one part, with the model as it stands and with each of its variants."""
    seen = None if part.seen is None else _measured(part.seen.ask(bench, BASE), bench)
    model = None if part.model is None else part.model.ask(bench, BASE)
    reply = _together(part, seen, model)
    others: dict[str, Reply] = {}
    if part.model is not None and part.needs:
        others = {n: _together(part, seen, part.model.ask(bench, n)) for n in VARIANTS}
    flips = {name: other for name, other in others.items() if other.answer != reply.answer}
    steps: list[Step] = []
    if reply.answer.sure and flips:
        told = "; ".join(f"with {n} ({VARIANTS[n].says}): {flips[n].answer}" for n in flips)
        steps.append(Step(-1, "inconsistency", "the verdict hangs on a variant of the model"))
        on = next((other.on for other in flips.values() if other.on), _TWO_FINDINGS)
        reply = replace(reply, answer=Answer.MIXED, on=on, because=f"{reply.because}; {told}")
    certainty = _certainty(part, reply, seen, model, bench, steps)
    variants = {name: other.answer for name, other in others.items()}
    return Judged(part, reply, seen, model, certainty, variants)


def _together(part: Part, seen: Reply | None, model: Reply | None) -> Reply:
    """What was seen decides; the model may deny where nothing was seen, and contradict."""
    asked = [one for one in (seen, model) if one is not None]
    held = Reply(
        answer=Answer.UNSURE,
        because="nobody has looked at it",
        records=tuple(dict.fromkeys(r for one in asked for r in one.records)),
        simulations=tuple(dict.fromkeys(s for one in asked for s in one.simulations)),
        points=tuple(p for one in asked for p in one.points),
    )
    voice = None if part.built_in else model
    if seen is not None and seen.answer != Answer.UNSURE:
        held = replace(held, answer=seen.answer, because=seen.because, on=seen.on)
        if voice is not None and {seen.answer, voice.answer} == {Answer.YES, Answer.NO}:
            return replace(
                held,
                answer=Answer.MIXED,
                because=f"{seen.because}; {voice.because}",
                on="whether people or the model are right",
            )
        return held
    heard = (Answer.NO, Answer.YES) if part.of_levels else (Answer.NO,)
    if voice is not None and voice.answer in heard:
        return replace(held, answer=voice.answer, because=voice.because)
    reasons = [seen.because] if seen is not None else []
    if model is not None:
        reasons.append(model.because)
    if part.built_in:
        reasons.append(f"the model is not heard: {part.built_in}")
    elif voice is not None and voice.answer == Answer.YES:
        reasons.append("a model alone proves nothing")
    return replace(held, because="; ".join(reasons) or held.because)


def _measured(reply: Reply, bench: Bench) -> Reply:
    """A yes or a no that rests on assumed records alone is none."""
    if not reply.answer.sure or any(_is_measured(one, bench) for one in reply.records):
        return reply
    if not reply.records and reply.answer == Answer.NO:
        return reply  # that nothing was measured rests on no record
    return replace(
        reply,
        answer=Answer.UNSURE,
        because=f"{reply.because}; all of it is assumed",
    )


def _is_measured(identity: str, bench: Bench) -> bool:
    """Whether it is more than an assumption; observations, facts and laws always are."""
    record = bench.record_or_none(identity)
    return record is None or (record.status != "assumed" and record.system != "claims")


def _certainty(
    part: Part,
    reply: Reply,
    seen: Reply | None,
    model: Reply | None,
    bench: Bench,
    steps: Sequence[Step],
) -> Certainty:
    """GRADE of what decided; what was not decided is very low, whatever was looked at."""
    if reply.answer == Answer.UNSURE:
        return undecided(part.grade)
    if seen is None or seen.answer == Answer.UNSURE:
        rans = [bench.ran(name) for name in (model.simulations if model else ())]
        return graded(Grade("model", tuple(_of_model(rans, part.of_levels))), steps)
    return graded(part.grade, (*_of_records(part, seen, bench), *steps))


def _of_model(rans: Sequence[Ran], levels: bool) -> list[Step]:
    """Steps down that follow from what a model rests on."""
    assumed = sum(ran.assumed for ran in rans)
    of = sum(len(ran.records) for ran in rans)
    share = assumed / of if of else 1.0
    checked = "no effect of kratom in patients was there to check it with"
    if levels:
        checked = "levels that it had not seen lie within two-fold of it, not closer"
    steps = [Step(-1, "imprecision" if levels else "risk of bias", checked)]
    if share >= _QUARTER:
        down = 2 if share >= _HALF else 1
        steps.append(Step(-down, "indirectness", f"{share:.0%} of the numbers are assumed"))
    return steps


def _of_records(part: Part, seen: Reply, bench: Bench) -> list[Step]:
    """Steps down that follow from whom records are of, and how they were read."""
    looked_up = [bench.record_or_none(identity) for identity in seen.records]
    held = [record for record in looked_up if record and record.system not in ("claims", "bands")]
    if not held or None in looked_up:  # observations, facts and laws say by themselves of whom
        return []
    steps: list[Step] = []
    if part.about == "people" and not any(one.conditions.get("species") == "human" for one in held):
        steps.append(Step(-2, "indirectness", "seen in animals or in test tubes alone"))
    if all(one.read == "recalled" for one in held):
        steps.append(Step(-1, "risk of bias", "every number was written down from memory"))
    return steps
