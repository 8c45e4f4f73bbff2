"""`python -m calibration`: fit everything again, and say how well it went."""

from __future__ import annotations

import argparse

from calibration import pharmacodynamics, pharmacokinetics


def main() -> None:
    """Fit, print, and write unless asked only to look."""
    parser = argparse.ArgumentParser(prog="python -m calibration", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print the fits and write nothing")
    parser.add_argument("--only", choices=("kinetics", "effects"), help="one of the two fits")
    asked = parser.parse_args()
    write = not asked.dry_run
    # Effects are fitted at central kinetics, so these come first.
    if asked.only != "effects":
        pharmacokinetics.calibrate(write=write)
    if asked.only != "kinetics":
        pharmacodynamics.calibrate(write=write)


if __name__ == "__main__":
    main()
