"""The names of hosts before and behind the word that says that they are doped."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from extract.noun_phrases import phrase_words
from extract.relations.doping.vocabulary import (
    HYPHENS,
    Group,
    Name,
    Sentence,
    describes,
    is_amount,
    is_chemical,
    is_form,
    is_of,
    is_short,
    listed,
    names,
)
from ontology.formula import parse_formula

#: The kinds that the head of a host's name may have.
_KINDS = ("Material", "Structure", "Interphase")
#: The most words of a host's phrase.
_LONGEST = 9
#: The most letters of a prefix that tells the phase: "g" of "g-C3N4".
_PHASE = 2


def hosts_behind(sentence: Sentence, at: int) -> tuple[list[Group], int]:
    """The hosts that the phrase behind an index names, and the index behind it."""
    doc = sentence.doc
    bracket = sentence.bracket_at(at)
    if bracket is not None and any(map(str.isdigit, doc[bracket[0] : bracket[1]].text)):
        at = bracket[1] + 1
    if sentence.word(at) in listed("joints") and sentence.word(at + 1) in listed("undoped"):
        at += 2
    end = at
    while end < sentence.end and end - at < _LONGEST and _goes_on(sentence, at, end):
        bracket = sentence.bracket_at(end + 1) if sentence.is_glued(end + 1) else None
        end = bracket[1] + 1 if bracket else end + 1
    core = _core(sentence, at, end)
    group = _group(sentence, core, end)
    groups = [group] if group else []
    joint = end
    while sentence.word(joint) in listed("joints"):
        joint += 1
    if core is not None and joint > end and _is_compound(sentence, joint):
        groups += hosts_behind(sentence, joint)[0] if sentence.sort_of(core.text) == "compound" else []
    return groups, end


def hosts_before(sentence: Sentence, at: int) -> list[Group]:
    """The hosts that the phrase before an index names, forms of "be" and adverbs left aside."""
    doc = sentence.doc
    while at >= sentence.first and (
        doc[at].pos_ == "ADV" or is_of(doc[at], "between") or doc[at].text in HYPHENS
    ):
        at -= 1
    bracket = sentence.bracket_before(at)
    if bracket and sentence.is_glued(bracket[0]):
        bracket = None
    end = bracket[0] if bracket else at + 1
    first = _phrase_start(sentence, end)
    inner = sentence.bracket_before(first - 1)
    if bracket is None and inner is not None and first < end and all(map(is_form, doc[first:end])):
        # "Diamond-like carbon (DLC) films doped with": the name stands before the bracket
        bracket, end = inner, inner[0]
        first = _phrase_start(sentence, end)
    if first == end and bracket is None:
        return hosts_meant(sentence, end - 1)
    core = _core(sentence, first, end)
    group = _group(sentence, core, bracket[0] if bracket else end)
    groups = [group] if group else []
    joint = first - 1
    while sentence.word(joint) in listed("joints"):
        joint -= 1
    if core is not None and joint < first - 1 and _is_compound(sentence, joint):
        groups.append((sentence.name(joint, joint + 1),))
    return groups


def hosts_meant(sentence: Sentence, at: int) -> list[Group]:
    """The hosts that a pronoun at an index stands for: "it was doped with X", "doping it with X"."""
    if not sentence.first <= at < sentence.end:
        return []
    passage = replace(sentence, first=0, end=len(sentence.doc))
    found: list[Group] = []
    for mention in sentence.effects.reader.antecedents.get(at, ()):
        span = sentence.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and mention.kind == "Material":
            found += hosts_behind(passage, span.start)[0][:1]
    return found


def _is_compound(sentence: Sentence, at: int) -> bool:
    return sentence.first <= at < sentence.end and sentence.sort(sentence.doc[at]) == "compound"


def _phrase_start(sentence: Sentence, end: int) -> int:
    first = end
    while first > sentence.first and end - first < _LONGEST:
        bracket = sentence.bracket_before(first - 1)
        if bracket and sentence.is_glued(bracket[0]):
            first = bracket[0] - (sentence.word(bracket[0]) == "(")
        elif _goes_back(sentence, first - 1, end):
            first -= 1
        else:
            break
    return first


def _group(sentence: Sentence, core: Name | None, end: int) -> Group:
    """A host with its second name in brackets, as far as there are any."""
    return (*([core] if core else []), *_aliases(sentence, core, end))


def _goes_on(sentence: Sentence, first: int, at: int) -> bool:
    token = sentence.doc[at]
    before = sentence.doc[at - 1]
    if sentence.sort(token) == "compound" or token.text in HYPHENS or is_chemical(token):
        return True
    if at == first and (token.pos_ == "DET" or token.tag_ == "VBN" or is_of(token, "qualities")):
        return token.tag_ != "PRP$"
    if token.tag_ == "VBN":
        return before.text in HYPHENS or before.pos_ == "ADJ" or is_of(before, "qualities")
    return (names(token) or is_form(token)) and not is_of(token, "doping") and not is_of(token, "doped")


def _goes_back(sentence: Sentence, at: int, end: int) -> bool:
    token = sentence.doc[at]
    if sentence.sort(token) == "compound" or token.text in HYPHENS or is_chemical(token):
        return True
    if token.lower_ in listed("based") and at < end - 1:
        return True
    if is_form(token):
        return True
    return names(token) and not is_of(token, "doping") and not is_of(token, "doped")


def _core(sentence: Sentence, first: int, end: int) -> Name | None:
    """The name of the host in a phrase: its formula, else its words without those for shape and making."""
    doc = sentence.doc
    end = next((at for at in range(first + 1, end) if doc[at].lower_ in listed("based")), end)
    return formula_in(sentence, first, end) or _worded(sentence, first, end)


def formula_in(sentence: Sentence, first: int, end: int) -> Name | None:
    """The first formula of a compound among some words, as the host of a phrase with them is called."""
    doc = sentence.doc
    for at in range(first, end):
        prefixed = at + 1 < end and doc[at + 1].text in HYPHENS
        if sentence.sort(doc[at]) == "compound" and not prefixed:
            has_phase = at - 2 >= first and doc[at - 1].text in HYPHENS and len(doc[at - 2]) <= _PHASE
            has_kind = at > first and is_of(doc[at - 1], "kinds")
            is_kept = at + 1 < end and _is_kept(doc[at], doc[at + 1])
            return sentence.name(at - 2 if has_phase else at - has_kind, at + 1 + is_kept)
        if (part := _of_joined(sentence, at)) is not None:
            return part
    return None


def _is_kept(formula: Token, noun: Token) -> bool:
    """Whether a noun behind a formula belongs to the name: "SiC nanotubes", "Ni-Zn ferrites"."""
    parsed = parse_formula(formula.text)
    is_alloy = parsed is not None and parsed.kind == "alloy"
    return is_of(noun, "kept") or (is_alloy and (is_chemical(noun) or is_of(noun, "alloys")))


def _worded(sentence: Sentence, first: int, end: int) -> Name | None:
    doc = sentence.doc
    while first < end and (
        is_of(doc[first], "qualities") or doc[first].pos_ in ("DET", "NUM") or doc[first].text in HYPHENS
    ):
        first += 1
    if first < end and is_short(doc[first].text) and sentence.word(first + 1) not in HYPHENS:
        return sentence.name(first, first + 1)
    end = next((at for at in range(first + 1, end) if is_of(doc[at], "devices")), end)
    while end > first and not (doc[end - 1].text[-1:].isalnum() or doc[end - 1].text == ")"):
        end -= 1
    last = end
    while last > first and (is_form(doc[last - 1]) or doc[last - 1].text in HYPHENS):
        last -= 1
    if last == first or describes(doc[last - 1].text):
        # "carbonaceous spheres": nothing names a substance before the general noun
        last = end
        if all(is_form(doc[at]) and not is_of(doc[at], "named") for at in range(first, last)):
            return None
    return sentence.name(first, last) if _can_be_host(sentence, first, last) else None


def _can_be_host(sentence: Sentence, first: int, end: int) -> bool:
    """Whether some words name more than an act, a property, an ion, or any sample at all."""
    last = sentence.doc[end - 1]
    if _is_abstract(last) or is_amount(sentence, last):
        return False
    if end == first + 1:
        is_ion = sentence.sort(last) == "element" and any(map(str.isdigit, last.text))
        return not (is_ion or is_of(last, "bare") or (describes(last.text) and not is_form(last)))
    return not describes(last.text) or is_form(last) or is_of(last, "bare")


def _is_abstract(token: Token) -> bool:
    """Whether a noun heads names of what is no substance: "conductivity", "doping"."""
    kind = phrase_words()["heads"].get(token.lemma_.lower(), "Material")
    return is_of(token, "abstract") or kind not in _KINDS


def _of_joined(sentence: Sentence, at: int) -> Name | None:
    """The host of a joined name: "SnO2" of "SnO2/WO3", "LiNbO3" of "Ti:LiNbO3"; "Fe/MgO" is one by itself."""
    token = sentence.doc[at]
    for sign in (":", "/"):
        parts = token.text.split(sign)
        host = next((part for part in parts if sentence.sort_of(part) == "compound"), "")
        if len(parts) < 2 or not host:
            continue
        if sign == "/" and (host != parts[0] or not _is_known(sentence, parts[1])):
            return sentence.name(at, at + 1)
        start = token.idx + token.text.index(host)
        return Name(host, start, start + len(host), at)
    return None


def _is_known(sentence: Sentence, text: str) -> bool:
    """Whether the other part of a composite is a substance, so that the first part alone is the host."""
    return bool(sentence.effects.lexicon.lookup(text)) or sentence.sort_of(text) == "compound"


def _aliases(sentence: Sentence, core: Name | None, at: int) -> Group:
    """The second name of a host in the brackets at an index: "ceria (CeO2)", "ZnAl2O4 (gahnite)"."""
    bracket = sentence.bracket_at(at)
    if bracket is None:
        return ()
    first, end = bracket[0] + 1, bracket[1]
    token = sentence.doc[first]
    if core is not None and sentence.sort_of(core.text) == "compound":
        fits = end == first + 1 and token.is_alpha and token.is_lower
        return (sentence.name(first, end),) if fits else ()
    formula = formula_in(sentence, first, end)
    whole = formula is not None and formula.text == sentence.name(first, end).text
    is_found = sentence.doc[end - 1].i in sentence.effects.reader.formulas
    return (formula,) if formula is not None and whole and is_found else ()
