"""What is taken when: one dose or many, steps, breaks, and the history of a regular user."""

from speciosa.regimen.schedule import Schedule as Schedule
from speciosa.regimen.schedule import before as before
from speciosa.regimen.schedule import doses as doses
