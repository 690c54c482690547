"""Words that say little about what is looked for, in both languages."""

from typing import Final

from bot.content.folding import fold
from bot.content.search.endings import PARTICLES

_ENGLISH: Final = """
a about after all also am an and any are as at be because been before being but by can could did do does doing done down
for from get gets go goes got had has have having he her hers him his how i if in into is it its just like made make
makes me my no not of off on one only or other our out over own really s same she so some such t than that thats the
their them then there these they thing this those to too up us very was we were what whats when where which while who
whos whose why will with would you your
article articles clip drama dramas episode ep find guy girl kdrama kdramas man moment name part scene scenes series show
tv video woman
anybody anyone bot bye everybody everyone hello help hey hi please somebody someone thank thanks use welcome
"""
_KOREAN: Final = """
것 거 게 걸 그 저 이 그거 그것 그런 이런 저런 어떤 무슨 뭐 왜 어디 언제 누구 누가 나 너 내 네 제 우리 좀 더 또 다
안 못 잘 진짜 정말 너무 그냥 하는 하고 했던 한 할 했다 있는 있던 없는 되는 나오는 나온 나오던 보는 년 월 일
드라마 기사 장면 씬 편 회 화 영상 제목 남자 여자 남주 여주
"""
STOP_WORDS: Final = frozenset({*map(fold, (*_ENGLISH.split(), *_KOREAN.split())), *PARTICLES})
"""Folded: words by which nothing is told from anything else."""
