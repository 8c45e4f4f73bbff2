"""Index sets: the same equation for each drug, each enzyme, each metabolic route."""

from __future__ import annotations

from speciosa.errors import ModelError

__all__ = ["Along", "Each"]


class Each:
    """An index set, known by its word; who its members are is decided when a model is built.

    `maps` lead from a member to a member of another index set, or to none: a route has a drug, an
    enzyme, and a product that may be nothing the model follows.

        ROUTE = Each("route", "one metabolic route", drug=DRUG, enzyme=ENZYME, product=DRUG)
        ROUTE.product       # from a route to a drug

    Two index sets with the same word and the same maps are equal, so that each body file can write
    down the ones that it uses.

    Raises:
        ModelError: a word is not a plain lower-case name.
    """

    __slots__ = ("doc", "maps", "word")

    def __init__(self, word: str, doc: str, /, **maps: Each) -> None:
        for name in (word, *maps):
            if not (name.isidentifier() and name.islower()) or name in self.__slots__:
                raise ModelError(f"an index set is named by a lower-case word, not {name!r}")
        self.word, self.doc, self.maps = word, doc, maps

    def __getattr__(self, name: str) -> Along:
        if name.startswith("__") or name in Each.__slots__:  # asked of a copy in the making
            raise AttributeError(name)
        if name not in self.maps:
            raise AttributeError(f"each {self.word} has no {name!r}; it has {sorted(self.maps)}")
        return Along(self, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Each) and (self.word, self.maps) == (other.word, other.maps)

    def __hash__(self) -> int:
        return hash((self.word, *self.maps))

    def __repr__(self) -> str:
        return f"each {self.word}"


class Along:
    """One map of an index set: `ROUTE.product` leads from a route to a drug."""

    __slots__ = ("name", "onto", "over")

    def __init__(self, over: Each, name: str) -> None:
        self.over, self.name, self.onto = over, name, over.maps[name]

    def __repr__(self) -> str:
        return f"{self.over.word}.{self.name}"
