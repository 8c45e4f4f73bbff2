import copy
import pickle

import pytest

from speciosa.errors import ModelError
from speciosa.language import Each

DRUG = Each("drug", "a substance")
ROUTE = Each("route", "a route", drug=DRUG, product=DRUG)


def test_index_sets_are_equal_by_word_and_maps():
    assert Each("drug", "in other words") == DRUG
    assert hash(Each("route", "", drug=DRUG, product=DRUG)) == hash(ROUTE)
    assert Each("route", "a route", drug=DRUG) != ROUTE
    assert Each("ligand", "a substance") != DRUG
    assert DRUG != "drug"


def test_a_map_leads_to_another_index_set():
    assert ROUTE.product.onto == DRUG
    assert ROUTE.product.over == ROUTE
    assert (repr(ROUTE), repr(ROUTE.product)) == ("each route", "route.product")


def test_an_unknown_map_is_refused_with_those_there_are():
    with pytest.raises(AttributeError, match=r"each route has no 'prodct'.*\['drug', 'product'\]"):
        _ = ROUTE.prodct


def test_it_can_be_copied_and_stored():
    assert copy.deepcopy(ROUTE) == pickle.loads(pickle.dumps(ROUTE)) == ROUTE


@pytest.mark.parametrize(("word", "maps"), [("Drug", {}), ("a b", {}), ("x", {"doc": DRUG})])
def test_words_are_plain(word, maps):
    with pytest.raises(ModelError, match="named by a lower-case word"):
        Each(word, "doc", **maps)
