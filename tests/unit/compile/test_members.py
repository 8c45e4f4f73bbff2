import pytest

from speciosa.compile import Member
from speciosa.compile.members import Members
from speciosa.errors import ModelError
from speciosa.language import Each, Parameter

DRUG = Each("drug", "a substance")
ROUTE = Each("route", "a route", drug=DRUG, product=DRUG)
A, B = Member("a", attributes={"form": "tea"}), Member("b")


def test_names_and_maps():
    found = Members({DRUG: [A, B], ROUTE: [Member("r", {"drug": "a", "product": None})]})
    assert list(found.names(DRUG)) == ["a", "b"]
    assert list(found.names(None)) == [None]
    assert found.target(ROUTE, "r", "drug") == "a"
    assert found.target(ROUTE, "r", "product") is None


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({DRUG: [A, B, A]}, "each drug has 'a' twice"),
        ({DRUG: [A], ROUTE: [Member("r", {"drug": "a"})]}, "route 'r' does not say its product"),
        (
            {DRUG: [A], ROUTE: [Member("r", {"drug": "x", "product": None})]},
            "each route 'r' has drug 'x', which is no drug",
        ),
        ({ROUTE: [Member("r", {"drug": "a", "product": None})]}, "'a', which is no drug"),
    ],
)
def test_members_that_do_not_fit_are_refused(members, message):
    with pytest.raises(ModelError, match=message):
        Members(members)


def test_an_index_set_that_nobody_spoke_of():
    with pytest.raises(ModelError, match="this build names no members of each drug; an empty list"):
        Members({}).of(DRUG)


def test_evidence_ids_are_filled_in():
    found = Members({DRUG: [A, B], ROUTE: [Member("r", {"drug": "a", "product": None})]})
    by_form = Parameter("1", "x", evidence="x/{drug}/{form}", each=DRUG)
    by_map = Parameter("1", "x", evidence="x/{drug}/{route}", each=ROUTE)
    assert found.evidence(by_form, "a") == "x/a/tea"
    assert found.evidence(by_map, "r") == "x/a/r"
    assert found.evidence(Parameter("1", "x", evidence="x/y"), None) == "x/y"


def test_a_template_needs_its_words():
    found = Members({DRUG: [A, B], ROUTE: [Member("r", {"drug": "a", "product": None})]})
    by_form = Parameter("1", "x", evidence="x/{form}", each=DRUG)
    by_product = Parameter("1", "x", evidence="x/{product}", each=ROUTE)
    with pytest.raises(ModelError, match=r"needs 'form' in 'x/\{form\}'; b has drug"):
        found.evidence(by_form, "b")
    with pytest.raises(ModelError, match="needs 'product'"):
        found.evidence(by_product, "r")
