"""The interaction table: kratom with every medicine and substance that is known here.

Each row is the finding that a check gives for that drug alone with leaf kratom, so the table can
say nothing that a check does not. Numbers are simulated on request, with the drug's usual regimen
(`comedication/usual/...`) beside two grams of tea three times a day; a drug without kinetics or
without a usual regimen has none.

TripSit's public combination chart has a status of a few words for each pair; `to_tripsit` gives a
row `kratom` in its schema. Its statuses that call a pair low in risk are never given, since nobody
studied that: what is only worth knowing here is `Caution` there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from speciosa.evidence import records, source
from speciosa.product.medicines import medicines
from speciosa.safety.case import Case
from speciosa.safety.finding import SEVERITIES, Finding
from speciosa.safety.interactions import with_numbers
from speciosa.safety.stacking import mechanisms, slug, stacking_findings
from speciosa.trial import Scenario
from speciosa.trial.arms import routes
from speciosa.trial.exposures import exposures

__all__ = ["Row", "interaction_table", "to_csv", "to_tripsit"]

Progress = Callable[[int, int], None]

_STATUS = {
    "emergency": "Dangerous",
    "danger": "Dangerous",
    "warning": "Unsafe",
    "caution": "Caution",
    "note": "Caution",
}
_CHART: Mapping[str, tuple[str, ...]] = {
    "alcohol": ("alcohol",),
    "amphetamines": ("amphetamine",),
    "caffeine": ("caffeine",),
    "cannabis": ("cannabis",),
    "cocaine": ("cocaine",),
    "dextromethorphan": ("dextromethorphan",),
    "diphenhydramine": ("diphenhydramine",),
    "ghb/gbl": ("ghb",),
    "ketamine": ("ketamine",),
    "lithium": ("lithium",),
    "mdma": ("mdma",),
    "pregabalin": ("pregabalin",),
    "ssris": (
        "citalopram",
        "escitalopram",
        "fluoxetine",
        "fluvoxamine",
        "paroxetine",
        "sertraline",
    ),
    "tramadol": ("tramadol",),
}
"""Rows of the chart, and the drugs here that they stand for."""
_CHART_CLASSES: Mapping[str, str] = {
    "benzodiazepines": "benzodiazepine",
    "maois": "mao inhibitor",
    "opioids": "opioid agonist",
}
_COLUMNS = (
    "drug",
    "severity",
    "status",
    "classes",
    "mechanisms",
    "plain",
    "why",
    "certainty",
    "because",
    "estimates",
    "sources",
    "as_of",
    "read",
)
_GRAMS, _EVERY, _DAYS = "2 g", "8 h", 7.0
_PEOPLE, _ROWS = 40, 80


@dataclass(frozen=True, slots=True)
class Row:
    """One drug with kratom: its finding, and how it acts."""

    drug: str
    finding: Finding
    mechanisms: tuple[str, ...]

    @property
    def status(self) -> str:
        """The word of TripSit's chart for it."""
        return _STATUS[self.finding.severity]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa interactions --json` prints it."""
        return {
            "drug": self.drug,
            "status": self.status,
            "classes": list(medicines()[self.drug].classes),
            "mechanisms": list(self.mechanisms),
            **self.finding.to_dict(),
        }


def interaction_table(
    today: date, *, numbers: bool = False, progress: Progress | None = None
) -> tuple[Row, ...]:
    """A row for every drug, gravest first and then by name; with `numbers` simulated ones too."""
    names = sorted(medicines())
    found: list[Row] = []
    for done, drug in enumerate(names):
        if progress is not None:
            progress(done, len(names))
        finding = _finding(drug, today, numbers)
        found.append(Row(drug, finding, mechanisms(drug)))
    if progress is not None:
        progress(len(names), len(names))
    return tuple(sorted(found, key=lambda row: SEVERITIES.index(row.finding.severity)))


def to_csv(table: Sequence[Row]) -> str:
    """The table as comma-separated values, a line for each drug."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in table:
        held = row.to_dict() | {"estimates": [*_estimates(row.finding)]}
        writer.writerow([_cell(held[name]) for name in _COLUMNS])
    return out.getvalue()


def to_tripsit(table: Sequence[Row]) -> dict[str, Any]:
    """A row `kratom` for TripSit's combos.json: drug -> status, note and sources."""
    rows = {row.drug: row for row in table}
    known = medicines()
    wanted: dict[str, tuple[str, ...]] = dict(_CHART)
    for name, word in _CHART_CLASSES.items():
        wanted[name] = tuple(drug for drug in rows if word in known[drug].classes)
    held = {name: _gravest([rows[drug] for drug in drugs]) for name, drugs in wanted.items()}
    return {"kratom": {name: _combo(row) for name, row in sorted(held.items())}}


def _finding(drug: str, today: date, numbers: bool) -> Finding:
    """What a check says of kratom with this drug alone."""
    usual = _usual(drug) if numbers else None
    days = max(_DAYS, usual[2] if usual else 0.0)
    company: dict[str, Any] = {"drug": drug}
    if usual:
        company |= {"dose": f"{usual[0]} mg", "every": f"{usual[1]} h", "for": f"{days} d"}
    scenario = Scenario(
        product={"kind": "tea"},
        regimen={"dose": _GRAMS, "every": _EVERY, "for": f"{days} d"},
        medicines=[company],
    )
    found = [one for one in stacking_findings(Case(scenario), today)]
    mine = next(one for one in found if one.id == f"interaction/{slug(drug)}")
    if usual is None:
        return mine
    shown = exposures(scenario, people=_PEOPLE, rows=_ROWS)
    return next(with_numbers([mine], shown))


def _usual(drug: str) -> tuple[float, float, float] | None:
    """Usual dose (mg), interval (h) and length (d) of a drug that can be followed by mouth."""
    held = records("comedication")
    ids = [f"comedication/usual/{part}/{drug}" for part in ("dose", "every", "days")]
    if "oral" not in routes(drug) or any(identity not in held for identity in ids):
        return None
    dose, every, days = (held[identity].value for identity in ids)
    return dose, every, days


def _gravest(rows: Sequence[Row]) -> Row:
    return min(rows, key=lambda row: SEVERITIES.index(row.finding.severity))


def _combo(row: Row) -> dict[str, Any]:
    f = row.finding
    return {
        "status": row.status,
        "note": f"{f.plain} ({f.certainty} certainty, {f.as_of.isoformat()})",
        "sources": [_cited(key) for key in f.sources],
    }


def _cited(key: str) -> dict[str, str]:
    """A source as the chart has them: author, title, and an address where there is one."""
    held = source(key)
    url = held.fields.get("url") or (
        f"https://doi.org/{d}" if (d := held.fields.get("doi")) else ""
    )
    found = {"author": "; ".join(held.authors), "title": held.title, "url": url}
    return {name: text for name, text in found.items() if text}


def _cell(held: object) -> object:
    """A list as one text."""
    return "; ".join(cast("list[str]", held)) if isinstance(held, list) else held


def _estimates(finding: Finding) -> Iterator[str]:
    for one in finding.estimates:
        bounds = "" if one.low is None else f" ({one.low:.3g} to {one.high:.3g})"
        yield f"{one.of}: {one.value:.3g}{bounds} {one.basis}"
