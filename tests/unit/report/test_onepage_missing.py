"""What would change the page, in words: the same everywhere, and no number where breath stops."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from rich.console import Console

from reported import checked, result, unsaid
from speciosa.inference import Fact, Swing
from speciosa.report.onepage import OnePage, onepage
from speciosa.report.onepage_html import html
from speciosa.report.onepage_missing import missing
from speciosa.report.onepage_parts import Missing
from speciosa.report.onepage_shown import shown
from speciosa.report.onepage_text import print_page

COMPANY: dict[str, Any] = {
    "with": [{"drug": "methadone"}, {"drug": "quetiapine", "dose": "100 mg"}]
}
LEVEL = Swing("plasma.mitragynine", "cmax", "ng/mL", 78.7, (40.4, 154.0), 0.46)
BREATH = Swing("breathing.risk", "max", "1", 0.232, (0.133, 0.376), 0.35)
SCORE = Swing("dependence.score", "max", "1", 8.25, (4.13, 13.7), 0.01)


def page(now: float | None = None, **tables: Any) -> OnePage:
    return onepage(result(**tables), checked(**tables), unsaid(**tables), now=now)


def told(*facts: Fact, now: float | None = None, **tables: Any) -> list[Missing]:
    return list(missing(result(**tables), facts, now))


def test_every_page_has_the_same_lines_in_the_same_order() -> None:
    made = page(**COMPANY)
    rows = [f"{one.what}: {one.why}" for one in made.missing]
    assert [f"{one['what']}: {one['why']}" for one in made.to_dict()["missing"]] == rows
    assert [f"{one['what']}: {one['why']}" for one in shown(made)["missing"]] == rows
    items = re.findall(r"<li><b>(.*?):</b> (.*?)</li>", html(made))
    assert [unescape(f"{what}: {why}") for what, why in items] == rows
    out = io.StringIO()
    print_page(made, Console(file=out, width=400))
    block = out.getvalue().partition("What would change this\n")[2]
    places = [block.index(one.why) for one in made.missing]
    assert places == sorted(places)


def test_what_moves_most_comes_first_and_a_measured_level_after_all_that() -> None:
    made = page().missing
    shares = [one.share for one in made if one.share is not None]
    assert len(shares) > 3
    assert shares == sorted(shares, reverse=True)
    assert [one.share is None for one in made] == [False] * len(shares) + [True, True]
    assert made[-2].what == "A measured level, with its time"
    assert made[-1].what.startswith("Age, sex, illness of liver")


def test_an_amount_that_is_not_known_stands_before_all_that_can_be_ranked() -> None:
    first = page(**COMPANY).missing[0]
    assert first.what == "Amount of methadone"
    assert "not simulated" in first.why
    assert first.share is None


def test_a_time_of_asking_is_not_asked_for_again() -> None:
    asked = {one.what for one in page().missing}
    assert asked - {one.what for one in page(2.0).missing} == {"Time since the last dose"}


def test_what_was_stated_is_not_asked_for() -> None:
    person = {"age": "41 y", "weight": "78 kg", "sex": "female", "cyp2d6": "poor"}
    product = {"kind": "leaf", "mitragynine": "15 mg/g"}
    asked = ", ".join(one.what for one in page(person=person, product=product).missing).lower()
    for word in ("age", "weight", "sex", "cyp2d6", "content of this batch"):
        assert not re.search(rf"\b{word}\b", asked), word


def test_a_line_is_of_two_outputs_at_most_the_one_most_moved_first() -> None:
    fact = Fact("product.mitragynine", ("7.19 mg/g", "27.3 mg/g"), (LEVEL, BREATH, SCORE))
    one = told(fact)[0]
    assert one.what == "Content of this batch"
    assert one.why == (
        "7.19 mg/g to 27.3 mg/g: peak 40 to 150 ng/mL (46 % of its range), breath lost 13 to 38 %"
    )
    assert [figure.of for figure in one.figures] == [
        "plasma.mitragynine cmax",
        "breathing.risk max",
        "dependence.score max",
    ]
    assert (one.figures[0].low, one.figures[0].middle) == (40.4, 78.7)


def test_with_other_drugs_a_level_has_a_name() -> None:
    fact = Fact("person.cyp2d6", ("poor", "ultrarapid"), (LEVEL,))
    assert "mitragynine peak" in told(fact, **COMPANY)[1].why


def test_the_content_of_a_7_oh_product_is_its_content() -> None:
    key, ends = "product.profile.hydroxymitragynine", ("23 mg/g", "70 mg/g")
    fact = Fact(key, ends, (BREATH,))
    assert told(fact)[0].what == "7-hydroxymitragynine in it"
    assert told(fact, product={"kind": "7-oh"})[0].what == "Content of this batch"


def test_where_it_could_not_be_computed_there_is_no_number() -> None:
    fact = Fact("person.cyp2d6", ("poor", "ultrarapid"), failed=("poor",))
    (one, *_) = told(fact)
    assert one.why == "poor to ultrarapid: it could not be computed with poor"


def test_where_breath_stops_there_is_no_number_of_the_run() -> None:
    fact = Fact("product.mitragynine", ("7.19 mg/g", "27.3 mg/g"), stops=("27.3 mg/g",))
    one = told(fact)[0]
    assert one.why == "7.19 mg/g to 27.3 mg/g: breath stops in the simulation with 27.3 mg/g"
    assert one.figures == ()


def test_what_hardly_moves_is_named_and_not_told() -> None:
    one = told(Fact("person.cyp2d6", ("poor", "ultrarapid"), (SCORE,)))[-1]
    assert one.what == "CYP2D6"
    assert "may matter" in one.why
    assert one.share is None
