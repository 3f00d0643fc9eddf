"""Parts that pages are made of: a template each, with its contract at the head, which is held when a page is compiled."""
