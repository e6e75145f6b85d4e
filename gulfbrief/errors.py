"""What can go wrong, each with its exit status and its one line for the user."""

from __future__ import annotations


class GulfbriefError(Exception):
    """A fault the user can mend: ``str(error)`` is the one line that says what to do.

    ``status`` is the exit status of the contract.
    """

    status = 2


class UsageError(GulfbriefError):
    """The command line is wrong: a bad date, an unknown actor, a query that cannot be read."""

    status = 2


class UnknownError(GulfbriefError):
    """Nothing goes by that name (an actor, a document); the line names what comes near."""

    status = 1


class StoreError(GulfbriefError):
    """No index here, or it is damaged, too new, or held by another process."""

    status = 3


class UnreadableError(GulfbriefError):
    """A file that could not be read; the others are indexed all the same. ``passing``: the same
    bytes may be read another time."""

    status = 4

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


class ClusterLostError(GulfbriefError):
    """The cluster that read was lost: the index is as it was after its last whole batch."""

    status = 130
