"""What the columns of each appendix can hold, as arcs for normalize/rows/dump/segment.py.

An arc is one way to read some tokens: as the beginning or the continuation of a cell of a column.

Long: one method for each kind of column, and the costs that they share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalize.bodies.heads import begins_name
from normalize.rows.dump.cell_starts import Layout
from normalize.rows.dump.columns.label_match import best_label
from normalize.rows.dump.finder import Finder
from normalize.rows.dump.phrases import BULLET, KNOWN, Found
from normalize.rows.dump.segment import BULLETED, INFINITE, NUMBER, PLAIN, STRAY, WORD, Arc, Grammar
from normalize.rows.dump.tokens import SAME_LINE, Token
from normalize.rows.dump.word_costs import (
    TEXT,
    begins_deadline,
    begins_target,
    deadline_word,
    ends_badly,
    ends_in_year,
    ends_sentence,
    find_dates,
    find_figures,
    find_read,
    find_stages,
    find_units,
    funding_word,
    is_body_head,
    is_deadline_word,
    is_figure,
)
from normalize.rows.roles import label_at
from normalize.values.dittos import is_ditto
from schemas.table_kinds import BOTH

# of a body that no list has: each word; and a bullet, a usual or any other first word
_UNKNOWN_BODY_WORD, _UNKNOWN_ITEM, _UNKNOWN_HEAD, _UNKNOWN_CAPITAL = 2.2, 1.2, 1.5, 3.0
_UNKNOWN_IN_LINE = 4.5  # a capital within a line
_CAPITAL_IN_BODY = 2.0
# read for the capital, which engines hardly know: a name that begins with it begins a cell all the
# same
_SELDOM_READ = "ủ"
_LONGER_NAME = 1.5  # a known body with more words after it
_CAPITAL_ON_NEW_LINE = 1.5  # within a body's name
_BODY_IN_TEXT = 3.0  # more than the same body costs in a cell of its own
# a body's name that begins within text: on a new line, or within one
_NAME_IN_TEXT, _NAME_IN_LINE = 3.0, 2.2
_BULLET_IN_TEXT = 3.0  # at the start of a line, or after a sentence
_BULLET_IN_DEADLINE = 4.0
_BODY_IN_DATES = 2.0  # the first word of a body's name in a deadline or a source of funding
_HEAD_WORDS = 5  # of a body's name and the one behind them, at most
_ROLE_WORDS = 6  # of a label that names a role, at most
_SECOND_DEADLINE = 1.5  # within one
_FIGURE_IN_TEXT = 1.0
_SMALL_TEXT = 0.3  # text that begins with a small letter
_STOP_IN_BODY = 3.0
USUAL_NO_STOP = 1.2  # a task without a full stop, before it is known how often that is so
_LIST_AFTER_PLAIN, _PLAIN_ITEM, _NEXT_ITEM = 3.0, 2.5, 0.3
_UNKNOWN_DEADLINE, _UNKNOWN_BESIDE_TEXT, _UNKNOWN_FUNDING = 1.0, 3.0, 1.2
_AFTER_DATE = 2.5  # a capital or a figure behind a year
_NAME_AS_DEADLINE = 1.5  # more: its first word is no deadline's, and has a capital
_DATE_IN_TEXT = 0.3  # more than in a deadline
_WORD_AFTER_FIGURE = 1.5
_WORDS_AS_TARGET, _UNKNOWN_TARGET = 1.0, 3.0
_WITHIN_TARGET = 1.0  # a target that begins with the second word of its beginning: `thuộc nhóm`
_UNKNOWN_OTHER, _STOP_IN_OTHER = 0.3, 2.0
_STRAY_NUMBER = 4.0
# a row without a number, by what stands before it: nothing, a new line, a blank line, a page break
_LOST_NUMBER = (8.0, 7.0, 6.0, 3.0)
_SHARED_NUMBER = (3.5, 2.5, 2.0, 1.5)  # the same in appendix 1, where merged cells share one
_ABSENT = {
    "task": 4.0,
    "name": 4.0,
    "lead": 5.0,
    BOTH: 5.0,
    "coordinating": 1.5,
    "deadline": 3.0,
    "funding": 2.5,
    "unit": 1.5,
    "target": 5.0,
    "value": 4.0,
    "other": 1.5,
}
FIGURE, WORDS = "figure", "words"

# a body's place in the list to what it costs as lead and as coordinating body
Roles = Mapping[int, tuple[float, float]]


@dataclass(frozen=True)
class Habits:
    """What is usual in a document.

    That is which bodies lead and which help, and what it costs that a task has no full stop.
    """

    roles: Roles
    no_stop: float = USUAL_NO_STOP
    dates_in_text: bool = False  # the column of deadlines stands beside the text
    bulleted: Mapping[int, float] = field(default_factory=dict)  # a first bullet, by column
    # a second body without a bullet, by column
    several: Mapping[int, float] = field(default_factory=dict)


NumberArcs = Mapping[int, Sequence[Arc]]
Kept = dict[tuple[int, int], list[Arc]]  # the arcs of a column at a token
Make = Callable[[int, int], list[Arc]]  # from a column and a token to arcs
_WITH_DITTOS = ("lead", "coordinating", BOTH, "deadline", "funding")


def make_grammar(
    columns: Sequence[str], maker: ArcMaker, numbers: NumberArcs, firm: Mapping[int, float]
) -> Grammar:
    """The grammar of a table with these columns, the number's first.

    ``numbers`` are the arcs of its row numbers, ``firm`` what it costs to take such a token for a
    word.
    """
    kinds = [columns[0], *(_kind_of(name) for name in columns[1:])]
    text = next(i for i, kind in enumerate(kinds) if kind in ("task", "name"))
    makers, places = maker.by_kind(), sorted(firm)

    def arcs(at: int) -> list[Arc]:
        found = [
            arc for column, kind in enumerate(kinds[1:], 1) for arc in makers[kind](column, at)
        ]
        near = bisect_left(places, at)
        if near < len(places):
            found = [
                arc
                if arc.end <= places[near]
                else _no_number(arc, sum(firm.get(i, 0.0) for i in range(places[near], arc.end)))
                for arc in found
            ]
        if at in firm and kinds[text] == "name":
            found.append(Arc(STRAY, at + 1, _STRAY_NUMBER))
        return [*numbers.get(at, ()), *found]

    absent = tuple(_ABSENT.get(kind, 0.0) for kind in kinds)
    unnumbered = _SHARED_NUMBER if kinds[0] == "indicator_id" else _LOST_NUMBER
    leave_text = maker.leave_task if kinds[text] == "task" else lambda _: 0.0
    return Grammar(tuple(columns), text, absent, unnumbered, arcs, maker.list_break, leave_text)


def _kind_of(column: str) -> str:
    """What a column's arcs are made as: any words where no grammar is for it (``product``)."""
    kind = column.partition(" ")[0]
    return kind if kind in _ABSENT else "other"


