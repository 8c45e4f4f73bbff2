"""Steinebach's Rosenbrock method of orders 5 and 4 for stiff rates, with dense output of order 4.

G. Steinebach, "Construction of Rosenbrock-Wanner method Rodas5P and numerical benchmarks within the
Julia Differential Equations package", BIT Numerical Mathematics 63, 27 (2023),
doi:10.1007/s10543-023-00967-x. The coefficients are those of the form that multiplies no vector by
the Jacobian (Hairer & Wanner, Solving Ordinary Differential Equations II, chapter IV.7). With
J = df/dy and df/dt taken once, at the beginning of the step, stage i solves

    (1/(h GAMMA) - J) k_i = f(t + NODES_i h, y + sum_j STAGES_ij k_j)
                            + sum_j (COUPLING_ij / h) k_j + h TIMES_i df/dt

with one matrix for all eight. The solution is y + sum_i WEIGHTS_i k_i; no h stands before the sums,
for these k are increments, not rates.

The last two stages start where the one before would end (y_tilde + k), so the states of stages 6
and 7 and the solution each cost one addition, and the last k is the error estimate. J must be
exact: the order conditions count on it. `tests/unit/engine` checks every order condition up to the
orders stated, and that both solutions forget what decays infinitely fast.
"""

from __future__ import annotations

__all__ = [
    "COUPLING",
    "DENSE",
    "ERROR",
    "GAMMA",
    "NODES",
    "ORDER",
    "STAGES",
    "TIMES",
    "WEIGHTS",
]

ORDER = 5
"""Order of the solution that is carried on."""

GAMMA = 0.21193756319429014
"""The diagonal coefficient, the same for all stages, so that one factorisation serves them all."""

NODES = (
    0.0,
    0.6358126895828704,
    0.4095798393397535,
    0.9769306725060716,
    0.4288403609558664,
    1.0,
    1.0,
    1.0,
)
"""Where in the step (0 to 1) each stage evaluates the rates."""

TIMES = (
    GAMMA,
    -0.42387512638858027,
    -0.3384627126235924,
    1.8046452872882734,
    2.325825639765069,
    0.0,
    0.0,
    0.0,
)
"""Each stage's weight of h df/dt, for rates that name the time: the row sums of the method's Gamma,
the inverse of (1/GAMMA on the diagonal, -COUPLING below it)."""

STAGES = (
    (),
    (3.0,),
    (2.849394379747939, 0.45842242204463923),
    (-6.954028509809101, 2.489845061869568, -10.358996098473584),
    (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641),
    (
        -7.502846399306121,
        2.561846144803919,
        -11.627539656261098,
        -0.18268767659942256,
        0.030198172008377946,
    ),
    (
        -7.502846399306121,
        2.561846144803919,
        -11.627539656261098,
        -0.18268767659942256,
        0.030198172008377946,
        1.0,
    ),
    (
        -7.502846399306121,
        2.561846144803919,
        -11.627539656261098,
        -0.18268767659942256,
        0.030198172008377946,
        1.0,
        1.0,
    ),
)
"""Row i: the weights of stages 0 to i-1 in the state at which stage i evaluates the rates. Rows 6
and 7 are the row above with a 1 after it."""

COUPLING = (
    (),
    (-14.155112264123755,),
    (-17.97296035885952, -2.859693295451294),
    (147.12150275711716, -1.41221402718213, 71.68940251302358),
    (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306),
    (
        24.854864614690072,
        -3.0009227002832186,
        47.4931110020768,
        5.5814197821558125,
        -0.6610691825249471,
    ),
    (
        30.91273214028599,
        -3.1208243349937974,
        77.79954646070892,
        34.28646028294783,
        -19.097331116725623,
        -28.087943162872662,
    ),
    (
        37.80277123390563,
        -3.2571969029072276,
        112.26918849496327,
        66.9347231244047,
        -40.06618937091002,
        -54.66780262877968,
        -9.48861652309627,
    ),
)
"""Row i: the weights, over h, of stages 0 to i-1 on the right-hand side of stage i."""

WEIGHTS = (*STAGES[7], 1.0)
"""Weights of the stages in the solution of order 5: stage 7's state, and its k added."""

ERROR = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
"""Weights of the stages in the difference of the two solutions, orders 5 and 4: the solution of
order 4 is the state of stage 7."""

DENSE = (
    (
        25.948786856663858,
        -2.5579724845846235,
        10.433815404888879,
        -2.3679251022685204,
        0.524948541321073,
        1.1241088310450404,
        0.4272876194431874,
        -0.17202221070155493,
    ),
    (
        -9.91568850695171,
        -0.9689944594115154,
        3.0438037242978453,
        -24.495224566215796,
        20.176138334709044,
        15.98066361424651,
        -6.789040303419874,
        -6.710236069923372,
    ),
    (
        11.419903575922262,
        2.8879645146136994,
        72.92137995996029,
        80.12511834622643,
        -52.072871366152654,
        -59.78993625266729,
        -0.15582684282751913,
        4.883087185713722,
    ),
)
"""Row m: the weights of all stages in H_m = sum_i DENSE_mi k_i. From y0 at the beginning of the
step and y1 at its end, the state at theta (0 to 1) is

y(t + theta h) = (1 - theta) y0 + theta (y1 + (1 - theta) (H_0 + theta (H_1 + theta H_2)))."""
