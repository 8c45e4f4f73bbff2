from dataclasses import replace

from speciosa import claims

(verdict,) = claims.judge(["tolerance-develops"])
print(verdict.verdict, "with", verdict.certainty.level, "certainty")
print(verdict.plain)
print("rests on", *verdict.records)

# The same with another number in the place of the one that decides: a third of the people.
bench = claims.Bench()
counted = bench.record("use/disorder/tolerance/singh-2019-disorder")
other = claims.Bench(instead={counted.id: replace(counted, value=0.33)})
(changed,) = claims.judge(["tolerance-develops"], bench=other)
print(changed.verdict, "because", changed.because)
