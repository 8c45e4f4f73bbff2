"""Verdicts as ClaimReview of schema.org."""

from __future__ import annotations

import json
from datetime import date

import pytest

import speciosa
from speciosa.claims.judging import judge
from speciosa.claims.review import claim_reviews

IDS = ("seven-oh-most-potent", "fda-warnings")
DAY = date(2026, 3, 1)
VERDICTS = judge(IDS)
REVIEWS = claim_reviews(VERDICTS.to_dict()["claims"], DAY)


def test_all_of_them_are_one_graph_of_plain_json() -> None:
    assert REVIEWS["@context"] == "https://schema.org"
    assert [one["identifier"] for one in REVIEWS["@graph"]] == list(IDS)
    assert json.loads(json.dumps(REVIEWS, allow_nan=False)) == REVIEWS


@pytest.mark.parametrize("place", range(2))
def test_each_says_what_was_claimed_and_how_it_was_rated(place: int) -> None:
    review, verdict = REVIEWS["@graph"][place], VERDICTS.verdicts[place]
    assert review["@type"] == "ClaimReview"
    assert review["datePublished"] == "2026-03-01"
    assert review["author"] == {"@type": "Organization", "name": "Speciosa"}
    assert review["version"] == speciosa.__version__
    assert review["claimReviewed"] == verdict.claim.claim
    assert review["itemReviewed"]["@type"] == "Claim"
    assert review["itemReviewed"]["text"] == verdict.claim.claim
    assert review["reviewBody"] == verdict.plain
    rating = review["reviewRating"]
    assert (rating["@type"], rating["alternateName"]) == ("Rating", verdict.verdict)
    assert rating["ratingExplanation"].startswith(f"Certainty {verdict.certainty.level}: ")


def test_a_rating_has_no_number_since_verdicts_stand_on_no_scale() -> None:
    for review in REVIEWS["@graph"]:
        assert not {"ratingValue", "bestRating", "worstRating"} & set(review["reviewRating"])


def test_it_names_the_works_that_it_is_based_on() -> None:
    potency, _ = REVIEWS["@graph"]
    works = {one["identifier"]: one for one in potency["isBasedOn"]}
    assert "varadi-2016" in works
    for one in works.values():
        assert one["@type"] == "CreativeWork"
        assert one["name"]
        assert one.get("sameAs", "https://doi.org/10.").startswith("https://doi.org/10.")
        assert not ("sameAs" in one and "url" in one)
    assert works["varadi-2016"]["sameAs"].startswith("https://doi.org/")
    assert works["varadi-2016"]["datePublished"] == "2016"


def test_a_page_without_a_doi_has_its_address() -> None:
    _, warnings = REVIEWS["@graph"]
    assert any(one.get("url", "").startswith("https://") for one in warnings["isBasedOn"])


def test_of_no_verdict_there_is_no_review() -> None:
    assert claim_reviews([], DAY)["@graph"] == []
