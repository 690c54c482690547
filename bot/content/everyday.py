"""Titles and names that are also ordinary words: only what stands around them tells which is meant.

All are folded as bot/content/mentions.py folds: small letters without spaces and signs.
"""

from typing import Final

UNMISTAKABLE: Final = frozenset({"navillera", "gaksital", "misaeng", "ltns", "빈센조", "각시탈"})
"""Titles of one word, or of a few syllables, that mean nothing else."""

PHRASES: Final = frozenset(
    {
        *("allofusaredead", "businessproposal", "loveintrouble", "lovetohateyou", "queenandi"),
        *("secretaffair", "secretgarden", "secretloveaffair", "somethingintherain", "sweethome", "taxidriver"),
        *("thebeautyinside", "theglory", "thegreatwives", "greatwives", "theheirs", "theinheritors", "thek2"),
        *("theproducers", "truebeauty", "ourblues", "mydemon", "myname", "mymister", "probono", "highkick", "dp"),
        *("whenthephonerings", "whileyouweresleeping", "shewaspretty", "onespringnight", "doctorslump", "thepenthouse"),
        *("idoido", "goodmanager", "stranger2", "thegreatestlove", "fightformyway"),
        *("그해우리는", "나의아저씨", "피노키오", "펜트하우스", "프로보노", "시크릿가든", "당신이잠든사이에"),
        *("연애의발견", "모범택시", "부부의세계", "스위트홈", "지금거신전화는", "그녀는예뻤다", "더글로리"),
        *("bubblegum", "managerkim", "secretarykim", "speciallaborinspector", "herprivatelife", "politicalfever"),
        *("anincompletelife", "melomovie", "touchyourheart"),
        *("지금우리학교는", "알고있지만", "뷰티인사이드", "미안하다사랑한다", "그녀의사생활", "이번생은처음이라"),
        *("엄마친구아들", "멜로무비", "닥터슬럼프"),
    }
)
"""Titles of several words or syllables that are still said without a drama in mind."""

NAMESAKES: Final = frozenset(
    {
        "이상이",
        "김정은",
        "김민재",
        "김민석",
        "김지영",
        "박진영",
        "parkjinyoung",
        "kimminjae",
        "kimminseok",
        "kimjiyoung",
    }
)
"""Full names that others have who are in the news as often; 이상이 is also "more than" with its particle."""

EVERYDAY: Final = frozenset(
    {
        *("live", "moving", "w", "cheerup", "runon", "startup", "boyfriend", "producer", "encounter", "nevertheless"),
        *("tempted", "signal", "bestlove", "dots"),
        *("졸업", "남자친구", "라이브", "스타트업", "시그널", "수리남", "최고의사랑", "무빙", "환혼", "미생"),
    }
)
"""Said so often that an actor of theirs beside them tells nothing, unless a capital letter within a sentence does."""

SEASONS: Final = frozenset(
    {"season", "part", "시즌", "파트", "스페셜", "special", "1", "2", "3", "4", "one", "two", "three", "ost"}
    | {f"{word}{number}" for word in ("시즌", "파트", "part", "s") for number in range(1, 6)}
)
"""What stands behind a title without making it another one."""

OTHER_TRADES: Final = frozenset(
    {"director", "writer", "screenwriter", "reporter", "producer", "pd", "minister", "president", "professor", "author"}
)
"""Before a name in English: then it is not the actor's."""
KOREAN_TRADES: Final = (
    *("감독", "작가", "기자", "pd", "의원", "대표", "교수", "회장", "대통령", "장관", "시장", "변호사", "선수", "코치"),
    *("아나운서", "연출", "박사", "검사", "판사", "앵커", "소설가", "평론가"),
)
"""After a name in Korean: the same."""
