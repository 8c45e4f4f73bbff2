"""Integration methods, one per file: coefficients, and nothing that knows about people or doses.

A method file holds published numbers as plain tuples, each with a sentence saying what it
multiplies, and in its docstring the paper they come from and the orders they reach. A Runge-Kutta
pair names ORDER, NODES, STAGES, WEIGHTS, ERROR and DENSE (`tsit5`), with EXTRA_NODES and EXTRA if
its dense output needs more stages than the step (`vern7`); a Rosenbrock method, for stiff rates,
adds GAMMA, TIMES and COUPLING (`rodas5p`). To add one, write its file from the paper, with all the
digits that a double holds, and beside the other methods' tests one that puts every rooted tree of
`tests/trees.py` to the solution, the embedded solution and the dense output: a wrong digit breaks
an order condition, and a coefficient is believed only once none does. Then give it a name in
`Method` of `codegen/lanes.py` and, if explicit, a row in `EXPLICIT` there.
"""
