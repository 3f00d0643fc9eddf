"""The review workbench: one page, and the fragments that its acts swap."""
