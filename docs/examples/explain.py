from speciosa import Scenario, explain

scenario = Scenario.load("examples/two-grams-of-tea.toml")
why = explain(scenario, "pain.relief", people=20_000, seed=1)

print(f"people differ: {why.people_differ.first:.0%} of the variance")
print(f"we do not know: {why.we_do_not_know.first:.0%}")
for one in why.of("uncertainty")[:3]:
    print(f"{one.index.total:.0%} {one.factor.title} ({one.factor.id}, {one.factor.status})")
for worth in why.narrow():
    print(f"worth knowing: {worth['title']}; what would help: {worth['would']}")
