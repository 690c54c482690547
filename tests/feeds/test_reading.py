"""What feeds of every kind are read as, also those that are wrong about themselves."""

import json
from datetime import UTC, datetime

import pytest

from bot.domain.feeds import Item
from bot.feeds.answers import Answer, Contents, Fault, Page, Understood
from bot.feeds.read import understand

URL = "https://news.example/rss/feed.xml"
HEADLINE = "김세정 “애드리브였어요”"


def answered(body: bytes | str, kind: str = "application/xml", packing: str = "") -> Understood:
    body = body.encode() if isinstance(body, str) else body
    return understand(Answer(URL, kind, packing, body, 2_000_000))


def items(body: bytes | str, kind: str = "application/xml") -> list[Item]:
    read = answered(body, kind)
    assert isinstance(read, Contents), read
    return list(read.items)


def one(inner: str, kind: str = "application/xml") -> Item:
    (item,) = items(f"<rss version='2.0'><channel><title>Feed</title><item>{inner}</item></channel></rss>", kind)
    return item


RSS = f"""<rss version="2.0"><channel><title>뉴스</title><item><title>{HEADLINE}</title><link>/a</link>
<pubDate>Tue, 04 Aug 2026 19:00:00 +0900</pubDate></item></channel></rss>"""
RSS_091 = RSS.replace("2.0", "0.91")
OF_090 = "http://my.{}/rdf/simple/0.9/".format("netscape.com")  # the name of a format, never asked for
RSS_090 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{OF_090}">
<channel><title>뉴스</title></channel><item><title>{HEADLINE}</title><link>/a</link></item></rdf:RDF>"""
RDF = f"""<?xml version="1.0"?><!-- a --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">
<title>뉴스</title></channel><item rdf:about="/a"><title>{HEADLINE}</title><link>/a</link>
<dc:date>2026-08-04T19:00:00+09:00</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>뉴스</title><entry><id>tag:a</id><title>{HEADLINE}</title>
<link rel="self" href="/self"/><link href="/a"/><updated>2026-08-04T10:00:00Z</updated></entry></feed>"""
ATOM_PREFIXED = f"""<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>뉴스</a:title><a:entry><a:id>tag:a</a:id>
<a:title>{HEADLINE}</a:title><a:link href="/a"/><a:published>2026-08-04T10:00:00Z</a:published></a:entry></a:feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "뉴스",
        "items": [{"id": 7, "url": "/a", "title": HEADLINE, "date_published": "2026-08-04T19:00:00+09:00"}],
    }
)


@pytest.mark.parametrize("feed", [RSS, RSS_091, RSS_090, RDF, ATOM, ATOM_PREFIXED, JSON])
def test_every_kind_of_feed_gives_title_headline_link_and_date(feed: str) -> None:
    read = answered(feed)
    assert isinstance(read, Contents)
    assert read.title == "뉴스"
    (item,) = read.items
    assert (item.headline, item.url, item.publisher) == (HEADLINE, "https://news.example/a", "뉴스")
    assert item.published_at == (None if feed is RSS_090 else datetime(2026, 8, 4, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/octet-stream", "text/html; charset=utf-8", "", "nonsense", "application/json"]
)
@pytest.mark.parametrize("feed", [RSS, "\ufeff  \n" + RDF, "\n<?xml version='1.0'?>" + ATOM, JSON])
def test_a_feed_is_known_by_how_it_begins_whatever_it_is_said_to_be(feed: str, kind: str) -> None:
    assert len(items(feed, kind)) == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "application/rss+xml", "application/json"])
@pytest.mark.parametrize(
    "body", ["", " ", "hello", "<svg/>", "<urlset/>", "{}", '{"version": "1"}', "[1]", "\0\1\2", "<"]
)
def test_what_is_no_feed_is_none_whatever_it_is_said_to_be(body: str, kind: str) -> None:
    assert answered(body, kind) is Fault.NO_FEED


@pytest.mark.parametrize(
    ("declared", "inside", "encoded"),
    [
        ("utf-8", "utf-8", "utf-8"), ("euc-kr", "euc-kr", "euc-kr"), ("utf-8", "utf-8", "euc-kr"),
        ("euc-kr", "euc-kr", "utf-8"), ("", "utf-8", "cp949"), ("", "ks_c_5601-1987", "cp949"),
        ("euc-kr", "utf-8", "cp949"),
        ("iso-8859-1", "", "utf-8"), ("", "", "utf-16"), ("utf-8", "utf-8", "utf-16-le"), ("", "x-none", "cp949"),
        ("us-ascii", "", "utf-8"), ("iso-2022-kr", "", "iso-2022-kr"), ("", "", "utf-8-sig"), ("big5", "big5", "utf-8"),
    ],
)  # fmt: skip
def test_letters_are_right_also_where_the_feed_is_wrong_about_them(declared: str, inside: str, encoded: str) -> None:
    headline = "김세정 애드리브였어요, 도깨비 공유"
    head = f"<?xml version='1.0' encoding='{inside}'?>" if inside else "<?xml version='1.0'?>"
    body = (head + RSS.replace(HEADLINE, headline)).encode(encoded)
    kind = f'text/xml; charset="{declared}"' if declared else "text/xml"
    assert items(body, kind)[0].headline == headline


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", ""])
def test_the_quotes_of_windows_are_quotes(declared: str) -> None:
    body = RSS.replace("뉴스", "News").replace(HEADLINE, "Kim’s “ad-lib” – café").encode("windows-1252")
    assert items(body, f"application/rss+xml; charset={declared}")[0].headline == "Kim’s “ad-lib” – café"


