"""What every screen shares: base template, components, forms, error pages, assets.

No models, no domain. A room above brings its own templates and uses these components; the living
page `/estilo` shows them all.
"""
