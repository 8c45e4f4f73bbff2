"""Small systems, wired, for the tests of flattening: a body, its receptor, and a habit."""

import math

from speciosa.compile import Member
from speciosa.language import Each, Input, Output, Parameter, State, System, at, in_unit, total

DRUG = Each("drug", "a substance")
ENZYME = Each("enzyme", "an enzyme")
LIGAND = Each("ligand", "a drug that binds")
ROUTE = Each("route", "a route", drug=DRUG, enzyme=ENZYME, product=DRUG)


class Body(System):
    __module__ = "body"

    activity = Input("1", "activity", each=ENZYME)
    weight = Input("kg", "weight")
    CL = Parameter("L/h", "clearance", evidence="body/CL/{drug}/{enzyme}", each=ROUTE)
    V = Parameter("L/kg", "volume", evidence="body/V/{drug}", each=DRUG)
    delay = Parameter("h", "delay", evidence="body/delay")
    share = Parameter("1", "share", evidence="body/share/{form}", each=DRUG)
    amount = State("ug", "amount", each=DRUG, between=(0, math.inf), lag=delay, F=share * 2)
    level = amount / (V * weight)
    lost = CL * at(activity, ROUTE.enzyme) * at(level, ROUTE.drug)
    amount.rate = total(lost, by=ROUTE.product) - total(lost, by=ROUTE.drug)
    plasma = Output(in_unit(level, "ng/mL"), "plasma")
    inside = Output(total(amount), "all that is inside")


class Receptor(System):
    __module__ = "receptor"

    ligand = Input("ng/mL", "concentration", each=LIGAND)
    K = Parameter("ng/mL", "affinity", evidence="receptor/K/{ligand}", each=LIGAND)
    load = total(ligand / K)
    bound = Output(load / (1 + load), "occupancy")


class Habit(System):
    __module__ = "habit"

    response = Input("1", "response")
    k = Parameter("1/h", "speed", evidence="habit/k")
    usual = Parameter("1", "where it starts", evidence="habit/usual")
    x = State("1", "level", start=usual, between=(0, 1))
    x.rate = k * (response - x)
    level = Output(x, "level")


DRUGS = [Member("mit", attributes={"form": "tea"}), Member("hydroxy", attributes={"form": "tea"})]
MEMBERS = {
    DRUG: DRUGS,
    ENZYME: [Member("3a4"), Member("2d6")],
    LIGAND: [Member("hydroxy")],
    ROUTE: [
        Member("first", {"drug": "mit", "enzyme": "3a4", "product": "hydroxy"}),
        Member("second", {"drug": "hydroxy", "enzyme": "2d6", "product": None}),
    ],
}
WIRES = {Receptor.ligand: Body.plasma, Habit.response: Receptor.bound}
TRAITS = {Body.activity: "activity", Body.weight: "weight"}


class Reader(System):
    __module__ = "reader"

    level = Input("ng/mL", "one level")
    twice = Output(level * 2, "twice")


class Readers(System):
    __module__ = "readers"

    level = Input("ng/mL", "a level for each ligand", each=LIGAND)
    twice = Output(level * 2, "twice")


class A(System):
    __module__ = "a"
    a = Input("1", "a")
    out = Output(1 - a, "out")


class B(System):
    __module__ = "b"
    b = Input("1", "b")
    out = Output(1 - b, "out")
