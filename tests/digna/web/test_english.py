"""English is complete: every message of the look has its translation, with the same blanks."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import digna

ROOT = Path(digna.__file__).parent
BLANK = re.compile(r"%\(\w+\)s")
SPOKEN = re.compile(r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
COMMENT = re.compile(r"{% comment.*?endcomment %}", re.DOTALL)


def catalogue(app: str) -> dict[str, list[str]]:
    path = ROOT / app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        read = read_po(file, locale="en")
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            [message.string] if isinstance(message.string, str) else list(message.string)
        )
        for message in read
        if message.id
    }


@pytest.mark.parametrize("app", ["web", "accounts"])
def test_every_message_is_translated_with_the_same_blanks(app):
    for said, translated in catalogue(app).items():
        assert all(translated), said
        for words in translated:
            assert sorted(BLANK.findall(words)) == sorted(BLANK.findall(said)), said


@pytest.mark.parametrize("app", ["web", "accounts"])
def test_every_sentence_of_a_template_is_in_the_catalogue(app):
    known = catalogue(app)
    for path in (ROOT / app / "templates").rglob("*.html"):
        source = COMMENT.sub("", path.read_text())
        said = {double or single for double, single in SPOKEN.findall(source)}
        missing = {words for words in said if words.replace("%", "%%") not in known} - set(known)
        assert not missing, path
