from datetime import date

from speciosa import check

found = check("examples/with-quetiapine.toml", today=date(2026, 11, 25))

for finding in found.findings:
    if finding.severity in ("emergency", "danger", "warning"):
        print(finding.severity, finding.title, finding.certainty, finding.as_of, finding.sources)

if found.exposures:  # else found.unsimulated says why there are none
    for ratio in found.exposures.ratios:
        print(ratio.of, "with", ratio.by, ratio.auc)
