"""A file's envelope: its front matter as values, and the HTML body that is still to be read."""

from sinaparse.export.hexo import Envelope, Export, read_export

__all__ = ["Envelope", "Export", "read_export"]
