"""Naming dramas and citing articles, the same way everywhere."""

from bot.domain.library import Article, Drama
from bot.domain.texts import Localised
from bot.text.catalogue import Phrases
from bot.ui.pages import plain, veil


def drama_title(drama: Drama, _: Phrases) -> str:
    """Return the title in both scripts, the reader's first."""
    return in_both_scripts(drama.title, _)


def in_both_scripts(name: Localised, _: Phrases) -> str:
    """Return a name in both scripts, the reader's first."""
    other = name.beside(_.language)
    return plain(_.of(name)) if other is None else f"{plain(_.of(name))} ({plain(other)})"


def cite(article: Article, _: Phrases, *, fenced: bool = False) -> str:
    """Return headline, publisher and date, linked where the article may be linked; `fenced` veils the headline."""
    headline = plain(_.of(article.headline)).replace("[", "(").replace("]", ")")
    cited = f"[{headline}]({article.link})" if article.link else headline
    cited = veil(cited) if fenced else cited
    return " · ".join(filter(None, (cited, plain(article.publisher), article.date)))
