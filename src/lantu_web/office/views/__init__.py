"""One file per group of screens; each view is opened by a door of ``lantu_web.office.doors``."""
