"""Business rounds: wishes, a timetable near its proven bound, the day itself, and what followed.

Owns rounds, their participants and wishes, timetables with why a wish was not met, the floor on
the day (check-in, no-shows, waiting list, one-minute slips) and the follow-up of each meeting.
"""
