import gc

import pytest

from kg.pipeline.memory import NEW, seldom_collected


def test_the_pace_of_collecting_is_put_back_whatever_happens() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom_collected():
        assert gc.get_threshold()[0] == NEW
        raise ZeroDivisionError
    assert gc.get_threshold() == before
