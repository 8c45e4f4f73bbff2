"""Tsitouras' explicit Runge-Kutta pair of orders 5 and 4, with dense output of order 4.

Ch. Tsitouras, "Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying
assumption", Computers & Mathematics with Applications 62 (2011) 770-775,
doi:10.1016/j.camwa.2011.06.002. Stages, weights and error weights are the paper's Table 1; the
dense output is its equation for a free continuous extension, multiplied out in powers of theta.

The last stage is the rate at the end of the step, which is the first stage of the next step
("first same as last"), so an accepted step costs six evaluations of the rates. `tests/unit/engine`
checks every order condition up to the orders stated.
"""

from __future__ import annotations

__all__ = ["DENSE", "ERROR", "NODES", "ORDER", "STAGES", "WEIGHTS"]

ORDER = 5
"""Order of the solution that is carried on."""

NODES = (0.0, 0.161, 0.327, 0.9, 0.9800255409045097, 1.0, 1.0)
"""Where in the step (0 to 1) each stage is evaluated."""

STAGES = (
    (),
    (0.161,),
    (-0.008480655492356989, 0.335480655492357),
    (2.8971530571054935, -6.359448489975075, 4.3622954328695815),
    (5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525),
    (
        5.86145544294642,
        -12.92096931784711,
        8.159367898576159,
        -0.071584973281401,
        -0.028269050394068383,
    ),
    (
        0.09646076681806523,
        0.01,
        0.4798896504144996,
        1.379008574103742,
        -3.290069515436081,
        2.324710524099774,
    ),
)
"""Row i: the weights of stages 0 to i-1 in the state at which stage i is evaluated."""

WEIGHTS = (*STAGES[6], 0.0)
"""Weights of the stages in the solution of order 5; equal to the last row of STAGES."""

ERROR = (
    -0.00178001105222577714,
    -0.0008164344596567469,
    0.007880878010261995,
    -0.1447110071732629,
    0.5823571654525552,
    -0.45808210592918697,
    0.015151515151515152,
)
"""Weights of the stages in the difference of the two solutions, orders 5 and 4."""

DENSE = (
    (1.0, -2.763706197274826, 2.9132554618219126, -1.0530884977290216),
    (0.0, 0.1317, -0.2234, 0.1017),
    (0.0, 3.9302962368947516, -5.941033872131505, 2.490627285651253),
    (0.0, -12.411077166933676, 30.33818863028232, -16.548102889244902),
    (0.0, 37.50931341651104, -88.1789048947664, 47.37952196281928),
    (0.0, -27.896526289197286, 65.09189467479366, -34.87065786149661),
    (0.0, 1.5, -4.0, 2.5),
)
"""Row i: stage i's weight inside the step is the polynomial of these in theta, theta^2, theta^3,
theta^4; y(t + theta h) = y + h * sum_i weight_i(theta) k_i."""
