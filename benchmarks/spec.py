"""Benchmark problem: a kratom-like oral PK/PD system (16 states), the same for every engine.

Work: `n` subjects, a 14-day regimen of one 40 mg dose every 8 h (42 doses, first at t=0),
output of all 16 states at t = 0, 1, 2, ..., 336 h (337 rows per subject; value at a dose time is
BEFORE or AFTER the dose -- compare engines away from dose times or at the same side).
Tolerance asked of every adaptive engine: rtol 1e-6, atol 1e-8 (and a second row at its own
default). Every subject has its own parameters: theta * exp(eta), eta ~ N(0, 0.3^2) for the names in
IIV. Reference solution: this file, scipy DOP853/Radau at rtol 1e-11.

The numbers are made up for speed and stiffness, not for pharmacology; they are no evidence.
"""

from __future__ import annotations

import time

import numpy as np
from scipy.integrate import solve_ivp

STATES = ("A1", "A2", "A3", "A4", "M2", "M3", "E", "Bm", "B7", "T", "T2", "P", "D", "AR", "G", "N")
Y0 = {"E": 1.0, "P": 6.0, "AR": 0.0, "G": 1.0}  # the rest start at 0
THETA = {
    "ka": 2.5,
    "F": 0.3,
    "CLm": 45.0,
    "CLo": 20.0,
    "V2": 400.0,
    "Q3": 60.0,
    "V3": 900.0,
    "Q4": 12.0,
    "V4": 2500.0,
    "fm": 0.12,
    "CL7": 60.0,
    "V7": 120.0,
    "Q7": 30.0,
    "V8": 200.0,
    "kdeg": 0.03,
    "kinact": 0.06,
    "KI": 0.08,
    "keo": 1.2,
    "Kp": 1.1,
    "keo7": 2.0,
    "Kp7": 0.6,
    "KiM": 0.16,
    "Ki7": 0.02,
    "eM": 0.35,
    "e7": 0.6,
    "ktol": 0.02,
    "ktol2": 0.004,
    "aT": 2.5,
    "h": 1.4,
    "R50": 0.12,
    "P0": 6.0,
    "Emax": 0.8,
    "kp": 1.5,
    "kdep": 0.006,
    "kar": 2.0,
    "Es": 1.0,
    "EC50s": 0.03,
    "R50s": 0.25,
    "kg": 0.4,
    "hg": 1.3,
    "G50": 0.2,
    "kn": 1.0,
}
IIV = ("ka", "F", "CLm", "CLo", "V2", "CL7", "keo", "R50", "ktol", "P0")
DOSE, II, NDOSE, TEND = 40.0, 8.0, 42, 336.0  # mg into A1, h, doses, h


def rhs(t, y, p):
    """Rates of the 16 states, per h, in the order of STATES; `p` holds one subject's numbers."""
    A1, A2, A3, A4, M2, M3, E, Bm, B7, T, T2, P, D, AR, G, N = y
    C, C7 = A2 / p["V2"], M2 / p["V7"]
    met = p["CLm"] * E * C
    R = (p["eM"] * Bm / p["KiM"] + p["e7"] * B7 / p["Ki7"]) / (1 + Bm / p["KiM"] + B7 / p["Ki7"])
    R = max(R, 0.0)
    R50 = p["R50"] * (1 + p["aT"] * (T + T2))
    S = R ** p["h"] / (R ** p["h"] + R50 ** p["h"])
    sed = R * R / (R * R + p["R50s"] ** 2)
    gut = R ** p["hg"] / (R ** p["hg"] + p["G50"] ** p["hg"])
    to_3, to_4 = p["Q3"] * (C - A3 / p["V3"]), p["Q4"] * (C - A4 / p["V4"])
    to_8 = p["Q7"] * (C7 - M3 / p["V8"])
    return np.array(
        [
            -p["ka"] * A1,
            p["ka"] * p["F"] * A1 - met - p["CLo"] * C - to_3 - to_4,
            to_3,
            to_4,
            p["fm"] * met - p["CL7"] * C7 - to_8,
            to_8,
            p["kdeg"] * (1 - E) - p["kinact"] * C / (p["KI"] + C) * E,
            p["keo"] * (p["Kp"] * C - Bm),
            p["keo7"] * (p["Kp7"] * C7 - B7),
            p["ktol"] * (R - T),
            p["ktol2"] * (R - T2),
            p["kp"] * (p["P0"] * (1 - p["Emax"] * S) - P),
            p["kdep"] * (R - D),
            p["kar"] * (p["Es"] * Bm / (p["EC50s"] + Bm) - 1.5 * sed - AR),
            p["kg"] * (1 - gut - G),
            p["kn"] * (R * (1 - T) - N),
        ]
    )


def subjects(n, seed=1):
    """The parameters of `n` subjects, one dict each; the same for the same seed."""
    r = np.random.default_rng(seed)
    return [
        {k: v * (np.exp(0.3 * r.standard_normal()) if k in IIV else 1.0) for k, v in THETA.items()}
        for _ in range(n)
    ]


def solve(p, rtol=1e-11, atol=1e-13, method="Radau"):
    """All states of one subject, (337, 16); rows at dose times hold the value BEFORE the dose."""
    y = np.array([Y0.get(s, 0.0) for s in STATES])
    y[STATES.index("P")] = p["P0"]
    out = np.empty((337, 16))
    out[0] = y
    for d in range(NDOSE):
        t0 = d * II
        y = y.copy()
        y[0] += DOSE
        ts = np.arange(t0 + 1, t0 + II + 1)
        s = solve_ivp(
            rhs, (t0, t0 + II), y, method=method, t_eval=ts, rtol=rtol, atol=atol, args=(p,)
        )
        out[int(t0) + 1 : int(t0) + 9] = s.y.T
        y = s.y[:, -1]
    return out


if __name__ == "__main__":
    first = subjects(2)[0]
    begun = time.perf_counter()
    held = solve(first, 1e-6, 1e-8, "LSODA")
    print("LSODA s/subject", time.perf_counter() - begun)
    print({s: float(v) for s, v in zip(STATES, held[-1].round(5), strict=True)})
    print("near the last peak, t=330 h", held[330].round(4))
