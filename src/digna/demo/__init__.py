"""The synthetic programme: invented people, firms and sessions, so that everything can be seen.

Nobody in it exists, and every screen says so. `programme` writes it through the same services as
real data, in the published proportions: 263 people trained of whom 158 women, three sectors, six
departments, four conversatorios shared by four programmes. `bulk` makes the large fixture.
"""
