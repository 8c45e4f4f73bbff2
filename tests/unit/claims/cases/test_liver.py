from changed import exactly, verdict

CASES = "liver/cases/ahmad-2021"


def test_judged_cases_show_that_it_can_happen() -> None:
    found = verdict("organ-damage")
    assert found.verdict == "holds"
    assert found.certainty.level == "low"
    assert CASES in found.records


def test_without_a_case_that_experts_confirmed_it_would_fail() -> None:
    assert verdict("organ-damage", exactly(CASES, 0.0)).verdict == "fails"


def test_a_harm_of_the_first_days_would_say_nothing_of_weeks() -> None:
    assert verdict("organ-damage", exactly("liver/latency/ahmad-2021", 2.0)).verdict == "fails"


def test_how_many_it_strikes_is_named_as_the_gap() -> None:
    assert "Nobody knows how many" in verdict("organ-damage").plain
