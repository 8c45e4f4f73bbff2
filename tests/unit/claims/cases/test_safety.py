from changed import exactly, verdict

CLAIM = "generally-well-tolerated"
TEA_BARS = "use/side_effects/any/colorado-tea-bars"
CARE = "use/side_effects/care/garcia-romeu-2020"


def test_it_depends_on_who_is_asked() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "depends on which users are asked"
    assert TEA_BARS in found.records


def test_if_patrons_of_tea_bars_said_the_same_it_would_hold() -> None:
    found = verdict(CLAIM, exactly(TEA_BARS, 0.3))
    assert found.verdict == "holds"
    assert found.certainty.level == "very low"


def test_if_one_user_in_twenty_needed_care_it_would_fail() -> None:
    assert verdict(CLAIM, exactly(CARE, 0.05)).verdict == "fails"


def test_7_oh_products_are_not_covered_by_surveys_of_leaf() -> None:
    assert "7-OH" in verdict(CLAIM).plain
