"""`python -m benchmarks`: the engine against its slow twin, and how long a start takes."""

from __future__ import annotations

import argparse

from benchmarks import spec_problem, starting, whole_body
from benchmarks.compare import Row, compare, show

PEOPLE = (1, 200, 1000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--people", type=int, nargs="+", default=PEOPLE, help="numbers of people side by side"
    )
    people = tuple(parser.parse_args().people)
    for title, task in (
        ("Whole body: two grams of tea, seven alkaloids, 120 h", whole_body.task()),
        ("The agreed problem (spec.py): 16 states, 42 doses, 336 h", spec_problem.task()),
    ):
        rows: list[Row] = compare(task, people)
        print(f"\n{title}\n{show(rows)}")
    print(f"\nStarting, a process of its own each time\n{starting.show()}")


if __name__ == "__main__":
    main()
