#!/usr/bin/env python
"""Django's usual entry; operators use the `digna` command, which is the same thing."""

from digna.config.command import main

if __name__ == "__main__":
    main()
