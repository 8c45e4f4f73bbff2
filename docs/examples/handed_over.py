from speciosa.evidence import observations, records, studies, unused

held = {
    entry: holder.id
    for holders in (records(), observations(), studies())
    for holder in holders.values()
    for entry in holder.handover
}
print(held["metal_pro_pb"])  # lead in products: the record that holds it

print(unused()["coa_mitragynine"])  # not held, and why
print(unused()["clin_mdz_auc"])  # given twice: the entry that is held
print(len(held), "entries are held,", len(unused()), "are not")
