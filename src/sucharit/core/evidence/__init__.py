"""Evidence files (หลักฐาน): what stands behind a figure, kept privately and never deleted.

Start reading at ``services.py`` (add, add a version, withdraw), then ``sniffing.py`` (what a file
really is) and ``views.py`` (the one checked way to a file). How to use it: docs/evidence.md.
"""
