"""Which signs may stand before and behind a word, and what each costs."""

from collections.abc import Mapping, Sequence

from rapidfuzz.fuzz import ratio

from normalize.repair.slots import Reading, Slot
from normalize.text.letters import skeleton
from schemas.witnesses import FIRST, engine_of

_LOST_TAILS = frozenset(((",", "."), (";", ":")))  # printed, read: a thin tail that a scan loses
# nats that a lost tail costs; the first model is trained on thin tails and seldom loses one: where
# it reads a semicolon and others a colon, a semicolon was printed 19 times of 19
_LOST_BY_FIRST, _LOST_BY_OTHERS, _SEMICOLON_BY_FIRST = 2.5, 1.0, 7.0
_SURELY = 0.9  # the least confidence of a reading, rounded to a tenth
_LIKE = 50.0  # percent: how like a word another reading is at least that tells of its signs
_STOP_IN_SENTENCE = 6.0  # nats that a full stop before a small letter costs


def sign_options(
    slot: Slot, weights: Mapping[str, float], known_pair: bool
) -> list[tuple[str, float]]:
    """The signs that may follow the slot's word, each with its cost.

    The cost is what the readings say, and more for a stop before a small letter.
    """
    readings = _of_the_word([r for r in slot.readings if r.core])
    options = list(dict.fromkeys(r.after for r in readings))
    stops = any(o[-1:] in (".", "?", "!") for o in options) and slot.next_small
    unsure = len(options) > 1 or min(r.confidence for r in readings) < 0.85
    if ((known_pair and unsure) or stops) and all(len(o) <= 1 for o in options):
        options += [o for o in ("", ",") if o not in options and (not o or stops)]
    if len(options) == 1:
        return [(options[0], 0.0)]
    costs = []
    counted = family_weights(readings, [r.after for r in readings], weights)
    for option in options:
        cost = sum(
            weight * _sign_cost(option, r) for r, weight in zip(readings, counted, strict=True)
        )
        costs.append(
            (
                option,
                cost
                + (
                    _STOP_IN_SENTENCE
                    if option.endswith((".", "?", "!")) and slot.next_small
                    else 0.0
                ),
            )
        )
    least = min(cost for _, cost in costs)
    return [(option, cost) for option, cost in costs if cost < least + 9.0]


def _of_the_word(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those that have hardly a letter of the first, where that is surely read:
    what another word ends with says nothing of this one.
    """
    first = readings[0]
    if first.confidence < _SURELY:
        return list(readings)
    own = skeleton(first.core.lower())
    return [r for r in readings if r is first or ratio(own, skeleton(r.core.lower())) >= _LIKE]


def family_weights(
    readings: Sequence[Reading], seen_as: Sequence[str], weights: Mapping[str, float]
) -> list[float]:
    """What each reading counts: its witness's weight, by its own confidence.

    A reading that repeats what a model of the same engine says counts little. ``seen_as`` is what
    each reading says of the matter in question, the word or the signs after it.
    """
    found, heard = [0.0] * len(readings), set()
    for n in sorted(range(len(readings)), key=lambda n: -readings[n].confidence):
        r = readings[n]
        mark = (engine_of(r.witness), seen_as[n])
        weight = weights.get("echo", 0.15) if mark in heard else weights.get(r.witness, 1.0)
        found[n] = weight * (0.4 + 0.6 * r.confidence)
        heard.add(mark)
    return found


def _sign_cost(printed: str, reading: Reading) -> float:
    read = reading.after
    if printed == read:
        return 0.0
    if (printed, read) in _LOST_TAILS:
        return _LOST_BY_FIRST if reading.witness == FIRST else _LOST_BY_OTHERS
    if read == ";" and reading.witness == FIRST:
        return _SEMICOLON_BY_FIRST
    if not printed:
        return 4.5 if read in (".", ",", ":") else 6.0
    return 5.0 if not read else 4.5
