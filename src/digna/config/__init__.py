"""Settings, URLs and the `digna` command: where the rooms are wired together.

Owns no domain. The operator's commands (`doctor`, `backup`, `restore`, `serve`) live here
because they look at the whole house.
"""
