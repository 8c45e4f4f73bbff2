"""Neuroprotection: an empty room.

Nobody has shown in people, or in an animal model of a disease of nerve cells, that kratom or one
of its alkaloids protects or repairs them. What was measured is in the records: an extract inhibits
acetylcholinesterase and butyrylcholinesterase at around 100 ug/mL, more weakly than donepezil;
mitragynine harms cells of nerve and other origin from some 10 umol/L; weeks of it make memory
worse in mice. None of it is reached by unbound concentrations in people, and none is a benefit
that an equation could carry.

Assumed: nothing.
Left out: everything. An equation here would say more than is known.
"""

from speciosa.language import System


class Neuroprotection(System):
    """No equations: nothing that could be calculated was ever measured."""
