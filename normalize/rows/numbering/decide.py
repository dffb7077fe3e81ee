"""Decide the numbers of a part's rows together.

A misread or lost number is restored from its neighbours; a true gap stays and is reported.

Long: one dynamic program (states, costs behind and ahead, margins); parts of it mean nothing alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from typing import NamedTuple

from normalize.rows.numbering.forms import as_read, plain_digits, reading_cost
from normalize.rows.numbering.indicators import INDICATORS
from normalize.rows.numbering.schemes import GROWTH, PROSE, START, TASKS, Node, Scheme, as_path

SCHEMES: Mapping[str, Scheme] = {
    "tasks": TASKS,
    "indicators": INDICATORS,
    "growth": GROWTH,
    "paragraphs": PROSE,
}

# a gap costs less than a digit misread (number_forms.ALIKE), one of 20 rows at most 2 more
GAP, PER_MISSING, MOST_MISSING = 3.0, 0.25, 8
BACKWARDS = 6.0
OTHER_MARK = 1.5  # `2)` for 2., or `2.` for 2), in a table that has both
LONE = 1.5  # a sub-row (1) without (2)
ORPHAN = 3.0  # a row under a group or section whose title, which spans the table, is not there
# a row that spans the table numbered as one that does not, or the other way round
WRONG_SHAPE = 3.0
OTHERS = 0.2  # the weight of the readings that fit worse than the best one
# doubtful when another number for this row costs less than this more; the second where witnesses
# differ
DOUBT, CONTESTED = 2.0, 3.5
BEAM = 32
REACH = 6  # rows without a usable reading over which numbers are counted on from either side


@dataclass(frozen=True)
class RowCandidate:
    """A row, or what may be one, in document order.

    ``readings``: what the witnesses read in its number cell, none or "" where nothing was read.
    ``spanning``: whether the row spans the table (True: a title; None: unknown). ``drop``: the cost
    at which it is no row of its own (None: it is surely a row); 2.0 is as much as a lost number.
    ``shares``: whether it shares its number cell with the row above (merged cells of appendix 1;
    None: unknown). ``by_place``: the row has no number, and ``readings`` are its place among such
    rows.
    """

    readings: tuple[str, ...] = ()
    spanning: bool | None = None
    drop: float | None = None
    shares: bool | None = None
    by_place: bool = False


@dataclass(frozen=True)
class Decided:
    """What a candidate was decided to be.

    ``key``: the published key (``1.1.2``, ``2.2.3(1)``, ``14.2``, ``I.1``, ``II/1/1.1/(1)``), empty
    where it is no row of its own. ``number``: as printed. ``level``: one of the scheme's names,
    such as group, section, task, sub_row. ``parent``: the key of the row it stands under.
    ``status``: read, restored, doubtful or dropped. ``reason``: why it is not plainly read, a
    sentence without cell text, else empty. ``missing``: keys that the document leaves out before
    this row. ``out_of_order``: it repeats or precedes an earlier number. ``margin``: how much more
    the next best number would cost.
    """

    key: str
    number: str
    level: str
    parent: str
    status: str
    reason: str
    missing: tuple[str, ...]
    out_of_order: bool
    margin: float


class _State(NamedTuple):
    """A number for a candidate.

    With ``dropped`` the candidate is no row, and the number is that of the last row before it.
    """

    node: Node
    dropped: bool = False


Layer = dict[_State, float]


def decide_numbers(candidates: Sequence[RowCandidate], scheme: str = "tasks") -> list[Decided]:
    """The likeliest numbers of a part's rows, one result for each candidate.

    ``scheme`` is tasks, indicators, growth or paragraphs. A row's cost is that of its readings and
    shape for a number, and of the step from the row before: nothing where the number follows, more
    for a gap, most for a step back. The cheapest whole sequence wins. A row is doubtful where a
    sequence with another number for it is nearly as cheap.
    """
    return solve(candidates, SCHEMES[scheme]).rows if candidates else []


@dataclass(frozen=True)
class Solved:
    """The likeliest numbers of a part's rows by one scheme, and what the whole of them costs."""

    rows: list[Decided]
    cost: float


def solve(candidates: Sequence[RowCandidate], rules: Scheme) -> Solved:
    """The numbers of at least one row by one scheme."""
    solved = solve_within(candidates, rules, inf)
    assert solved is not None
    return solved


