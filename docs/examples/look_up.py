from speciosa.evidence import observations, records
from speciosa.evidence.cite import cite

record = records("opioid")["opioid/mu/Ki/mitragynine"]
print(record)  # value, range, status, how it was read, source and place in it
print(record.by)  # this one is derived from others
print(cite([record]))  # the sources behind all of them

for seen in observations().values():
    if seen.output == "plasma.mitragynine" and seen.measure == "cmax" and seen.use == "validate":
        print(seen)
