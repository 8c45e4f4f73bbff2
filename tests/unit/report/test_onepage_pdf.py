"""The page on paper: tagged, one sheet for what comes first, the same file each time."""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reported import checked, result, unsaid
from speciosa.errors import InputError
from speciosa.inference import missing
from speciosa.report.onepage import OnePage, onepage
from speciosa.report.onepage_code import code_svg
from speciosa.report.onepage_pdf import PAPERS, pdf
from speciosa.safety import check
from speciosa.trial import Scenario, simulate

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
SIZES = {"a4": (595, 842), "letter": (612, 792)}
CROWD: dict[str, Any] = {
    "person": {
        "conditions": ["liver disease", "copd", "long qt", "driving", "epilepsy"],
        "jurisdiction": "US-AL",
        "experience": "regular",
        "pain": "chronic",
    },
    "product": {"kind": "leaf", "strain": "Super Enhanced Green Malay Special Reserve"},
    "regimen": {"dose": "8 g", "every": "4 h", "for": "2 d"},
    "with": [
        {"drug": name}
        for name in (
            *("citalopram", "methadone", "alprazolam", "alcohol", "quetiapine"),
            *("fluoxetine", "clarithromycin", "tramadol", "pregabalin", "caffeine"),
        )
    ],
}


def page(*, appendix: bool = False, **tables: Any) -> OnePage:
    return onepage(
        result(**tables), checked(**tables), unsaid(**tables), now=2.0, appendix=appendix
    )


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(file))


def tags(held: Any) -> Iterator[str]:
    """Names of all elements of the tree of tags."""
    if isinstance(held, pikepdf.Array):
        for one in held.as_list():
            yield from tags(one)
    elif isinstance(held, pikepdf.Dictionary):
        if "/S" in held:
            yield str(held.S)
        if "/K" in held:
            yield from tags(held.K)


def test_it_can_be_read_aloud() -> None:
    with opened(pdf(page(**CROWD))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).startswith("en")
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert said["dc:title"].startswith("Speciosa report: Adult")
        found = list(tags(file.Root.StructTreeRoot.K))
        for name in ("/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/LI"):
            assert name in found, name


def test_pictures_are_told_in_words() -> None:
    with opened(pdf(page())) as file:
        told = [
            str(one.Alt)
            for one in file.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one and one.get("/S") == "/Figure"
        ]
    assert any("Mitragynine in blood plasma" in text for text in told)
    assert any("Square code that holds: speciosa 1.0 run" in text for text in told)


def test_the_scenario_is_attached_and_runs_again() -> None:
    with opened(pdf(page(**CROWD))) as file:
        held = file.attachments["scenario.toml"].get_file().read_bytes().decode()
    again = Scenario.from_dict(tomllib.loads(held))
    assert again.filled() == Scenario.from_dict({**CROWD}).filled()


def test_the_same_page_is_the_same_file() -> None:
    assert pdf(page()) == pdf(page())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("tables", [{}, CROWD], ids=["tea once", "crowd"])
def test_the_first_part_fits_on_a_sheet(paper: str, tables: dict[str, Any]) -> None:
    with opened(pdf(page(**tables), paper)) as file:
        assert len(file.pages) == 1
        box = file.pages[0].mediabox
        assert (round(float(box[2])), round(float(box[3]))) == SIZES[paper]


def test_an_appendix_begins_on_a_sheet_of_its_own() -> None:
    with opened(pdf(page(appendix=True, **CROWD))) as file:
        assert len(file.pages) > 2


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits_on_a_sheet(example: Path, paper: str) -> None:
    scenario = Scenario.load(example)
    ran = simulate(scenario, people=2, replicates=2, series=True)
    facts = missing(scenario, ran.rows)
    made = onepage(ran, check(scenario, today=date(2026, 11, 25)), facts)
    assert not made.emergency
    with opened(pdf(made, paper)) as file:
        assert len(file.pages) == 1


def test_an_emergency_is_a_sheet_of_what_to_do() -> None:
    made = onepage(result(), checked(person={"signs": ["blue lips"]}), unsaid())
    with opened(pdf(made)) as file:
        assert len(file.pages) == 1
        found = list(tags(file.Root.StructTreeRoot.K))
    assert {"/H1", "/H2", "/P"} <= set(found)
    assert "/Table" not in found


def test_what_is_missing_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("typst", "segno"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(InputError, match=rf"{name}.*pip install 'speciosa\[report\]'"):
                pdf(page())


def test_another_paper_is_refused() -> None:
    with pytest.raises(InputError, match="a4, letter"):
        pdf(page(), "a5")


def test_words_that_mean_something_to_the_template_are_words() -> None:
    made = onepage(result(), checked(), unsaid(), question="#panic() $x$ *b* <script> \\ @ref")
    with opened(pdf(made)) as file:
        assert len(file.pages) == 1


def test_the_square_code_is_a_picture_of_its_run() -> None:
    code = code_svg(page().run)
    assert code.startswith("<svg")
    assert code == code_svg(page().run)
    assert code != code_svg(page(regimen={"dose": "3 g"}).run)