def solve_within(candidates: Sequence[RowCandidate], rules: Scheme, most: float) -> Solved | None:
    """``solve``; None as soon as it is plain that the whole costs more than ``most``."""
    found = _costs_behind(candidates, rules, most)
    if found is None:
        return None
    layers, behind, came_from = found
    ahead = _costs_ahead(layers, rules)
    path = _best_path(behind, came_from)
    usual = _usual_shapes(candidates, path, rules)
    rows = [
        _decide(candidates, i, path, _margin(behind[i], ahead[i], path[i], rules), rules, usual)
        for i in range(len(candidates))
    ]
    return Solved(rows, behind[-1][path[-1]])


def node_cost(candidate: RowCandidate, node: Node, scheme: Scheme) -> float:
    """What it costs that this row has this number, by its readings and its shape."""
    forms = scheme.forms(node)
    costs = sorted(
        [
            min([reading_cost(reading, form) for form in forms])
            for reading in candidate.readings or ("",)
        ]
    )
    cost = costs[0] + OTHERS * sum(costs[1:])
    if scheme.is_closing:
        other = r"\d+\." if forms[0].endswith(")") else r"\d+\)"
        cost += OTHER_MARK * _are_all(other, candidate)
    is_title = node.level in scheme.titles
    if candidate.spanning is not None and candidate.spanning != is_title:
        # where a scheme has no titles what does not span the table is as it should be
        cost += WRONG_SHAPE if scheme.titles or _is_task(node, scheme) else 0.0
    if candidate.shares is not None and candidate.shares != (
        scheme.levels[node.level - 1] == "part" and node.path[2] > 1
    ):
        cost += WRONG_SHAPE
    return cost


def _are_all(form: str, candidate: RowCandidate) -> bool:
    """Whether all who read the row's number read it in this form."""
    readings = [reading.strip() for reading in candidate.readings if reading.strip()]
    return bool(readings) and all(re.fullmatch(form, reading) for reading in readings)


def _is_task(node: Node, scheme: Scheme) -> bool:
    return scheme.levels[node.level - 1] in ("task", "sub_row")


def step_cost(a: Node, b: Node, scheme: Scheme) -> float:
    """What it costs that number b comes next after number a."""
    missing = scheme.count_skipped(a, b)
    if missing < 0:
        return BACKWARDS
    hollow = scheme.hollow if a.level in scheme.titles and not scheme.inside(a, b) else 0.0
    is_below = a.level == 4 and scheme.levels[3] in ("sub_row", "point")
    hollow += LONE if is_below and a.path[3] == 1 and b.path[3] < 2 else 0.0
    if a.level > 0:  # above the first row titles may be lost
        hollow += ORPHAN * sum(
            b.path[level - 1] not in (0, a.path[level - 1])
            for level in scheme.titles
            if level < b.level
        )
    return hollow + (GAP + PER_MISSING * min(missing, MOST_MISSING) if missing else 0.0)


def _move_cost(a: _State, b: _State, scheme: Scheme) -> float | None:
    """The cost of one state after another; None where it cannot follow.

    A dropped row must keep the number before it.
    """
    if b.dropped:
        return 0.0 if a.node == b.node else None
    return step_cost(a.node, b.node, scheme)


def _costs_behind(
    candidates: Sequence[RowCandidate], scheme: Scheme, most: float
) -> tuple[list[Layer], list[Layer], list[dict[_State, _State]]] | None:
    """For each candidate its possible states, each with the cost of all rows up to it.

    With them goes the state before each on that cheapest way. None where all ways cost more than
    ``most`` before they end.
    """
    layers: list[Layer] = []
    behind: list[Layer] = []
    came_from: list[dict[_State, _State]] = []
    costs: Layer = {_State(START): 0.0}
    for candidate, extra in zip(candidates, _counted_back(candidates, scheme), strict=True):
        layer = _possible_states(candidate, costs, extra, scheme)
        if candidate is candidates[-1]:
            layer = {
                state: own + (BACKWARDS if scheme.unfinished(state.node) else 0.0)
                for state, own in layer.items()
            }
        reached, origin = _reached(costs, layer, scheme)
        costs = _pruned(reached)
        if min(costs.values(), default=0.0) > most:
            return None
        layers.append({state: layer[state] for state in costs})
        behind.append(costs)
        came_from.append(origin)
    return layers, behind, came_from


