"""One module a noun: profile, money, fees, maturity, transition, copies."""
