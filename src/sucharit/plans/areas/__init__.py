"""Area-based administration (การบริหารงานเชิงพื้นที่): what every agency does in a province, district or tambon.

Overlaps and gaps come from ``plans/engine/overlaps.py``; ``queries/`` reads an area or the whole country in a
constant number of queries; a gap becomes an action item (``services.py``). docs/areas.md.
"""
