"""The Lantu site: the office where a plan is read, reviewed, approved and changed by due procedure."""
