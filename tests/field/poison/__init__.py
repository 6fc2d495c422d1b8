"""An intake that breaks, so that what happens then can be seen. Only in the chaos suite."""
