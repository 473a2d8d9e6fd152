"""Recognizers of the user's own: from Presidio's YAML files and from entry points.

``files`` reads the YAML strictly and imports nothing heavy; ``plugins`` knows the entry points;
``added`` makes finders of both, and needs Presidio.
"""
