"""Going out to the network (การติดต่อออกนอกระบบ): never to an address inside the office.

Start at ``guard.py``: resolve, check every address, connect to the very one that was checked.
``sending.py`` posts a small body; reading pages is ``assessments/proof/fetching.py``.
"""
