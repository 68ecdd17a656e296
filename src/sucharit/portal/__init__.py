"""The portal (เปิดเผย): the front page, what the public may see, and the ministry's scorecard of a fiscal year."""
