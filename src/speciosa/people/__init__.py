"""Who they are and how they differ, with chance keyed by name."""

from speciosa.people.draws import PERSON as PERSON
from speciosa.people.draws import REPLICATE as REPLICATE
from speciosa.people.draws import Draws as Draws
from speciosa.people.who import CYP2D6 as CYP2D6
from speciosa.people.who import People as People
from speciosa.people.who import Population as Population
from speciosa.people.who import Weight as Weight
from speciosa.people.who import known as known
