"""A language model that reads again, off unless the settings name one."""
