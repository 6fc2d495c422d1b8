"""What the programme set out to do: funders, phases, strategic areas, results, activities, kits.

A kit is a folder of instruments and reference facts, validated and versioned (`kitfile`); loading
one goes through this room's services, which hand the register its places and sectors.
"""
