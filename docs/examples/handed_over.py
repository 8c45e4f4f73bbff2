from speciosa.evidence import observations, records, studies, unused
from speciosa.safety.held import held as held_by_facts

held = {
    entry: holder.id
    for holders in (records(), observations(), studies())
    for holder in holders.values()
    for entry in holder.handover
}
print(held["metal_pro_pb"])  # lead in products: the record that holds it
print("comed_alprazolam" in held_by_facts())  # words, held by a fact of safety

print(unused()["clin_mdz_auc"])  # given twice: the entry that is held
print(len(held), "entries are held,", len(unused()), "are not")
