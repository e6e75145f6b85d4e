"""Characters -> tokens, sentences, paragraphs, quotation marks, verb groups and word classes."""

from .segmentation import Text

__all__ = ["Text"]
