import numpy as np

from speciosa.compile import flatten_alone
from speciosa.language import Output, Parameter, State, System, as_text


class Drug(System):
    ka = Parameter("1/h", "rate of absorption", evidence="drug/ka")
    CL = Parameter("L/h", "clearance", evidence="drug/CL")
    V = Parameter("L", "volume", evidence="drug/V")

    gut = State("mg", "amount in the gut", start=0)
    central = State("mg", "amount in the blood", start=0)
    gut.rate = -ka * gut
    central.rate = ka * gut - CL / V * central
    plasma = Output(central / V, "plasma concentration")


problem = flatten_alone(Drug, {}).problem


def people(count: int) -> np.ndarray:
    """A row for each person: ka, CL, V, in the order of `problem.parameters`."""
    spread = 0.3 * np.random.default_rng(1).standard_normal((count, 3))
    return np.array([1.5, 5.0, 50.0]) * np.exp(spread)


if __name__ == "__main__":
    print(as_text(Drug))