def _no_number(arc: Arc, cost: float) -> Arc:
    return replace(arc, begins=arc.begins + cost, goes_on=arc.goes_on + cost) if cost else arc


def number_arc(end: int, cost: float, form: str) -> Arc:
    """A row number's arc."""
    return Arc(NUMBER, end, cost, INFINITE, form)


class ArcMaker:
    """The arcs that begin at each token of a table, for each kind of column."""

    def __init__(
        self,
        tokens: Sequence[Token],
        finder: Finder,
        layout: Layout,
        habits: Habits,
        kept: Kept | None = None,
    ) -> None:
        """``kept`` holds arcs that do not depend on the habits, so that they are made only once."""
        self.tokens, self.finder, self.layout = tokens, finder, layout
        self._kept: Kept = {} if kept is None else kept
        self.roles, self.no_stop = habits.roles, habits.no_stop
        self.dates_in_text = habits.dates_in_text
        self.bulleted, self.several = habits.bulleted, habits.several

    def by_kind(self) -> dict[str, Make]:
        """For each kind of column the function from column and token to arcs."""
        usual = {
            "task": self.text,
            "name": self.text,
            "deadline": self.deadline,
            "funding": self.funding,
            "unit": self.unit,
            "target": self.target,
            "value": self.value,
            "other": self.other,
        }
        found = {kind: self._once(make) for kind, make in usual.items()} | {
            "lead": lambda column, at: self.body(column, at, 0),
            "coordinating": lambda column, at: self.body(column, at, 1),
            BOTH: self.both_roles,
        }
        return found | {kind: self._or_ditto(found[kind]) for kind in _WITH_DITTOS}

    def _or_ditto(self, make: Make) -> Make:
        """The arcs of a column whose cells may hold a mark for the value above: ``nt``."""

        def arcs(column: int, at: int) -> list[Arc]:
            start = self.layout.start(at) - (
                self.layout.small_start if self.tokens[at].text[:1].islower() else 0.0
            )
            ends = [at + count for count in (1, 2) if self._is_ditto(at, at + count)]
            return [*make(column, at), *(Arc(column, end, start + KNOWN) for end in ends)]

        return arcs

    def _is_ditto(self, at: int, end: int) -> bool:
        return is_ditto([" ".join(token.text for token in self.tokens[at:end])])

    def _once(self, make: Make) -> Make:
        def arcs(column: int, at: int) -> list[Arc]:
            found = self._kept.get((column, at))
            if found is None:
                found = self._kept[column, at] = make(column, at)
            return found

        return arcs

    def text(self, column: int, at: int) -> list[Arc]:
        """Any word, and bodies that the text names.

        So a cell of bodies gains nothing by reaching back into the text.
        """
        token = self.tokens[at]
        small = 0.0 if token.text[:1].isupper() else _SMALL_TEXT
        gap = self.layout.text_inside(at)
        bulleted = _BULLET_IN_TEXT if self._begins_item(at) else 0.0
        cost = TEXT + (_FIGURE_IN_TEXT if token.text.startswith("%") or is_figure(token) else 0.0)
        if self.dates_in_text:
            cost = min(cost, deadline_word(token) + _DATE_IN_TEXT)
        name = self._name_in_text(at)
        found = [Arc(column, at + 1, cost + small, cost + gap + bulleted + name)]
        for end, (known, _) in self._bodies(at).items():
            cost = min(known + _BODY_IN_TEXT, TEXT * (end - at))
            found.append(Arc(column, end, cost + small, cost + gap + bulleted + name))
        return found

    def _bodies(self, at: int) -> Found:
        """The known bodies that begin at a token, none at a small word with which no name would
        begin in capitals: ``nợ Sở Y tế`` is no Sở Y tế.
        """
        words = [token.text for token in self.tokens[at : at + _HEAD_WORDS]]
        is_small = words[0][:1].islower() and not words[0].startswith(_SELDOM_READ)
        is_other = is_small and not begins_name([words[0].capitalize(), *words[1:]], 0)
        return {} if is_other else self.finder.bodies(at)

    def _begins_item(self, at: int) -> bool:
        """Whether a bullet stands where items begin: on a new line, after a sentence, or before a
        body's name.
        """
        token = self.tokens[at]
        return BULLET.match(token.text) is not None and (
            token.gap != SAME_LINE
            or (at > 0 and self.tokens[at - 1].text.endswith("."))
            or (not token.key and is_body_head(self.tokens, at))
        )

    def _name_in_text(self, at: int) -> float:
        """What it costs that text goes on with a body's name behind a word with which it may
        end.
        """
        if at == 0 or ends_badly(self.tokens[at - 1]) or not is_body_head(self.tokens, at):
            return 0.0
        return _NAME_IN_LINE if self.tokens[at].gap == SAME_LINE else _NAME_IN_TEXT

    def leave_task(self, at: int) -> float:
        """What it costs that a task's text ends before a token."""
        return 0.0 if ends_sentence(self.tokens[at - 1]) else self.no_stop

    def body(self, column: int, at: int, role: int) -> list[Arc]:
        """Known bodies, and unknown ones word by word.

        An unknown one begins like a body's name, with a bullet, or with a capital on a new line.
        """
        token = self.tokens[at]
        form = BULLETED if BULLET.match(token.text) else PLAIN
        start, gap = self.layout.start(at), self.layout.inside(at)
        start += self.bulleted.get(column, 0.0) if form == BULLETED else 0.0
        known = start - (self.layout.small_start if token.text.startswith(_SELDOM_READ) else 0.0)
        found = []
        for end, (cost, index) in self._bodies(at).items():
            likely = cost + self.roles.get(index, (0.0, 0.0))[role] + self._stop(end - 1)
            found.append(Arc(column, end, likely + known, likely + gap, form))
        word = (_CAPITAL_IN_BODY if token.text[:1].isupper() else _UNKNOWN_BODY_WORD) + self._stop(
            at
        )
        if form == BULLETED:
            return [
                *found,
                Arc(column, at + 1, start + _UNKNOWN_ITEM + word, gap + _UNKNOWN_ITEM + word, form),
            ]
        apart = _CAPITAL_ON_NEW_LINE if token.gap != SAME_LINE and token.text[:1].isupper() else 0.0
        return [
            *found,
            Arc(column, at + 1, self._unknown_start(at) + start + word, word + gap + apart, WORD),
        ]

    def both_roles(self, column: int, at: int) -> list[Arc]:
        """Bodies, and the words that name their roles: ``Chủ trì:``, ``phối hợp:``."""
        found = self.body(column, at, 0)
        words = [token.with_tr for token in self.tokens[at : at + _ROLE_WORDS]]
        role, count = label_at(words, 0)
        if role and words[count - 1].endswith(":"):
            found.append(Arc(column, at + count, self.layout.start(at) + KNOWN, KNOWN, WORD))
        return found

    def _stop(self, at: int) -> float:
        return _STOP_IN_BODY if self.tokens[at].text.endswith(".") else 0.0

    def _unknown_start(self, at: int) -> float:
        if is_body_head(self.tokens, at):
            return _UNKNOWN_HEAD
        if not self.tokens[at].text[:1].isupper():
            return INFINITE
        return _UNKNOWN_IN_LINE if self.tokens[at].gap == SAME_LINE else _UNKNOWN_CAPITAL

    def list_break(self, form: str, arc: Arc, at: int) -> float:
        """What an item or word costs after what stands before it in its cell."""
        if arc.form in (FIGURE, WORDS):
            return _WORD_AFTER_FIGURE if form == FIGURE else 0.0
        if arc.form == WORD:
            return 0.0 if form.endswith(WORD) or self._is_bullet(at - 1) else _LONGER_NAME
        if arc.form == BULLETED:
            return _NEXT_ITEM if form.startswith(BULLETED) else _LIST_AFTER_PLAIN
        joined = self.tokens[at].key == "va" or ends_badly(self.tokens[at - 1])
        if joined or self._is_bullet(at - 1) or self.tokens[at - 1].text[-1:] == ";":
            return _NEXT_ITEM
        return _PLAIN_ITEM + self.several.get(arc.column, 0.0)

    def _is_bullet(self, at: int) -> bool:
        return (
            at >= 0 and not self.tokens[at].key and BULLET.match(self.tokens[at].text) is not None
        )

    def deadline(self, column: int, at: int) -> list[Arc]:
        """Known deadlines, and any words; words that deadlines use cost less than others.

        A capital begins a new deadline only where deadlines begin with one.
        """
        token = self.tokens[at]
        word, start = (
            deadline_word(token)
            + (_BULLET_IN_DEADLINE if self._begins_item(at) else 0.0)
            + (_BODY_IN_DATES if self._begins_body(at) else 0.0),
            self.layout.start(at),
        )
        first = begins_deadline(token.key)
        again = _SECOND_DEADLINE if first and token.text[:1].isupper() else 0.0
        known = [(end, 1.5 * cost) for end, (cost, _) in self.finder.at("deadline", at).items()]
        found = [Arc(column, end, start + cost, cost + again) for end, cost in known]
        dates = [
            *find_dates(self.tokens, at),
            *find_stages(self.tokens, at),
            *find_read(self.tokens, at),
        ]
        found += [Arc(column, end, start + cost) for end, cost in dates]
        strange = token.text[:1].isupper() and not is_deadline_word(token)
        unknown = (
            0.0
            if first
            else _UNKNOWN_BESIDE_TEXT
            if self.dates_in_text
            else _UNKNOWN_DEADLINE + (_NAME_AS_DEADLINE if strange else 0.0)
        )
        after = _AFTER_DATE if self._follows_date(at) else 0.0
        return [*found, Arc(column, at + 1, start + unknown + word, word + again + after)]

    def _follows_date(self, at: int) -> bool:
        """Whether a capital that begins no deadline, or a figure, stands behind a whole date."""
        token = self.tokens[at]
        is_other = is_figure(token) or (token.text[:1].isupper() and not begins_deadline(token.key))
        return at > 0 and is_other and ends_in_year(self.tokens[at - 1])

    def _begins_body(self, at: int) -> bool:
        """Whether a body's name begins, and no deadline: ``Quý`` is read for ``Quỹ``."""
        return is_body_head(self.tokens, at) and not begins_deadline(self.tokens[at].key)

    def funding(self, column: int, at: int) -> list[Arc]:
        """Known sources of funding; and any words."""
        start, word = self.layout.start(at), funding_word(self.tokens[at])
        word += _BODY_IN_DATES if self._begins_body(at) else 0.0
        known = [
            Arc(column, end, start + cost, 2 * cost)
            for end, (cost, _) in self.finder.at("funding", at).items()
        ]
        return [*known, Arc(column, at + 1, start + _UNKNOWN_FUNDING + word, word)]

    def unit(self, column: int, at: int) -> list[Arc]:
        """Units; and the label of a unit, in a second header row."""
        start = self.layout.start(at)
        return [
            Arc(column, end, start + cost) for end, cost in find_units(self.tokens, at)
        ] + self._label(column, at, "unit")

    def value(self, column: int, at: int) -> list[Arc]:
        """A value in figures; or the label of a period, in a second header row."""
        start = self.layout.start(at)
        return [
            Arc(column, end, start + cost) for end, cost in find_figures(self.tokens, at)
        ] + self._label(column, at, "value")

    def _label(self, column: int, at: int, name: str) -> list[Arc]:
        likeness, end, label = best_label("growth", self.tokens, at, set())
        return (
            [Arc(column, end, self.layout.start(at) + 0.5 + 0.3 * (100 - likeness))]
            if label == name
            else []
        )

    def target(self, column: int, at: int) -> list[Arc]:
        """A target in figures; or, word by word, one in words."""
        token, start, gap = self.tokens[at], self.layout.start(at), self.layout.inside(at)
        found = [
            Arc(column, end, start + cost, INFINITE, FIGURE)
            for end, cost in find_figures(self.tokens, at)
        ]
        known = begins_target(self.tokens, at)
        if known and token.text[:1].islower():
            start -= self.layout.small_start
        is_within = known and at > 0 and begins_target(self.tokens, at - 1)
        begins = (
            start
            + (_WORDS_AS_TARGET if known else _UNKNOWN_TARGET)
            + (_WITHIN_TARGET if is_within else 0.0)
            + (0.5 if is_figure(token) else 0.0)
        )
        return [*found, Arc(column, at + 1, begins + TEXT, TEXT + 0.05 + gap, WORDS)]

    def other(self, column: int, at: int) -> list[Arc]:
        """Any words but whole sentences: a column that no label names."""
        bulleted = _BULLET_IN_TEXT if self._begins_item(at) else 0.0
        cost = (
            TEXT + 0.1 + bulleted + (_STOP_IN_OTHER if self.tokens[at].text.endswith(".") else 0.0)
        )
        return [
            Arc(
                column,
                at + 1,
                self.layout.start(at) + _UNKNOWN_OTHER + cost,
                cost + self.layout.inside(at),
            )
        ]
