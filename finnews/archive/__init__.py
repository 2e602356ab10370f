"""The archive: JSON Lines files, each record once, and their index."""

from finnews.archive.store import Archive, ArchiveError, DamagedIndex, OtherSite

__all__ = ["Archive", "ArchiveError", "DamagedIndex", "OtherSite"]
