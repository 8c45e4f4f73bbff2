"""Write `src/speciosa/claims/verdicts.json`, which the web app shows: `python3 docs/verdicts.py`.

It judges every claim, which simulates people. To take verdicts that are there:

`speciosa claims --json - | python3 docs/verdicts.py -`
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from speciosa.claims.judging import judge
from speciosa.claims.kept import FILE
from speciosa.report.files import json_text


def main(arguments: Sequence[str]) -> None:
    """The file anew."""
    if arguments not in ([], ["-"]):
        raise SystemExit(f"docs/verdicts.py: got {arguments[0]!r}; expected - or nothing")
    found = json.load(sys.stdin) if arguments else judge().to_dict()
    FILE.write_text(json_text(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
