"""Where compiled code is kept during a run of the tests, and how laws look for a counterexample.

Code goes to a folder of this run: no test reads or writes what the user has kept, and a model that
several tests solve is compiled once.

By hand: few examples, new ones at every run. In CI: the same at every run of one version, so that a
change alone turns a test red. A failure prints the blob that replays it; to see it made simple, run
the test with HYPOTHESIS_PROFILE=thorough, which also looks much longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

# A machine that is busy is not a bug; a cohort takes a while to draw.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}

# Shrinking runs a law hundreds of times more; only somebody who looks for the cause has the time.
_FIND = (Phase.explicit, Phase.reuse, Phase.generate)

settings.register_profile("quick", max_examples=25, phases=_FIND, **_CALM)
settings.register_profile(
    "ci", max_examples=25, phases=_FIND, derandomize=True, database=None, **_CALM
)
settings.register_profile("thorough", max_examples=1000, **_CALM)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "quick")
)


@pytest.fixture(scope="session", autouse=True)
def code_is_kept_for_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    base = tmp_path_factory.getbasetemp()
    # Processes that share out the tests share the code as well.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPECIOSA_CACHE", str(shared / "code"))
        yield
