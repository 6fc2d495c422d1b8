"""How much of a course earns a certificate of attendance. Pure."""

LEAST_SHARE = 80
"""Per cent of the meetings held that attendance asks for, unless said otherwise."""


def is_enough(came: int, held: int, least_share: int) -> bool:
    """Whether coming to `came` of `held` meetings reaches `least_share` per cent.

    >>> is_enough(4, 5, 80), is_enough(3, 5, 80), is_enough(0, 0, 80)
    (True, False, False)
    """
    return held > 0 and came * 100 >= held * least_share
