"""How translators' tools find the sentences in the code."""

import ast

from tests.text.sentences import extracted, found_in, literal, trees, written


def messages(source: str) -> list[str | tuple[str, ...]]:
    """What is found in a module, a message or its singular and plural, in its order."""
    return [sentence[0] if len(sentence) == 1 else sentence for sentence in found_in(source.encode())]


def test_every_way_to_mark_a_sentence_is_found() -> None:
    source = """
_("said")
N_("marked")
locale_str("described")
_.ngettext("one {count}", "many {count}", count)
_("in two " "pieces {value}", value=1)
"""
    assert messages(source) == ["said", "marked", "described", ("one {count}", "many {count}"), "in two pieces {value}"]


def test_what_is_not_marked_is_not_found() -> None:
    assert messages('print("no")\n_(variable)\nlog.info("neither")\n') == []


def test_the_first_line_of_a_commands_docstring_is_found() -> None:
    source = '''
@app_commands.command()
@app_commands.describe()
async def search(self):
    """Find an article.

    More for whoever reads the code.
    """

@app_commands.command(name="other")
async def second(self):
    """Find another one."""

@commands.hybrid.command
async def third(self):
    """Find a third one."""
'''
    assert messages(source) == ["Find an article.", "Find another one.", "Find a third one."]


def test_docstrings_of_what_is_no_command_are_not_found() -> None:
    source = '''
"""A module."""

async def helper():
    """Help."""

@search.autocomplete("text")
async def suggest(self):
    """Offer something."""

@app_commands.command()
async def bare(self):
    pass

class Cog:
    """A class."""
'''
    assert messages(source) == []


def test_a_sentence_within_a_formatted_text_is_found() -> None:
    assert messages("""f"## {_('Settings')}: {_('Language')}"\n""") == ["Settings", "Language"]


def test_korean_and_typographic_marks_in_the_code_are_read_as_utf_8() -> None:
    assert messages('_("You said “{answer}” · 도깨비")\n') == ["You said “{answer}” · 도깨비"]


def test_every_sentence_of_bot_and_cogs_is_found() -> None:
    assert len(written()) > 100
    assert sorted(written() - extracted()) == []


def test_no_sentence_is_said_in_a_way_that_nobody_can_find() -> None:
    hidden = [
        text
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Call | ast.Subscript)
        if node.args and (text := literal(node.args[0])) is not None and " " in text
    ]
    assert hidden == []
