from speciosa import bands

found = bands(people=100, replicates=20, seed=1)

table = found.frame().query("output == 'pain.relief' and content == 'unknown'")
for (low, high), rows in table.groupby(["low", "high"], sort=False):
    said = ", ".join(f"{row.effect} {row.share:.0%}" for row in rows.itertuples())
    print(f"{low:g} to {high:g} g: {said}")

# The same people with a leaf whose content is known.
print(found.share("pain.relief", (3.0, 5.0), "strong", content="known"))
