"""Those who deliver and carry on: their money, their maturity, the transition, the hand-over.

Full cost and who paid it, cycle by cycle; progress markers on three dimensions of sustainability;
the transition plan with owner, date and evidence; the copy of its own data a partner takes home.
"""
