"""The version of gulfbrief."""

__version__ = "0.1.0"
