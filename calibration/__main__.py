"""`python -m calibration`: fit everything again, and say how well it went."""

from __future__ import annotations

import argparse

from calibration.pharmacokinetics import calibrate


def main() -> None:
    """Fit, print, and write unless asked only to look."""
    parser = argparse.ArgumentParser(prog="python -m calibration", description=__doc__)
    parser.add_argument("--dry-run", action="store_true", help="print the fit and write nothing")
    calibrate(write=not parser.parse_args().dry_run)


if __name__ == "__main__":
    main()