def test_bytes_that_were_lost_cost_their_letters_only() -> None:
    body = RSS.encode().replace("애".encode(), b"\xec\x95")
    assert items(body)[0].headline.startswith("김세정 “")


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</title><link>", "</title>& <b>&nbsp;<link>"),
        RSS.removesuffix("</channel></rss>"),
        RSS.replace("뉴스", "a \x0b\x00 뉴스"),
        "<br />\n<b>Warning</b>: in line 1\n<?xml version='1.0'?>" + RSS,
        RSS + "<script>hello",
        RSS.replace('version="2.0"', ""),
        RSS.replace("<rss ", "<RSS ").replace("</rss>", "</RSS>"),
        RSS.replace("<item>", "<item><media:thing/>"),
    ],
)
def test_what_can_be_read_in_a_broken_feed_is_read(broken: str) -> None:
    assert [(item.headline, item.url) for item in items(broken)] == [(HEADLINE, "https://news.example/a")]


@pytest.mark.parametrize(
    "broken",
    ["<rss", "<rss><channel><item", "<rss version='2.0'><channel><item></item></channel></rss>", "<rss><<<", JSON[:-3],
     '{"version": "https://jsonfeed.org/version/1", "items": 3}', '{"version": "https://jsonfeed.org/version/1"}',
     '{"version": "https://jsonfeed.org/version/1", "items": [1, null, [], {}]}',
     '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000],
)  # fmt: skip
def test_a_feed_of_which_nothing_can_be_read_is_broken(broken: str) -> None:
    assert answered(broken) is Fault.BROKEN


@pytest.mark.parametrize(
    "feed",
    ["<rss version='2.0'><channel><title>뉴스</title></channel></rss>", ATOM.partition("<entry>")[0] + "</feed>",
     '{"version": "https://jsonfeed.org/version/1", "title": "뉴스", "items": []}'],
)  # fmt: skip
def test_a_feed_without_entries_is_a_feed(feed: str) -> None:
    assert answered(feed) == Contents("뉴스", ())


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Kim &lt;b&gt;Se-jeong&lt;/b&gt; &amp;amp; Ahn", "Kim Se-jeong & Ahn"),
        ("<![CDATA[Kim <i>Se-jeong</i> &#8220;x&#8221;]]>", "Kim Se-jeong “x”"),
        ("I &lt;3 Goblin, 1 &lt; 2 &gt; 0", "I <3 Goblin, 1 < 2 > 0"),
        (" one\n\ttwo\u00a0\u2028three ", "one two three"),
        ("a\u202eb\u2066c\u200bd\u00ade\ufeff", "abcde"),
        ("e\u0301 가".replace("가", "\u1100\u1161"), "é 가"),
        ("👩\u200d🎤 sings", "👩\u200d🎤 sings"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hello&lt;br/&gt;there", "Hello there"),
        ("x" * 400, "x" * 299 + "…"),
        ("**bold** ||spoiler|| @everyone", "**bold** ||spoiler|| @everyone"),
    ],
)
def test_a_headline_is_one_line_of_plain_text(title: str, headline: str) -> None:
    assert one(f"<title>{title}</title><link>/a</link>").headline == headline


def test_a_title_that_atom_says_is_plain_keeps_its_brackets() -> None:
    plain = ATOM.replace(f"<title>{HEADLINE}", "<title type='text'>How to use &lt;b&gt;")
    assert items(plain)[0].headline == "How to use <b>"
    marked = ATOM.replace(f"<title>{HEADLINE}", "<title type='html'>How &lt;b&gt;to&lt;/b&gt;")
    assert items(marked)[0].headline == "How to"


