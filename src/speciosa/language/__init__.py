"""Write equations: what a body file may import.

The class body is the model; a name is written once, and units are checked as each line is read:

    >>> from speciosa.language import Input, Output, Parameter, State, System
    >>> class Tolerance(System):
    ...     response = Input("1", "response of the receptor")
    ...     k_on = Parameter("1/h", "build-up at full response", evidence="tolerance/k_on")
    ...     k_off = Parameter("1/h", "loss without drug", evidence="tolerance/k_off")
    ...     level = State("1", "adaptation of the tissue", start=0, between=(0, float("inf")))
    ...     level.rate = k_on * response - k_off * level
    ...     gain = Output(1 / (1 + level), "share of the drive that still counts")
    >>> Tolerance.states
    (level [1],)
"""

from speciosa.language.functions import exp as exp
from speciosa.language.functions import hill as hill
from speciosa.language.functions import log as log
from speciosa.language.functions import operational as operational
from speciosa.language.functions import positive_part as positive_part
from speciosa.language.functions import saturation as saturation
from speciosa.language.functions import smooth_step as smooth_step
from speciosa.language.functions import sqrt as sqrt
from speciosa.language.index import Along as Along
from speciosa.language.index import Each as Each
from speciosa.language.render import Row as Row
from speciosa.language.render import as_latex as as_latex
from speciosa.language.render import as_table as as_table
from speciosa.language.render import as_text as as_text
from speciosa.language.symbols import Formula as Formula
from speciosa.language.symbols import Input as Input
from speciosa.language.symbols import Lookup as Lookup
from speciosa.language.symbols import Number as Number
from speciosa.language.symbols import Output as Output
from speciosa.language.symbols import Parameter as Parameter
from speciosa.language.symbols import Quantity as Quantity
from speciosa.language.symbols import Scaled as Scaled
from speciosa.language.symbols import State as State
from speciosa.language.symbols import Total as Total
from speciosa.language.symbols import at as at
from speciosa.language.symbols import in_unit as in_unit
from speciosa.language.symbols import lift as lift
from speciosa.language.symbols import total as total
from speciosa.language.system import System as System
