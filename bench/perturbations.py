"""How robust questions are to how they are written: machine-made changes that must not change what is asked.

    python -m bench.perturbations STORE QUESTIONS.jsonl [--count N] [--seed N] [--show N]

Each change is drawn by a fixed seed: a slip of the finger in one long word, letter case, another notation of
a unit or a power of ten, a formula in lower case or with its elements in another order, words of courtesy,
the parts of the question in another order, the passive voice. Counted is how often the first reading asks the
same as that of the question as it was written; the last line is ``same=…``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.store import open_store
from queries.answer import Answer, open_for_questions, read_forms
from queries.answer.questions import OpenedStore
from queries.form import asks_the_same

#: A change of a question: the question as it comes out, or None where there is nothing to change.
Change = Callable[[str, random.Random], str | None]

_LONG_WORD = re.compile(r"(?<![\w-])[a-z]{7,}(?![\w-])")
_FORMULA = re.compile(r"(?<![\w.-])Li[\d.]*(?:[A-Z][a-z]?[\d.]*\d?){2,}(?![\w(])")
_ELEMENT = re.compile(r"[A-Z][a-z]?(?:\d+(?:\.\d+)?)?")
_POWER = re.compile(r"(?<![\w.])(\d(?:\.\d+)?)e-(\d+)")


def slip(text: str, rng: random.Random) -> str | None:
    """One slip in one long word: two letters exchanged, one struck twice, or one left out."""
    words = list(_LONG_WORD.finditer(text))
    if not words:
        return None
    word = rng.choice(words)
    at = rng.randrange(word.start() + 2, word.end() - 2)
    changed = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1 :],
    )
    return rng.choice(changed)


def casing(text: str, rng: random.Random) -> str | None:
    """The words in another case; symbols, units and formulas keep theirs."""
    how = rng.choice((str.lower, str.upper, str.capitalize))
    return re.sub(r"(?<![\w/-])[A-Za-z]?[a-z]{3,}(?![\w/-])", lambda word: how(word[0]), text)


def notation(text: str, rng: random.Random) -> str | None:
    """A unit or a power of ten as others write it."""
    found = [(unit, others) for unit, others in _data()["units"].items() if unit in text]
    if found and rng.random() < 0.7:
        unit, others = rng.choice(found)
        return re.sub(rf"(?<![\w]){re.escape(unit)}(?![\w])", rng.choice(others), text)
    if _POWER.search(text) is None:
        return None
    form = rng.choice((r"\1 x 10^-\2", r"\1×10^-\2", r"\1·10^-\2", r"\1E-\2"))
    return _POWER.sub(form, text)


def formula(text: str, rng: random.Random) -> str | None:
    """A formula in lower case, with its elements in another order, or with its numbers as subscripts."""
    found = list(_FORMULA.finditer(text))
    if not found:
        return None
    hit = rng.choice(found)
    elements = _ELEMENT.findall(hit[0])
    how = rng.randrange(3)
    if how == 0:
        written = hit[0].lower()
    elif how == 1:
        written = hit[0].translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    else:
        first, *others = elements
        rng.shuffle(others)
        written = first + "".join(others)
    return text[: hit.start()] + written + text[hit.end() :]


def courtesy(text: str, rng: random.Random) -> str | None:
    """A request before the question, or a word of thanks behind it."""
    data = _data()
    if rng.random() < 0.5:
        return str(rng.choice(data["requests"])) + text
    return text + str(rng.choice(data["thanks"]))


def order(text: str, rng: random.Random) -> str | None:
    """What the question says, in another order."""
    fitting = [(pattern, to) for pattern, to in _data()["orders"] if re.fullmatch(pattern, text)]
    if not fitting:
        return None
    pattern, to = rng.choice(fitting)
    return re.sub(pattern, to, text)


def voice(text: str, rng: random.Random) -> str | None:  # noqa: ARG001
    """The passive for the active: "What suppresses X?", "By what is X suppressed?"."""
    for verb, participle in _data()["participles"].items():
        hit = re.fullmatch(rf"What {verb} ([^?]+)\?", text)
        if hit is not None and " in " not in hit[1] and " of " not in hit[1]:
            return f"By what is {hit[1]} {participle}?"
    return None


CHANGES: tuple[Change, ...] = (slip, casing, notation, formula, courtesy, order, voice)


def perturbed(questions: Sequence[str], *, count: int, seed: int) -> list[tuple[str, str, str]]:
    """``count`` changed questions, each with the kind of its change and the question as it was written."""
    rng = random.Random(seed)
    found: dict[str, tuple[str, str, str]] = {}
    tries = 0
    while len(found) < count and tries < 100 * count:
        change, question = CHANGES[tries % len(CHANGES)], rng.choice(questions)
        changed = change(question, rng)
        if changed is not None and changed != question:
            found.setdefault(changed, (change.__name__, question, changed))
        tries += 1
    return list(found.values())


def same_reading(question: str, changed: str, opened: OpenedStore) -> bool:
    """Whether a changed question is read as the question was."""
    one, other = read_forms(question, opened), read_forms(changed, opened)
    if isinstance(one, Answer) or isinstance(other, Answer):
        return isinstance(one, Answer) and isinstance(other, Answer)
    return asks_the_same(one[0], other[0])


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=Path, help="JSON Lines with a field question")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="how many differing readings to print")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    questions = [text for row in rows for text in (row["question"], *row.get("paraphrases", ()))]
    opened = open_for_questions(open_store(options.store, read_only=True))
    made, same = Counter[str](), Counter[str]()
    for kind, question, changed in perturbed(questions, count=options.count, seed=options.seed):
        made[kind] += 1
        alike = same_reading(question, changed, opened)
        same[kind] += alike
        if not alike and options.show > 0:
            options.show -= 1
            print(f"  {kind}: {question}\n     {changed}")
    for kind, number in made.items():
        print(f"{kind:10} {same[kind]:4} of {number:4}")
    print(f"same={sum(same.values()) / max(1, sum(made.values())):.3f} of {sum(made.values())}")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return data


if __name__ == "__main__":
    main()
