from __future__ import annotations

import pytest

from speciosa.evidence.load import find
from speciosa.model.variants import VARIANTS


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda variant: variant.name)
def test_a_variant_swaps_records_that_exist_and_mean_the_same_quantity(variant):
    assert variant.says
    for stored, instead in variant.instead.items():
        both = find([stored, instead])
        assert both[stored].unit == both[instead].unit
        assert instead.startswith(stored + "/")
        assert both[stored].value != both[instead].value
