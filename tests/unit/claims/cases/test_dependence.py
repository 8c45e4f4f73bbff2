from changed import exactly, verdict

FEWEST = "use/disorder/moderate_or_severe/garcia-romeu-2020"
ODDS = "use/dependence/odds_above_three_glasses/singh-2019-disorder"
KRATOM = "use/disorder/ever/smith-2022-disorder"
OPIOIDS = "dependence/people/disorder/opioids/boscarino-2015"


def test_even_the_survey_with_the_fewest_finds_one_in_a_hundred() -> None:
    found = verdict("dependence-develops")
    assert found.verdict == "holds"
    assert FEWEST in found.records
    assert found.simulations == ()


def test_without_a_relation_to_how_much_it_would_not_hold() -> None:
    assert verdict("dependence-develops", exactly(ODDS, 0.5)).verdict == "fails"


def test_a_survey_that_found_hardly_any_would_deny_it() -> None:
    assert verdict("dependence-develops", exactly(FEWEST, 0.002)).verdict == "fails"


def test_like_compared_with_like_does_not_say_that_kratom_is_less_addictive() -> None:
    found = verdict("less-addictive-than-opioids")
    assert found.verdict == "cannot be decided"
    assert {KRATOM, OPIOIDS} <= set(found.records)


def test_twice_as_many_as_among_patients_on_opioids_would_deny_it() -> None:
    assert verdict("less-addictive-than-opioids", exactly(KRATOM, 0.9)).verdict == "fails"


def test_few_of_leaf_would_do_though_nobody_has_counted_7_oh() -> None:
    found = verdict("less-addictive-than-opioids", exactly(KRATOM, 0.05))
    assert found.verdict == "holds"
    assert "kratom leaf" in found.plain
    *_, tablets = found.parts
    assert tablets.part.beside
    assert tablets.reply.answer.value == "unsure"
