"""Wired systems with values bound: the model of one scenario."""

from speciosa.model.model import Model as Model
from speciosa.model.model import Substance as Substance
from speciosa.model.model import can_follow as can_follow
from speciosa.model.model import forms as forms
from speciosa.model.model import unknown_output as unknown_output
from speciosa.model.variants import VARIANTS as VARIANTS
from speciosa.model.variants import Variant as Variant
from speciosa.model.variants import unknown_variant as unknown_variant
