"""Benchmarks: `python -m benchmarks` measures everything in one run and prints ratios.

A time alone says as much about the machine as about the code. So every time stands beside that of
the slow twin in the same run, as CPU time of this process, and beside the error that was reached.
"""