def _possible_states(
    candidate: RowCandidate, costs: Layer, extra: Sequence[Node], scheme: Scheme
) -> Layer:
    """The numbers that a candidate can have, each with its own cost.

    They follow the numbers before, are read here, or lead up to what is read later.
    """
    before = list(dict.fromkeys(state.node for state in costs))
    nodes = dict.fromkeys(node for start in before for node in scheme.following(start))
    nodes |= dict.fromkeys(
        node for reading in candidate.readings for node in scheme.read(reading, before)
    )
    nodes |= dict.fromkeys(extra)
    layer = {_State(node): node_cost(candidate, node, scheme) for node in nodes}
    if candidate.drop is not None:
        layer |= {_State(node, dropped=True): candidate.drop for node in before}
    return layer


def _counted_back(candidates: Sequence[RowCandidate], scheme: Scheme) -> list[list[Node]]:
    """For each candidate the numbers that would lead up to what is read in the rows after it."""
    found: list[list[Node]] = []
    ahead: dict[Node, int] = {}
    for candidate in reversed(candidates):
        found.append(list(ahead))
        ages = (
            {node: age + 1 for node, age in ahead.items() if age < REACH}
            if candidate.drop is not None
            else {}
        )
        ages |= {
            before: age + 1
            for node, age in ahead.items()
            if age < REACH
            for before in scheme.preceding(node)
        }
        plain = [
            node
            for reading in candidate.readings
            for node in scheme.read(reading, [START])
            if node_cost(candidate, node, scheme) < 1.0
        ]
        ages |= {before: 1 for node in plain for before in scheme.preceding(node)}
        ahead = ages
    return found[::-1]


def _reached(costs: Layer, layer: Layer, scheme: Scheme) -> tuple[Layer, dict[_State, _State]]:
    """The cheapest way to each state of a layer, and where it comes from."""
    reached: Layer = {}
    origin: dict[_State, _State] = {}
    nodes = [(state, cost) for state, cost in _pruned(costs).items()]
    for state, own in layer.items():
        best, source = float("inf"), None
        for before, cost in nodes:
            if cost + own >= best:
                break  # sorted by cost: no later one is cheaper
            move = _move_cost(before, state, scheme)
            if move is not None and cost + move + own < best:
                best, source = cost + move + own, before
        if source is not None:
            reached[state], origin[state] = best, source
    return reached, origin


def _pruned(costs: Layer) -> Layer:
    """The cheapest states, in a fixed order."""
    kept = sorted(costs.items(), key=lambda item: (item[1], item[0].node, item[0].dropped))[:BEAM]
    return dict(kept)


def _costs_ahead(layers: Sequence[Layer], scheme: Scheme) -> list[Layer]:
    """The least cost of all rows after each state."""
    ahead: list[Layer] = [dict.fromkeys(layers[-1], 0.0)]
    for layer, after in zip(layers[-2::-1], layers[:0:-1], strict=True):
        rest = ahead[-1]
        ways = sorted(
            ((own + rest[later], later) for later, own in after.items()), key=itemgetter(0)
        )
        ahead.append({state: _least_ahead(state, ways, scheme) for state in layer})
    return ahead[::-1]


def _least_ahead(state: _State, ways: Sequence[tuple[float, _State]], scheme: Scheme) -> float:
    """The least cost of going on from a state, by the costs from each later one on, sorted."""
    best = float("inf")
    for cost, later in ways:
        if cost >= best:
            break
        move = _move_cost(state, later, scheme)
        if move is not None and cost + move < best:
            best = cost + move
    return best


def _best_path(behind: Sequence[Layer], came_from: Sequence[dict[_State, _State]]) -> list[_State]:
    path = [min(behind[-1], key=lambda state: (behind[-1][state], state.node, state.dropped))]
    for origin in came_from[:0:-1]:
        path.append(origin[path[-1]])
    return path[::-1]


