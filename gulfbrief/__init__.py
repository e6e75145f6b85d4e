"""gulfbrief: find who said what, when, in a folder of documents."""

__version__ = "0.1.0"