def test_an_entry_without_a_title_is_called_by_its_text_and_one_without_both_is_left_out() -> None:
    assert one("<description>&lt;p&gt;Hello&lt;/p&gt; there</description><link>/a</link>").headline == "Hello there"
    mixed = RSS.replace("<item>", "<item><link>/b</link></item><item>", 1)
    assert [item.url for item in items(mixed)] == ["https://news.example/a"]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/x?b=1&amp;c=2#d", "https://a.example/x?b=1&c=2#d"),
        ("  /a\n b ", "https://news.example/a%20b"),
        ("b.html", "https://news.example/rss/b.html"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://a.example/드라마", "https://a.example/드라마"),
        ("https://a.example/[x](https://evil.example)", "https://a.example/%5Bx%5D%28https://evil.example%29"),
        ("javascript:alert(1)", None), ("file:///etc/passwd", None), ("https://u:p@a.example/", None),
        ("http://[", None),
        ("https://a.example/" + "x" * 600, None), ("", None), ("mailto:a@b.example", None),
    ],
)  # fmt: skip
def test_a_link_is_absolute_and_fit_to_be_stored_or_there_is_none(link: str, url: str | None) -> None:
    assert one(f"<title>x</title><link>{link}</link>").url == url


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Tue, 04 Aug 2026 19:00:00 KST", datetime(2026, 8, 4, 10, tzinfo=UTC)),
        ("Tue, 04 Aug 2026 19:00:00 +0900", datetime(2026, 8, 4, 10, tzinfo=UTC)),
        ("2026-08-04T19:00:00+09:00", datetime(2026, 8, 4, 10, tzinfo=UTC)),
        ("2026-08-04", datetime(2026, 8, 4, tzinfo=UTC)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", datetime(2100, 1, 1, tzinfo=UTC)),
        ("Sat, 01 Jan 0000 00:00:00 GMT", None), ("0000-00-00T00:00:00Z", None), ("9999-12-31T23:59:59-12:00", None),
        ("1970-01-01T00:00:00Z", None), ("yesterday", None), ("", None),
    ],
)  # fmt: skip
def test_a_date_is_in_utc_or_there_is_none(written: str, at: datetime | None) -> None:
    assert one(f"<title>x</title><link>/a</link><pubDate>{written}</pubDate>").published_at == at
    entry = {"id": "1", "title": "x", "date_published": written}
    (item,) = items(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [entry]}))
    assert item.published_at == at or (written[:3].isalpha() and item.published_at is None)


def test_the_publisher_is_the_source_before_the_feed() -> None:
    source = "<source url='https://s.example/'>The &amp;amp; Source</source>"
    assert one(f"<title>x</title><link>/a</link>{source}").publisher == "The & Source"
    dc = "<dc:publisher xmlns:dc='http://purl.org/dc/elements/1.1/'>House</dc:publisher>"
    assert one(f"<title>x</title><link>/a</link>{dc}").publisher == "House"
    assert one("<title>x</title><link>/a</link><author>Kim</author>").publisher == "Feed"


def test_an_entry_is_known_by_its_id_else_its_link_else_what_it_says() -> None:
    assert one("<title>x</title><link>/a</link><guid isPermaLink='false'> id 1 </guid>").key == "id 1"
    assert one("<title>x</title><link>/a</link>").key == "https://news.example/a"
    bare = one("<title>x</title>").key
    assert len(bare) == 64
    assert bare == one("<title>x</title>").key != one("<title>y</title>").key
    assert len(one(f"<title>x</title><guid isPermaLink='false'>{'g' * 500}</guid>").key) == 64
    strange = {"id": "a\u0000b\ud800", "title": "x\ud800\u0000y"}
    (item,) = items(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [strange]}))
    assert (len(item.key), item.headline) == (64, "x y")


def test_ids_that_are_there_twice_stay_for_the_rules_to_judge() -> None:
    twice = RSS.replace("</item>", "</item><item><guid>/g</guid><title>b</title></item>" * 2, 1)
    assert [item.headline for item in items(twice)] == [HEADLINE, "b", "b"]


def test_the_text_for_matching_has_summary_content_and_tags_without_markup() -> None:
    content = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[<p>도깨비</p>]]></content:encoded>"
    item = one(f"<title>x</title><description>A &lt;b&gt;b&lt;/b&gt;</description>{content}<category>공유</category>")
    assert {"A", "b", "도깨비", "공유"} <= set(item.text.split())
    assert len(one(f"<title>x</title><description>{'a ' * 9000}</description>").text) <= 2000


def test_the_first_two_hundred_entries_are_taken_in_the_order_of_the_feed() -> None:
    many = "".join(f"<item><title>T{n}</title><link>/{n}</link></item>" for n in range(5000))
    assert [item.headline for item in items(RSS.replace("<item>", many + "<item>", 1))] == [f"T{n}" for n in range(200)]
    entries = [{"id": str(n), "title": f"T{n}"} for n in range(300)]
    assert len(items(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}))) == 200


def test_a_page_names_its_feeds_absolute_in_order_and_once() -> None:
    page = """<!-- a --><!DOCTYPE HTML><html><head><base href="/blog/"><link rel="stylesheet" href="/x.css">
    <LINK REL='alternate' TYPE='application/rss+xml; charset=utf-8' HREF='feed?a=1&amp;b=2'>
    <link rel="alternate" type="application/rss+xml" href="feed?a=1&b=2">
    <link rel="alternate home" type="application/feed+json" href="//cdn.example/f.json">
    <link rel="alternate" type="application/atom+xml" href="javascript:alert(1)">
    <link rel="alternate" type="text/html" hreflang="ko" href="/ko">
    <link rel="alternate" type="application/atom+xml">"""
    named = ("https://news.example/blog/feed?a=1&b=2", "https://cdn.example/f.json")
    assert answered(page, "text/html") == answered(page, "application/xml") == Page(named)


def test_a_page_is_looked_at_up_to_a_point() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/a">'
    assert answered("<html>" + " " * 200_000 + link, "text/html") is Fault.NO_FEED
    assert answered("<html>" + " " * 199_000 + link, "text/html") == Page(("https://news.example/a",))
