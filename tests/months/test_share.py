"""The months whose share is written into a picture: each with its month, none over another on a telephone."""

from __future__ import annotations

from datetime import date

from transparency.months.share import SharePoint, labels


def shares(*percents: float) -> tuple[SharePoint, ...]:
    return tuple(SharePoint(date(2021 + place // 12, place % 12 + 1, 1), each) for place, each in enumerate(percents))


def test_the_newest_month_is_written_below_a_lowest_that_is_near() -> None:
    points = shares(18.0, *[8.0] * 17, 7.0, 8.0, 8.0, 8.0, 8.0, 7.4)
    assert [(each.words, each.rows_up, each.anchor) for each in labels(points)] == [
        ("7.0%, July 2022", -1, "middle"),
        ("18.0%, January 2021", 1, "start"),
        ("7.4%, December 2022", -3, "end"),
    ]


def test_a_newest_month_without_room_is_left_to_the_table() -> None:
    crowded = shares(4.0, 6.0, 9.0, 4.5, 5.0)
    assert [each.words for each in labels(crowded)] == ["4.0%, January 2021", "9.0%, March 2021", "5.0%, May 2021"]
    assert [each.rows_up for each in labels(crowded)] == [-1, 1, 1]
    assert [each.words for each in labels(shares(1.0, 2.0, 1.5))] == ["1.0%, January 2021", "2.0%, February 2021"]
