"""Resolutions (มติที่ประชุม): tasks that come of them, forwarding up and down the tree, what is public."""
