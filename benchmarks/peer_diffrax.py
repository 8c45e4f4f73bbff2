"""diffrax: Tsit5 in JAX, 128 people at once, in double precision on the processor."""

# The package may be missing where types are checked.
# pyright: reportMissingImports=false

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks import spec, spec_problem
from benchmarks.expressions import assignments
from benchmarks.peer import ATOL, FLOORED, RTOL, Peer, starts
from benchmarks.task import Array

__all__ = ["peers"]

BATCH = 128
"""More people at once leave the cache: 1000 take a fifth longer each."""
MOST_STEPS = 100_000


def peers() -> list[Peer]:
    """The one. Raises ImportError where it is not installed."""
    import diffrax
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    term = diffrax.ODETerm(_rates(jnp))
    control = diffrax.PIDController(rtol=RTOL, atol=ATOL)
    hours = jnp.arange(1.0, spec.II + 1.0)

    def person(p: Any, begin: Any) -> Any:
        def interval(y: Any, at: Any) -> Any:
            found = diffrax.diffeqsolve(
                term,
                diffrax.Tsit5(),
                t0=at,
                t1=at + spec.II,
                dt0=None,
                y0=y.at[0].add(spec.DOSE),
                args=p,
                stepsize_controller=control,
                saveat=diffrax.SaveAt(ts=at + hours),
                max_steps=MOST_STEPS,
            )
            return found.ys[-1], found.ys

        _, read = jax.lax.scan(interval, begin, spec.II * jnp.arange(float(spec.NDOSE)))
        return jnp.concatenate([begin[None], read.reshape(-1, len(spec.STATES))])

    together = jax.jit(jax.vmap(person))

    def solve(table: Array) -> Array:
        begin = starts(table)
        out = np.empty((len(table), spec_problem.HOURS.size, len(spec.STATES)))
        for first in range(0, len(table), BATCH):
            # The last batch is filled up: another size would be compiled anew.
            own = np.arange(first, first + BATCH) % len(table)
            count = min(BATCH, len(table) - first)
            out[first : first + count] = np.asarray(together(table[own], begin[own]))[:count]
        return out

    return [Peer(f"diffrax {version('diffrax')} Tsit5", solve)]


def _rates(jnp: Any) -> Any:
    """`rates(t, u, p)`."""
    names = ["t", *(f"y{i}" for i in range(len(spec.STATES)))]
    names += [f"p[{i}]" for i in range(len(spec.THETA))]
    lines, results = assignments(spec_problem.problem().rates, names)
    states = [
        f"jnp.maximum(u[{i}], 0.0)" if s in FLOORED else f"u[{i}]"
        for i, s in enumerate(spec.STATES)
    ]
    lines = [f"y{i} = {text}" for i, text in enumerate(states)] + lines
    lines.append(f"return jnp.stack([{', '.join(results)}])")
    scope: dict[str, Any] = {"jnp": jnp}
    exec("\n    ".join(["def rates(t, u, p):", *lines]), scope)
    return scope["rates"]
