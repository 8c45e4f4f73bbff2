"""`python -m calibration`: fit everything again, and say how well it went."""

from __future__ import annotations

import argparse

from calibration import interactions, pharmacodynamics, pharmacokinetics


def main() -> None:
    """Fit, print, and write unless asked only to look."""
    parser = argparse.ArgumentParser(prog="python -m calibration", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print the fits and write nothing")
    parser.add_argument(
        "--only", choices=("kinetics", "interactions", "effects"), help="one of the three fits"
    )
    asked = parser.parse_args()
    write = not asked.dry_run
    # What comes later is fitted at the central values of what comes before.
    for name, fit in (
        ("kinetics", pharmacokinetics),
        ("interactions", interactions),
        ("effects", pharmacodynamics),
    ):
        if asked.only in (None, name):
            fit.calibrate(write=write)


if __name__ == "__main__":
    main()
