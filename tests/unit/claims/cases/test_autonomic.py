from changed import invented, verdict

CLAIM = "side-effect-headache-dry-mouth"
OPIOIDS = "autonomic/dry_mouth/share/opioid_trials"


def test_neither_was_counted_in_users() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "cannot be decided"
    assert [part.reply.answer.value for part in found.parts] == ["unsure", "unsure"]


def test_a_dry_mouth_in_the_model_proves_nothing() -> None:
    dry = verdict(CLAIM).parts[1]
    assert dry.model is not None
    assert dry.model.answer.value == "yes"
    assert dry.reply.answer.value == "unsure"


def test_of_two_side_effects_the_one_that_was_not_counted_decides() -> None:
    counted = invented("autonomic/dry_mouth/share/kratom", OPIOIDS, 0.1, species="human")
    found = verdict(CLAIM, counted)
    assert found.verdict == "cannot be decided"
    assert "headache" in found.plain
