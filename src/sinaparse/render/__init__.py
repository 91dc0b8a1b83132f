"""Articles as Markdown, HTML and text: one renderer a format, one small function a kind of block.

A renderer is a value whose fields are its settings and its writers. To change how one kind of block looks, give your own
function for it; it gets the block and the renderer, and returns the text to write, or nothing for a block to leave out::

    def figure(block: Image, renderer: MarkdownRenderer) -> str:
        return f"{{{{< figure src={block.url!r} >}}}}"

    MarkdownRenderer(image=figure).render(article)
"""

from sinaparse.render.html import HtmlRenderer
from sinaparse.render.markdown import MarkdownRenderer
from sinaparse.render.text import TextRenderer

__all__ = ["HtmlRenderer", "MarkdownRenderer", "TextRenderer"]
