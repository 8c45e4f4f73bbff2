"""Neuroprotection: an empty room.

No study was found in which kratom or one of its alkaloids protected or repaired nerve cells, in
people or in an animal with a disease of such cells. A review credits mitragynine with protection,
by genes that answer to oxidants, and with harm at large doses [hossain-2023]; neither has a
number that an equation could use. What was measured is in the records: an extract inhibits
acetylcholinesterase and butyrylcholinesterase at around 100 ug/mL, more weakly than donepezil;
mitragynine kills cells of a nerve cell line from some 10 umol/L; weeks of large doses make the
memory of mice worse. Unbound concentrations in people reach none of the first two.

Assumed: nothing.
Left out: everything. An equation here would say more than is known.
"""

from speciosa.language import System


class Neuroprotection(System):
    """No equations: nothing that an effect could be calculated from was measured."""
