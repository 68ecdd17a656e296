"""Papers of a meeting: invitation letter (หนังสือเชิญประชุม), agenda (ระเบียบวาระการประชุม), minutes (รายงานการประชุม).

``papers.py`` says what stands on them, from plain data (``facts.py``); core.papers sets them as DOCX and PDF.
A paper is a Thai document: its words are Thai whatever the page's language.
"""
