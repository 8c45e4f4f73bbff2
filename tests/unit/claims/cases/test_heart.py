from changed import invented, verdict

CLAIM = "side-effect-dizziness"


def test_nobody_has_counted_dizzy_users() -> None:
    found = verdict(CLAIM)
    assert found.verdict == "cannot be decided"
    assert not [one for one in found.records if "calls" in one]


def test_a_model_of_dizziness_on_standing_cannot_deny_all_dizziness() -> None:
    part = verdict(CLAIM).parts[0]
    assert part.model is not None
    assert part.part.built_in
    assert set(verdict(CLAIM).variants.values()) == {"cannot be decided"}


def test_a_count_in_users_would_decide() -> None:
    count = invented("heart/dizziness/share/kratom", "heart/dizziness/share/opioid_trials", 0.1)
    assert verdict(CLAIM, count).verdict != "cannot be decided"
