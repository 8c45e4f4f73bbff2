"""Calibration: from observations that may be fitted to records that the model uses.

`python -m calibration` runs all of it again and rewrites `records/fitted.yaml` and `fits/`.
"""
