"""What a programme is made of: phases, strategic areas, activities and kits.

A kit is a folder of YAML and Markdown that carries instruments and reference facts as data, so
that another country or another programme needs another kit and no new code.
"""