def _margin(behind: Layer, ahead: Layer, best: _State, scheme: Scheme) -> float:
    """How much more the best sequence costs in which this row has another key.

    Under a group whose own number is in doubt a row can keep its key: then the group's row asks,
    once, and not each row below it.
    """
    total, key = behind[best] + ahead[best], scheme.key(best.node)
    others = [
        cost + ahead[state]
        for state, cost in behind.items()
        if not (state.dropped and best.dropped)
        and (state.dropped != best.dropped or _is_other(state.node, best.node, key, scheme))
    ]
    return min(others, default=float("inf")) - total


def _is_other(node: Node, best: Node, key: str, scheme: Scheme) -> bool:
    return node != best and (node.level != best.level or scheme.key(node) != key)


def _decide(
    candidates: Sequence[RowCandidate],
    i: int,
    path: Sequence[_State],
    margin: float,
    scheme: Scheme,
    usual: Mapping[int, str],
) -> Decided:
    state, before = path[i], path[i - 1].node if i else START
    if state.dropped:
        return Decided("", "", "", "", "dropped", "", (), False, margin)
    node = state.node
    missing = scheme.skipped(before, node)
    status, reason = _status(candidates[i], node, margin, scheme)
    forms = scheme.forms(node)
    placed = _under_own_groups(path, i)
    likely = next((form for form in forms if _shape(form) == usual.get(node.level)), forms[0])
    return Decided(
        scheme.key(placed),
        _plainly_read(candidates[i], node, scheme) or likely,
        scheme.levels[node.level - 1],
        scheme.parent(placed),
        status,
        reason,
        missing or (),
        missing is None,
        margin,
    )


def _under_own_groups(path: Sequence[_State], i: int) -> Node:
    """A row's number without the counters of groups that it does not stand under.

    A counter that runs on through the table keeps its value where a group further out begins: a
    row right below `B` is not in the `II` that was the last one below `A`.
    """
    node = path[i].node
    above = (state.node for state in reversed(path[:i]) if not state.dropped)
    outer = next((other for other in above if other.level < node.level), START)
    counters = list(node.path)
    for place in range(outer.level, node.level - 1):
        if counters[place] == outer.path[place]:
            counters[place] = 0
    return Node(node.level, as_path(counters))


def _plainly_read(candidate: RowCandidate, node: Node, scheme: Scheme) -> str:
    """The form of a row's number that a witness read as it is, "" where none did."""
    return next(
        (
            form
            for form in scheme.forms(node)
            if any(as_read(reading, form) for reading in candidate.readings)
        ),
        "",
    )


def _usual_shapes(
    candidates: Sequence[RowCandidate], path: Sequence[_State], scheme: Scheme
) -> dict[int, str]:
    """How the numbers of each level are mostly printed, by those that were plainly read.

    So is one printed that was misread: `L1` between `I.2` and `I.3` is `I.1`, not `1`.
    """
    shapes: dict[int, Counter[str]] = defaultdict(Counter)
    for candidate, state in zip(candidates, path, strict=True):
        read = "" if state.dropped else _plainly_read(candidate, state.node, scheme)
        if read:
            shapes[state.node.level][_shape(read)] += 1
    return {level: counts.most_common(1)[0][0] for level, counts in shapes.items()}


def _shape(form: str) -> str:
    """A number's form without its values: `A.0` for `II.3`, `00` for `07`."""
    figures = re.sub(r"\d+", lambda found: "00" if found[0][0] == "0" else "0", form)
    return re.sub(r"[A-ZĐ]+", "A", figures)


def _status(candidate: RowCandidate, node: Node, margin: float, scheme: Scheme) -> tuple[str, str]:
    readings = [reading for reading in candidate.readings if reading.strip()]
    plain = any(as_read(reading, form) for reading in readings for form in scheme.forms(node))
    inherited = "" in scheme.forms(node) and not readings
    contested = plain and any(
        not any(as_read(reading, form) for form in scheme.forms(node)) for reading in readings
    )
    if margin < (CONTESTED if contested else DOUBT):
        return (
            "doubtful",
            "the row's number fits its neighbours in more than one way"
            if plain or inherited
            else "the row's number is lost or misread, and its neighbours leave a choice",
        )
    if plain or inherited:
        return "read", ""
    if len({plain_digits(reading).replace(".", "") for reading in readings}) > 1:
        return "doubtful", "the row's number was read in several ways, none of which is a number"
    return (
        "restored",
        "the row's number was misread and follows from its neighbours"
        if readings
        else "the row's number was lost and follows from its neighbours",
    )
