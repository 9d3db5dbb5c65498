"""The names of dopants before and behind the word that says that they dope."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extract.relations.doping.vocabulary import (
    HYPHENS,
    Group,
    Name,
    Sentence,
    is_amount,
    is_chemical,
    is_form,
    is_of,
    is_short,
    is_symbolic,
    listed,
    names,
)

#: The most words of a dopant's name, and of a list of dopants.
_LONGEST, _REACH = 4, 24
_NOUNS = ("NOUN", "PROPN", "X")


def dopants_before(sentence: Sentence, at: int, *, plain: bool) -> tuple[list[Group], int]:
    """The dopants of a list that ends at an index, and the index before it.

    With ``plain`` only elements, families of them and compounds are taken, no other nouns.
    """
    doc = sentence.doc
    found: list[Group] = []
    while at >= sentence.first:
        hyphened = False
        while at >= sentence.first and (doc[at].text in HYPHENS or _is_degree(sentence, at)):
            hyphened, at = hyphened or doc[at].text in HYPHENS, at - 1
        aliases: list[Name] = []
        bracket = sentence.bracket_before(at)
        if bracket is not None:
            inside = _aliases(sentence, *bracket)
            if inside is None:
                break
            aliases = inside
            at = bracket[0] - 1
            while at >= sentence.first and doc[at].text in HYPHENS:
                hyphened, at = True, at - 1
        if at < sentence.first:
            found += [(alias,) for alias in reversed(aliases)]
            break
        hyphened = hyphened or doc[at].text[-1:] in HYPHENS
        name = _ending_at(sentence, at, plain=plain or bool(found), hyphened=hyphened)
        if name is None or (found and not hyphened and not sentence.sort_of(name.text)):
            # a list may stand in brackets alone: "(La, Sr) co-doped"
            found += [(alias,) for alias in reversed(aliases)]
            break
        sorts = [sentence.sort_of(each.text) for each in (name, *(group[0] for group in found[-1:]))]
        if sorts[0] == "compound" != sorts[-1] and not hyphened:
            break
        parts = _split(sentence, name)
        found += [(part, *aliases) for part in reversed(parts)]
        at = _first(sentence, name) - 1
        joint = at
        while joint >= sentence.first and doc[joint].lower_ in listed("joints"):
            joint -= 1
        if joint == at:
            break
        at = joint
    return found[::-1], at


def _is_degree(sentence: Sentence, at: int) -> bool:
    """Whether a word before "doped" says how; "Co" does so behind a dopant: "Al and Ti Co-Doped"."""
    token = sentence.doc[at]
    if token.text == "Co":
        return at > sentence.first and bool(sentence.sort(sentence.doc[at - 1]))
    return token.lower_ in listed("degrees")


def _ending_at(sentence: Sentence, at: int, *, plain: bool, hyphened: bool) -> Name | None:
    """The name of the dopant that ends at an index."""
    token = sentence.doc[at]
    if not _may_dope(sentence, at, hyphened=hyphened):
        return None
    sort = sentence.sort(token)
    if is_of(token, "heads") or is_of(token, "particles"):
        first = at
        while first > sentence.first and at - first < _LONGEST and _leads(sentence, first - 1):
            first -= 1
        if first == at:
            return sentence.name(at, at + 1) if hyphened and not is_of(token, "particles") else None
        if is_of(token, "particles"):
            return _ending_at(sentence, at - 1, plain=plain, hyphened=hyphened)
    elif sort:
        first = at
    elif plain:
        if not is_symbolic(token) or token.pos_ not in _NOUNS:
            return None
        first = at
    else:
        if token.pos_ not in _NOUNS and not (hyphened and token.pos_ == "ADJ"):
            return None
        first = _word_start(sentence, at, hyphened=hyphened)
    if sentence.word(first - 1) in listed("valences"):
        first -= 1
    return sentence.name(first, at + 1)


def _may_dope(sentence: Sentence, at: int, *, hyphened: bool) -> bool:
    token = sentence.doc[at]
    if token.is_punct or is_of(token, "doped") or _never_dopes(sentence, at):
        return False
    return hyphened or at > sentence.first or token.text not in listed("words")


def _never_dopes(sentence: Sentence, at: int) -> bool:
    """Whether a word tells how or where something is doped; "N" is nitrogen, "n" a type of conduction."""
    word = sentence.doc[at].text.rstrip("".join(HYPHENS))
    is_symbol = sentence.sort_of(word) == "element" and not word.islower()
    return word.lower() in listed("never") and not is_symbol


def _word_start(sentence: Sentence, at: int, *, hyphened: bool) -> int:
    """Where a general noun for a dopant begins: "cobalt phthalocyanine", "ethyl-orange"."""
    doc = sentence.doc
    if at > sentence.first and sentence.sort(doc[at - 1]) == "element":
        return at - 1
    if _is_prefix(sentence, at - 1):
        # "rhodamine 6G"
        return at - 2 if at - 1 > sentence.first and names(doc[at - 2]) else at - 1
    first = at
    while hyphened and first - 1 > sentence.first and at - first < _LONGEST:
        if doc[first - 1].text not in HYPHENS or not names(doc[first - 2]):
            break
        if _never_dopes(sentence, first - 2):
            break
        first -= 2
    return first


def _is_prefix(sentence: Sentence, at: int) -> bool:
    """Whether a number is written to the letter behind it: "3d", "6G"."""
    return sentence.word(at).isdigit() and not sentence.doc[at].whitespace_


def _leads(sentence: Sentence, at: int) -> bool:
    """Whether a word belongs to the head behind it: "phosphoric" of "phosphoric acid", "rare-" of "earth"."""
    token = sentence.doc[at]
    if token.text in HYPHENS:
        return at > sentence.first and sentence.doc[at - 1].pos_ in ("ADJ", "NOUN", "PROPN")
    if _is_prefix(sentence, at):
        return True
    if _never_dopes(sentence, at):
        return False
    if token.pos_ not in ("ADJ", "NOUN", "PROPN") and sentence.sort(token) != "element":
        # the tagger takes some symbols for other words
        return False
    return not is_amount(sentence, token) and token.lower_ not in listed("qualities")


def dopants_behind(sentence: Sentence, at: int, *, plain: bool = False) -> tuple[list[Group], int]:
    """The dopants of a list that begins at an index, amounts aside, and the index behind it."""
    doc = sentence.doc
    found: list[Group] = []
    last = min(sentence.end, at + _REACH)
    while at < last:
        at = _behind_amounts(sentence, at)
        name = _beginning_at(sentence, at, plain=plain) if at < last else None
        if name is None:
            break
        sort = sentence.sort_of(name.text)
        if found and not (sort or is_chemical(doc[name.head])) and sentence.sort_of(found[0][0].text):
            break
        at = name.head + 1
        while at < last and (is_of(doc[at], "particles") or doc[at].text in HYPHENS):
            at += 1
        aliases: list[Name] = []
        bracket = sentence.bracket_at(at)
        if bracket is not None:
            aliases, at = _aliases(sentence, *bracket) or [], bracket[1] + 1
        found += [(part, *aliases) for part in _split(sentence, name)]
        while at < last and is_amount(sentence, doc[at]) and doc[at].lower_ not in ("of", "up", "to"):
            at += 1
        joint = at
        while joint < last and doc[joint].lower_ in listed("joints"):
            joint += 1
        if joint == at:
            break
        at = joint
    return found, at


def _behind_amounts(sentence: Sentence, at: int) -> int:
    doc = sentence.doc
    while at < sentence.end:
        token = doc[at]
        bracket = sentence.bracket_at(at)
        amount = bracket is not None and any(char.isdigit() for char in doc[bracket[0] : bracket[1]].text)
        if bracket is not None and amount:
            at = bracket[1] + 1
        elif (
            token.pos_ == "NUM"
            or is_amount(sentence, token)
            or (is_of(token, "particles") and not sentence.sort(token))
        ):
            at += 1
        else:
            break
    return at


def _beginning_at(sentence: Sentence, at: int, *, plain: bool) -> Name | None:
    doc, token = sentence.doc, sentence.doc[at]
    sort = sentence.sort(token)
    end = at + 1
    if (sort and not token.text[1:].islower()) or is_short(token.text):
        return sentence.name(at, end)
    if sort in ("element", "compound") and len(token.text) < 3:
        return sentence.name(at, end)
    while end < sentence.end and end - at < _LONGEST + 2 and _is_part(doc[end]):
        if is_amount(sentence, doc[end]) or is_of(doc[end], "particles") or is_of(doc[end], "doping"):
            break
        if sort and (is_form(doc[end]) or is_symbolic(doc[end])) and not is_of(doc[end], "heads"):
            break
        end += 1
        if is_of(doc[end - 1], "heads") and not is_of(doc[min(end, sentence.end - 1)], "heads"):
            break
    while end > at + 1 and doc[end - 1].text in HYPHENS:
        end -= 1
    if not sort and (plain or not names(token) or doc[end - 1].pos_ not in ("NOUN", "PROPN", "X", "ADJ")):
        inner = sentence.sort(doc[end - 1]) if names(token) else ""
        short = end == at + 1 and is_short(token.text)
        return sentence.name(at, end) if short or inner in ("element", "family") else None
    if not sort and is_form(doc[end - 1]):
        return None
    return sentence.name(at, end)


def _is_part(token: Token) -> bool:
    return (names(token) or is_chemical(token)) and token.pos_ != "NUM"


def _aliases(sentence: Sentence, opened: int, closed: int) -> list[Name] | None:
    """The names in brackets behind a dopant: "(La)", "(Lu3+, La3+)"; None where others stand there."""
    found = []
    for index in range(opened + 1, closed):
        token = sentence.doc[index]
        is_variable = token.text.endswith("=") or sentence.word(index + 1) == "="
        if token.text in listed("joints") or token.text in HYPHENS or is_variable:
            continue
        if sentence.sort(token) not in ("element", "family"):
            return None if closed - opened > 2 or not is_symbolic(token) else []
        found.append(sentence.name(index, index + 1))
    return found


def _split(sentence: Sentence, name: Name) -> Sequence[Name]:
    """The elements of a name that joins several: "N/S", "Nb–N"."""
    for sign in ("/", ",", *HYPHENS):
        parts = name.text.split(sign)
        if len(parts) > 1 and all(sentence.sort_of(part) in ("element", "family") for part in parts):
            found, start = [], name.start
            for part in parts:
                found.append(Name(part, start, start + len(part), name.head))
                start += len(part) + 1
            return found
    return [name]


def _first(sentence: Sentence, name: Name) -> int:
    """The index of the first word of a name."""
    at = name.head
    while at > sentence.first and sentence.doc[at].idx > name.start:
        at -= 1
    return at
