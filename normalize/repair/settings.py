"""What the decoding of a cell weighs."""

import dataclasses

from normalize.language.word_pairs import Weights
from schemas.witnesses import BINARY, DUMP, FIRST, LAYER, LINE, SECOND


@dataclasses.dataclass(frozen=True)
class DecodingCosts:
    """What may be turned in ``params.yaml``; costs are in nats."""

    weights: Weights = dataclasses.field(default_factory=Weights)
    witnesses: tuple[tuple[str, float], ...] = (
        (FIRST, 1.0),
        (SECOND, 1.0),
        (BINARY, 0.5),
        (LINE, 0.9),
        (LAYER, 1.0),
        (DUMP, 1.0),
        ("echo", 0.15),
    )
    candidates: int = 8  # for each reading
    reach: float = 10.0  # candidates that cost more than the cheapest by this are dropped
    passes: int = 2  # the first without the document's own counts
    language: float = 1.0  # weight of context against readings
    language_alone: float = 0.8  # the same where no word list is installed
    split_cost: float = 4.0  # a space that was not seen
    join_cost: float = 6.0  # a space that is not printed
    code_cost: float = 7.0  # a number or code misread
    missed_cost: float = 5.0  # a printed word that a witness did not see
    ghost_cost: float = 7.0  # a word that is not printed, seen by a witness
    doubt: float = 0.97  # words below this confidence are doubtful
    # the same in a dump, where context alone is seldom sure of a word that is right
    doubt_dump: float = 0.92
