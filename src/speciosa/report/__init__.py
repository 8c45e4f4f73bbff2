"""Tables, figures and pages: what was computed, in forms that a person or a program can read.

Everything here starts from plain data, the same object that `speciosa simulate --json` prints, so
that a table or a figure can be made again from a file that was kept.
"""

from __future__ import annotations
