"""The one register: people, enterprises, organisations and places, with dated links and facts.

Owns the identity of everybody the programme meets. Search before create; doubtful pairs go to a
queue; merging is previewed and can be undone; a person can be erased while last year's counts
stay. Spreadsheets come in through `imports`, with every problem listed by cell.
"""
