"""TWO TREES OF FILES: which definitions differ, which are the same under another name or in another place."""
