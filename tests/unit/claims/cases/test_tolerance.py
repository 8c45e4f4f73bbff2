from changed import exactly, invented, verdict

IN_MALAYSIA = "use/disorder/tolerance/singh-2019-disorder"


def test_what_daily_users_say_decides() -> None:
    found = verdict("tolerance-develops")
    assert found.verdict == "holds"
    assert found.records == (IN_MALAYSIA, "claims/most")
    assert found.simulations == ()


def test_if_a_third_of_them_said_so_most_would_not() -> None:
    assert verdict("tolerance-develops", exactly(IN_MALAYSIA, 0.33)).verdict == "fails"


def test_people_chosen_for_a_disorder_are_not_counted() -> None:
    assert "use/disorder/tolerance/hill-2024" not in verdict("tolerance-develops").records


def test_breaks_were_never_compared_in_people() -> None:
    found = verdict("breaks-prevent-tolerance")
    assert found.verdict == "no evidence decides"
    assert "the model is not heard" in found.because


def test_breaks_studied_in_rats_would_say_nothing_of_people() -> None:
    rats = invented("tolerance/breaks/rats", "tolerance/days/gut/extract", 3.0)
    assert verdict("breaks-prevent-tolerance", rats).verdict == "no evidence decides"


def test_breaks_studied_for_tolerance_alone_leave_dependence_open() -> None:
    people = invented("tolerance/breaks/people", IN_MALAYSIA, 0.2)
    found = verdict("breaks-prevent-tolerance", people)
    assert found.verdict == "no evidence decides"
    assert "depending" in found.plain
