"""Verdicts as schema.org ClaimReview, the form in which fact checks are found by machines.

https://schema.org/ClaimReview. A rating has its words and no number: between "fails" and "depends
on" there is no distance, and "cannot be decided" stands on no scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import speciosa
from speciosa.claims.sources import cited
from speciosa.claims.verdict import Verdict
from speciosa.evidence.cite import unmarked
from speciosa.evidence.record import Source

__all__ = ["claim_reviews"]


def claim_reviews(verdicts: Iterable[Verdict], today: date) -> dict[str, Any]:
    """All of them as one JSON-LD object, dated `today`."""
    return {
        "@context": "https://schema.org",
        "@graph": [_review(one, today) for one in verdicts],
    }


def _review(one: Verdict, today: date) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "identifier": one.claim.id,
        "datePublished": today.isoformat(),
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "Speciosa"},
        "version": speciosa.__version__,
        "claimReviewed": one.claim.claim,
        "itemReviewed": {"@type": "Claim", "text": one.claim.claim, "about": one.claim.system},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": one.verdict,
            "ratingExplanation": f"Certainty {one.certainty.level}: {one.because}",
        },
        "reviewBody": one.plain,
        "isBasedOn": [_work(entry.source) for entry in cited(one.records)],
    }


def _work(one: Source) -> dict[str, str]:
    held = {"@type": "CreativeWork", "identifier": one.key, "name": unmarked(one.title)}
    if one.year:
        held["datePublished"] = one.year
    if "doi" in one.fields:
        held["sameAs"] = f"https://doi.org/{one.fields['doi']}"
    elif "url" in one.fields:
        held["url"] = one.fields["url"]
    return held
