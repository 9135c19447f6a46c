"""How near a name is to what somebody typed: the cost of each name.

The cost is the number of single-letter slips (insert, delete, replace, swap of two neighbours) that turn one into the
other, plus a fraction below one for how loosely it matched (a name not finished yet, a later word, words in another
order, a borough typed along). Because the fractions never add up to one, an exact or begun name always costs less than
a misspelt one.

The slips are the optimal string alignment distance (Boytsov 2011, "Indexing methods for approximate dictionary
searching", section 2.2), computed by rapidfuzz: it compares a text with all the names of London in about a millisecond,
and counts a swap as one slip. The standard library's difflib does neither.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

Costs = npt.NDArray[np.float64]

# How loosely a name matched. Each way of matching adds up to less than one slip.
WHOLE_WORDS = 0.1  # the text is the first words of the name
UNFINISHED = 0.2  # the text is the beginning of the name
LATER_WORD = 0.3  # the text begins at a later word of the name
ANY_ORDER = 0.5  # the words match one by one, in any order
LEFT_OUT = 0.2  # ... times the part of the name's words that were not typed
BOROUGH_WORD = 0.02  # a word is the borough's, not the name's
STRETCH = 0.05  # a slip just beyond the part that matched best: prefer the name that explains more
SHORTEST_BEGUN = 5  # letters from which the beginning of a name may be misspelt
_LONDON_WORDS = frozenset({"greater", "london", "england", "uk"})


def allowed_slips(typed: str) -> int:
    """How many slips a text of this length may hold: none below four letters, one below eight, else two."""
    return (len(typed) >= 4) + (len(typed) >= 8)


def is_like(typed: str, name: str) -> bool:
    """Whether a finished name is near enough to what was typed."""
    return OSA.distance(typed, name) <= allowed_slips(typed)


def is_like_its_words(typed: str, name: str) -> bool:
    """Whether a name, or as many of its whole words one after another, is near enough to what was typed."""
    words, count = name.split(), len(typed.split())
    return is_like(typed, name) or any(
        is_like(typed, " ".join(words[start : start + count])) for start in range(len(words) - count + 1)
    )


class Tails:
    """Every name from each of its words to its end ("kentish town", "town"), to be compared as a whole."""

    def __init__(self, names: Sequence[str]) -> None:
        tails = [
            (" ".join(words[start:]), LATER_WORD if start else 0.0, start == 0)
            for words in (name.split() for name in names)
            for start in range(len(words))
        ]
        self._texts = [text for text, _, _ in tails]
        self._later = np.array([later for _, later, _ in tails])
        self._first_of_name = np.flatnonzero([is_first for _, _, is_first in tails])
        self._worded = [f"{text} " for text in self._texts]

    def costs(self, typed: str, begun: str) -> Costs:
        """The cost of each name: of its cheapest tail, compared with `typed` as a finished name and with
        `begun` as the beginning of one."""
        finished = _slips(typed, self._texts)
        length = len(begun)
        shorter, same, longer = (
            _slips(begun, [text[:upto] for text in self._texts]) for upto in (length - 1, length, length + 1)
        )
        slips = np.minimum(np.minimum(shorter, same), longer)
        stretch = np.minimum(same - slips, 1) + np.minimum(longer - slips, 1)
        stretch[slips == 0] = 0
        if length < SHORTEST_BEGUN:
            slips[slips > 0] = np.inf
        unfinished = slips + UNFINISHED + STRETCH * stretch
        unfinished[[text.startswith(f"{typed} ") for text in self._worded]] = WHOLE_WORDS
        best = np.minimum(finished, unfinished) + self._later
        return np.minimum.reduceat(best, self._first_of_name)


class Words:
    """The words of every name and of its borough, to be compared one by one, in any order."""

    def __init__(self, names: Sequence[str], borough_names: Sequence[str]) -> None:
        self._texts = sorted({word for name in (*names, *borough_names) for word in name.split()})
        places = {word: place for place, word in enumerate(self._texts)}
        self._of_name, self._first_of_name = _flat([[places[w] for w in n.split()] for n in names])
        self._of_borough, self._first_of_borough = _flat([[places[w] for w in n.split()] for n in borough_names])
        self._words_count = np.array([len(name.split()) for name in names])

    def costs(self, typed: str) -> Costs:
        """The cost of each name: of each word typed against its nearest word, at least one of them the
        name's own. Infinite for a text of one word, which the whole names answer."""
        words = typed.split()
        if len(words) < 2:
            return np.full(len(self._words_count), np.inf)
        total = np.full(len(self._words_count), ANY_ORDER)
        own = np.zeros(len(self._words_count))
        for word in words:
            each = self._word_costs(word)
            of_name = np.minimum.reduceat(each[self._of_name], self._first_of_name)
            of_borough = np.minimum.reduceat(each[self._of_borough], self._first_of_borough) + BOROUGH_WORD
            own += of_name < of_borough
            total += np.minimum(of_name, of_borough)
        left_out = np.clip(1 - own / self._words_count, 0, 1)
        return np.where(own > 0, total + LEFT_OUT * left_out, np.inf)

    def known(self, typed: str) -> str:
        """The words of a text that a name or a borough has, London's aside; empty where they are under half, or all."""
        words = typed.split()
        kept = [w for w in words if w not in _LONDON_WORDS and np.isfinite(self._word_costs(w)).any()]
        return " ".join(kept) if len(words) <= 2 * len(kept) < 2 * len(words) else ""

    def _word_costs(self, word: str) -> Costs:
        finished = _slips(word, self._texts)
        begun = _slips(word, [text[: len(word)] for text in self._texts])
        if len(word) < SHORTEST_BEGUN:
            begun[begun > 0] = np.inf
        best = np.minimum(finished, begun)
        best[best > allowed_slips(word)] = np.inf
        return best


def _slips(typed: str, texts: Sequence[str]) -> Costs:
    slips = cdist([typed], texts, scorer=OSA.distance, dtype=np.uint8)[0]
    return np.asarray(slips, dtype=np.float64)


def _flat(lists: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The lists one after another, and where each begins."""
    starts = np.cumsum([0, *(len(entries) for entries in lists[:-1])])
    return np.array([entry for entries in lists for entry in entries], dtype=np.intp), starts
