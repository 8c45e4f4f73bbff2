"""Lower systems to one flat problem.

flat = flatten(systems, wires, members, traits)
flat.problem            # what the engine integrates
flat.parameters         # which record gives which number
"""

from speciosa.compile.flatten import Flat as Flat
from speciosa.compile.flatten import FlatParameter as FlatParameter
from speciosa.compile.flatten import flatten as flatten
from speciosa.compile.flatten import flatten_alone as flatten_alone
from speciosa.compile.members import Member as Member
from speciosa.compile.names import flat_name as flat_name
from speciosa.compile.sources import Wire as Wire
from speciosa.compile.sources import Wires as Wires
from speciosa.compile.sources import giver as giver
