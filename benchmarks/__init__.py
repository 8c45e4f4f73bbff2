"""Benchmarks: `python -m benchmarks` measures everything in one run and prints ratios.

A time alone says as much about the machine as about the code. So every time stands beside another
of the same run, taken in turns with it, as CPU time of this process, and beside the error that was
reached over all people. `--only spec` and so on measure a part, `--json FILE` keeps the figures.
"""
