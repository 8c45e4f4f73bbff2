"""The command line: one file per command, and nothing but asking, calling and showing.

Packages that compute or draw are imported inside the commands, so that `speciosa --help` is quick.
"""

from __future__ import annotations
