"""A file's envelope: its front matter as values, and the HTML body that is still to be read.

- ``encoding``: from bytes to text;
- ``hexo``: fences, the exporter's own shapes of front matter, and the envelope;
- ``dates``: the front matter's date;
- ``repairs``: front matter in any other shape: faults, titles, and lines that are no YAML;
- ``front_matter``: YAML;
- ``fields``: what the readers of front matter share.
"""

from sinaparse.export.hexo import Envelope, Export, read_export

__all__ = ["Envelope", "Export", "read_export"]
