"""From the cleaned tree to typed blocks, and from blocks to sections, captions and credits."""
