"""The word lists themselves: large enough, and nobody is told to write what the next remark forbids."""

from pathlib import Path

from proofreading.rules import RULES
from proofreading.wordlists import _read, glossary, official_words, spellings


def test_every_rule_has_an_example():
    examples = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert [rule for rule in RULES if f'"{rule}"' not in examples] == []


def test_the_list_of_official_words_is_long_enough():
    assert len(_read("words.toml")["words"]) >= 80


def test_no_advice_is_itself_in_a_list():
    for words in (official_words(), glossary(), spellings()):
        for written, instead in words.instead.items():
            for other in (official_words(), glossary(), spellings()):
                assert other.find(instead) == [], written


def test_every_form_is_found_and_in_one_place_only():
    for name in ("words.toml", "glossary.toml"):
        forms = [f.strip() for group in _read(name)["words"] for f in group.split(",")]
        assert len(forms) == len(set(forms)), {f for f in forms if forms.count(f) > 1}
    for words in (official_words(), glossary(), spellings()):
        for form in words.instead:
            assert [found.written for found in words.find(f"Så {form} så.")] == [form]
