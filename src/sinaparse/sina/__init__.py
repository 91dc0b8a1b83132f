"""Knowledge about Sina's pages, as tables."""
