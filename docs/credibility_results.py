"""Write what runs showed into `docs/credibility/results.json`, for `docs/credibility.py` to show.

`speciosa validate --json - | python3 docs/credibility_results.py --validation`
`speciosa validate --interactions --json - | python3 docs/credibility_results.py --interactions`
`python3 docs/credibility_results.py --tests`

Every comparison also goes into the package, for the page that tells how the model was checked.

The last runs the tests that are counted; with a file it takes the JUnit XML of such a run instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from speciosa.evidence.fits import fits
from speciosa.report.files import json_text
from speciosa.report.validated import COLUMNS
from speciosa.report.validated import FILE as SHIPPED

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "docs" / "credibility" / "results.json"
FOLDERS = ("laws", "twins", "observed", "unit")
TESTS = ("-m", "pytest", "-q", "-m", "not slow", *(f"tests/{name}" for name in FOLDERS))
GROUP = ("group", "n", "gmfe", "within_2", "off_sd", "inside_90", "inside_90_low")
GROUP += ("inside_90_high", "interval_score", "interval_score_sd")
GROUP += ("baseline_gmfe", "gmfe_beside_baseline")
ROW = ("id", "output", "measure", "use", "error", "fold", "in_sd", "inside_90", "n", "kratom")
PARTS = ("validation", "interactions", "tests")


def kept(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of `speciosa validate --json`: the groups, and what is not a ratio of drugs."""
    return {
        "fits": list(fits()),
        "trials": outcome["trials"],
        "seed": outcome["seed"],
        "groups": [{key: one[key] for key in GROUP} for one in outcome["groups"]],
        "rows": [
            {key: row[key] for key in ROW}
            for row in outcome["comparisons"]
            if row["kratom"] or row["part"] != "interactions"
        ],
    }


def shipped(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What comes with the package: every comparison, without what its observation tells."""
    return {
        "fits": list(fits()),
        "trials": outcome["trials"],
        "seed": outcome["seed"],
        "rows": [[row[name] for name in COLUMNS] for row in outcome["comparisons"]],
        "left_out": {one["id"]: one["because"] for one in outcome["left_out"]},
    }


def counted(report: Path) -> dict[str, Any]:
    """Tests by folder and outcome, and the errors that tests of the engine told of themselves."""
    found = {name: Counter(passed=0, failed=0, skipped=0) for name in FOLDERS}
    reasons: Counter[str] = Counter()
    ran: dict[str, bool] = {}
    errors: list[dict[str, Any]] = []
    for case in ET.parse(report).iter("testcase"):
        file = case.get("classname", "").split(".")
        if file[0] != "tests" or len(file) < 3 or file[1] not in found:
            continue
        skipped = case.find("skipped")
        failed = case.find("failure") is not None or case.find("error") is not None
        how = "failed" if failed else "passed" if skipped is None else "skipped"
        found[file[1]][how] += 1
        path = f"{'/'.join(file)}.py"
        ran[path] = ran.get(path, False) or how != "skipped"
        if skipped is not None:
            reasons[skipped.get("message", "")] += 1
        for told in case.iter("property"):
            if told.get("name") == "error":
                problem, method, rtol, off = told.get("value", "").split()
                errors.append(
                    {"problem": problem, "method": method, "rtol": float(rtol), "off": float(off)}
                )
    errors.sort(key=lambda one: (-one["rtol"], one["method"], one["problem"]))
    return {
        "folders": {name: dict(count) for name, count in found.items()},
        "skipped": dict(reasons.most_common()),
        "never_ran": sorted(path for path, once in ran.items() if not once),
        "errors": errors,
    }


def tested(report: str | None) -> dict[str, Any]:
    """The counts of a report, or of a run made here. A failed test is shown and ends nothing."""
    if report is not None:
        return counted(Path(report))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tests.xml"
        line = [sys.executable, *TESTS, f"--junitxml={file}"]
        usual = os.environ | {"HYPOTHESIS_PROFILE": "ci"}  # the same examples at every run
        done = subprocess.run(line, cwd=ROOT, env=usual, stdout=sys.stderr)
        if done.returncode not in (0, 1):
            raise SystemExit(f"docs/credibility_results.py: pytest ended with {done.returncode}")
        return counted(file)


def main(arguments: Sequence[str]) -> None:
    """One part of the results anew; the others stay as they are."""
    part, *file = arguments or ("",)
    if part.removeprefix("--") not in PARTS:
        raise SystemExit(f"credibility_results.py: got {part!r}; expected --{', --'.join(PARTS)}")
    name = part.removeprefix("--")
    if name == "tests":
        new = tested(file[0] if file else None)
    else:
        outcome = json.load(sys.stdin)
        new = kept(outcome)
        replace(SHIPPED, name, shipped(outcome))
    replace(RESULTS, name, new)


def replace(file: Path, name: str, part: Mapping[str, Any]) -> None:
    """Write one part of a file anew."""
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json_text(held | {name: part}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
