"""What happens in the made-up wards beyond chance: the turns that give each ward its course.

Only data stands here; ``generate.py`` reads it. Ward 01 is the ward the shipped review shows, so
most of its turns are set by hand. Notes are in Vietnamese, as an office would write them.
"""

from __future__ import annotations

# Skill in 2010 and its drift a year: 0 is an ordinary ward, 1 a model one. Then residents a
# household, and offences for each thousand residents in 2010.
WARDS: dict[str, tuple[float, float, float, float]] = {
    "ward-01": (0.00, 0.05, 3.9, 8.4),  # mixed, slowly better
    "ward-02": (0.60, 0.05, 3.8, 7.1),  # small and good
    "ward-03": (-0.70, 0.32, 4.1, 9.2),  # from the bottom to the top
    "ward-04": (0.20, 0.00, 3.7, 8.6),  # too small for targets set as plain numbers
    "ward-05": (0.55, -0.20, 4.2, 7.4),  # began well, tired
    "ward-06": (0.80, 0.05, 3.8, 6.3),  # the model ward
    "ward-07": (0.25, 0.00, 4.0, 7.8),  # received part of ward 08
    "ward-08": (0.05, 0.05, 4.0, 8.0),  # gave part of itself to ward 07
    "ward-09": (-0.10, 0.05, 3.8, 8.9),  # ordinary, with a year the police did not report
    "ward-10": (-0.75, -0.04, 4.3, 7.3),  # large and lagging
}

# The boundary change of 1 July 2013: residents gained.
MOVED_IN = 2013
MOVED = {"ward-07": 1900, "ward-08": -1900}
MOVED_NOTES = {
    ("ward-07", 2013): "Từ 01-7-2013 nhận một phần Phường 08; số năm 2013 gồm cả địa bàn mới",
    ("ward-07", 2014): "Cả năm theo địa giới mới; không so trực tiếp được với trước 2013",
    ("ward-08", 2013): "Từ 01-7-2013 chuyển một phần sang Phường 07",
    ("ward-08", 2014): "Cả năm theo địa giới mới; không so trực tiếp được với trước 2013",
}

# Facts set by hand: ward, fact, year: what the official report says; or what December estimated
# and what the official report says; or these two and a later correction.
Reported = float | tuple[float, float] | tuple[float, float, float]
PATHS: dict[str, dict[str, dict[int, Reported]]] = {
    "ward-01": {
        "criminal-offences": {2010: 104, 2011: 98, 2012: (92, 93), 2013: (88, 90), 2014: 83, 2015: 80},
        "case-clearance": {
            2010: 69, 2011: 71, 2012: (66, 64, 66), 2013: (63, 65), 2014: 61, 2015: 55,
        },
        "serious-crimes": {2011: 0, 2012: 1, 2013: 0, 2014: 0, 2015: 0},
        "fires-explosions": {2011: 0, 2012: 2, 2013: (0, 1), 2014: 0, 2015: 0},
        "unpermitted-construction": {2010: 6, 2011: 4, 2012: 3, 2013: 2, 2014: 0, 2015: 1},
        "members-in-breach": {2011: 1, 2012: 0, 2013: 0, 2015: 0},
        "births": {2013: (187, 191)},
        "third-births": {2012: 6, 2013: (5, 6), 2014: 5, 2015: 4},
        "cultural-families": {2013: (2912, 2989)},
        "poor-households": {2010: 229, 2011: 205, 2012: 178, 2013: (146, 143), 2014: 74, 2015: 11},
        "budget-expenditure assigned": {2013: 6.1},
        "budget-expenditure": {2013: (5.905, 6.174)},
        "tax-revenue assigned": {2014: 8.9},
        "tax-revenue": {2014: (9.02, 9.07, 8.862)},
        "blood-donation assigned": {2011: 150},
        "blood-donation": {2011: (147, 153)},
        "new-party-members": {2010: 4, 2011: 5, 2012: 4, 2013: (5, 6), 2014: 3, 2015: 4},
        "women-union-new-members": {2013: (1265, 1312)},
        "youth-union-new-members": {2013: (100, 100)},
        "front-unions-excellent": {2010: 0, 2011: 0, 2012: 1, 2013: 0, 2014: 1, 2015: 1},
        "veterans-cultural-families": {2011: 1, 2012: 1, 2013: 0, 2014: 1, 2015: 0},
        "staff": {2010: 24, 2011: 24, 2012: 25, 2013: 25, 2014: 25, 2015: 26},
        "staff-qualified": {2010: 20, 2011: 21, 2012: 24, 2013: 25, 2014: 25, 2015: 26},
        "new-addicts": {2013: 0},
        "new-addicts-treated": {2013: 0},
        **{f"cultural kp-{k}": dict.fromkeys(range(2010, 2016), 1) for k in (1, 4, 5)},
        "cultural kp-2": {2010: 0, 2013: 0, 2014: 1, 2015: 1},
        "cultural kp-3": {2010: 0, 2013: 0, 2014: 0, 2015: 1},
        "cultural kp-6": {2010: 0, 2011: 0, 2012: 0, 2013: 0, 2014: 1, 2015: 1},
        "rescue kp-1": {2010: 0, 2011: 1, 2012: 1, 2013: 1, 2014: 1, 2015: 1},
        "rescue kp-2": {2010: 0, 2011: 0, 2012: 0, 2013: 0, 2014: 1, 2015: 1},
        "rescue kp-3": {2010: 0, 2011: 0, 2012: 0, 2013: 0, 2014: 0, 2015: 1},
        "rescue kp-4": {2010: 0, 2011: 0, 2012: 1, 2013: 1, 2014: 1, 2015: 1},
        "rescue kp-5": {2010: 0, 2011: 0, 2012: 0, 2013: 0, 2014: 1, 2015: 1},
        "rescue kp-6": {2010: 0, 2011: 0, 2012: 0, 2013: 0, 2014: 0, 2015: 1},
    },
    "ward-03": {"new-party-members": {2012: (4, 5)}, "alleys-upgraded": {2014: (0, 1)}},
    "ward-06": {"poor-households": {2014: 9, 2015: (1, 0)}},
    "ward-10": {"fires-explosions": {2013: (1, 2, 3)}, "serious-crimes": {2012: (0, 1)}},
}  # fmt: skip

# Remarks on the newest report of a figure.
NOTES: dict[tuple[str, int, str], str] = {
    ("ward-01", 2011, "blood-donation"): "Thêm đợt hiến máu cuối tháng 12 sau ngày ước thực hiện",
    ("ward-01", 2012, "criminal-offences"): "Thêm 1 vụ sau khi đối chiếu với Công an Quận",
    ("ward-01", 2012, "case-clearance"): "Phục hồi điều tra, khám phá thêm 2 vụ của năm 2012",
    ("ward-01", 2012, "staff-qualified"): "Còn 1 người đang học lớp trung cấp",
    ("ward-01", 2012, "fires-explosions"): "02 vụ chập điện, thiệt hại nhỏ",
    ("ward-01", 2013, "criminal-offences"): "Thêm 2 vụ sau khi đối chiếu với Công an Quận",
    ("ward-01", 2013, "fires-explosions"): "Vụ chập điện ngày 27-12, sau báo cáo ước thực hiện",
    ("ward-01", 2013, "front-unions-excellent"): "Hội Chữ thập đỏ xếp loại khá",
    ("ward-01", 2013, "veterans-cultural-families"): "02 gia đình hội viên chưa đạt chuẩn",
    ("ward-01", 2013, "third-births"): "Thêm 1 trường hợp đăng ký khai sinh muộn",
    ("ward-01", 2013, "cultural-families"): "Bình xét bổ sung trong tháng 01-2014",
    ("ward-01", 2013, "budget-expenditure"): "Gồm khoản chi trong thời gian chỉnh lý quyết toán",
    ("ward-01", 2013, "women-union-new-members"): "Gồm hội viên chuyển sinh hoạt đến cuối năm",
    ("ward-01", 2013, "new-addicts-treated"): "Không phát hiện người nghiện mới",
    ("ward-01", 2014, "tax-revenue"): "Giảm do thoái thu sau kiểm tra quyết toán thuế",
    ("ward-01", 2015, "poor-households"): "Còn 11 hộ già yếu, bệnh tật, không còn sức lao động",
    ("ward-10", 2013, "fires-explosions"): "Bổ sung 1 vụ theo kết luận điều tra",
}

# Years in which a figure has a state instead of a number.
Stated = dict[tuple[str, int, str], tuple[str, str]]
STATES: Stated = {
    ("ward-01", 2012, "women-union-household-coverage"): (
        "missing", "Chưa rà soát số hộ có phụ nữ từ 18 tuổi"),
    ("ward-01", 2013, "under-six-health-insurance"): (
        "missing", "Bảo hiểm xã hội Quận chưa đối chiếu danh sách thẻ"),
    ("ward-01", 2013, "veterans-growth"): ("missing", "Hội chưa gửi báo cáo tổng kết năm"),
    ("ward-01", 2013, "social-supervision"): ("missing", "Báo cáo năm không nêu nội dung này"),
    ("ward-01", 2013, "relapsed-addicts-treated"): ("suppressed", "Không công bố: số người quá ít"),
    ("ward-01", 2014, "members-in-breach"): ("suppressed", "Không công bố: số người quá ít"),
    ("ward-01", 2011, "rescue-teams"): ("not_due", "Chưa đến hạn, xây dựng kế hoạch thành lập"),
    ("ward-01", 2013, "cultural-neighbourhoods-term-end"): (
        "not_due", "Xét công nhận vào cuối nhiệm kỳ"),
    ("ward-01", 2014, "charity-houses"): ("not_applicable", "Không có nhu cầu được duyệt trong năm"),
    ("ward-02", 2012, "charity-houses"): ("not_applicable", "Không có nhu cầu được duyệt trong năm"),
    ("ward-06", 2014, "charity-houses"): ("not_applicable", "Không có nhu cầu được duyệt trong năm"),
    ("ward-06", 2015, "charity-houses"): ("not_applicable", "Không có nhu cầu được duyệt trong năm"),
    ("ward-04", 2014, "party-in-military-youth"): (
        "not_applicable", "Không có thanh niên tại ngũ trong năm"),
    ("ward-10", 2011, "women-union-household-coverage"): ("missing", "Chưa rà soát số hộ"),
    ("ward-10", 2012, "veterans-growth"): ("missing", "Hội chưa gửi báo cáo tổng kết năm"),
    ("ward-10", 2014, "attendance-neighbourhood-cells"): (
        "missing", "Một số chi bộ không ghi sổ theo dõi"),
    ("ward-10", 2014, "noncompliant-construction"): ("missing", "Báo cáo năm không nêu"),
    ("ward-02", 2012, "members-in-breach"): ("suppressed", "Không công bố: số người quá ít"),
    ("ward-04", 2011, "relapsed-addicts-treated"): ("suppressed", "Không công bố: số người quá ít"),
    ("ward-04", 2013, "new-addicts-treated"): ("suppressed", "Không công bố: số người quá ít"),
    ("ward-04", 2013, "third-births"): ("suppressed", "Không công bố: số trường hợp quá nhỏ"),
    ("ward-09", 2014, "relapsed-addicts-treated"): ("suppressed", "Không công bố: số người quá ít"),
}  # fmt: skip

# Goals whose figure is not looked at before the term nears its end: stated as not due until then.
NOT_DUE_UNTIL = {"cultural-neighbourhoods-term-end": (2013, "Xét công nhận vào cuối nhiệm kỳ")}

# Figures an office gave as words: low, high (None is an open end) and the words.
INTERVALS: dict[tuple[str, int, str], tuple[float | None, float | None, str]] = {
    ("ward-01", 2013, "youth-union-new-members"): (100, None, "từ 100 trở lên"),
    ("ward-01", 2014, "women-union-household-coverage"): (91, 92, "khoảng 91-92%"),
    ("ward-05", 2012, "red-cross-new-members"): (75, 85, "khoảng 75-85 hội viên"),
    ("ward-10", 2013, "cultural-families"): (84, 86, "84-86%"),
}

# Estimates of December that no official report ever confirmed.
UNCONFIRMED = {
    ("ward-01", 2013, "attendance-neighbourhood-cells"),
    ("ward-03", 2011, "women-union-household-coverage"),
    ("ward-08", 2014, "statutory-funds"),
}
UNCONFIRMED_NOTE = "Ước thực hiện; không có báo cáo chính thức"

# Quotas of which no decision assigning a figure is known.
UNASSIGNED = {
    ("ward-01", 2013, "statutory-funds"),
    ("ward-04", 2012, "blood-donation"),
    ("ward-09", 2014, "reserve-force-call-up"),
}
UNASSIGNED_NOTE = "Không tìm thấy quyết định giao chỉ tiêu của năm"

# Bodies (by their Vietnamese name in the plan) that sent no report in a year.
SILENT = {("ward-09", 2012): "Công an phường"}
SILENT_NOTE = "Công an phường không gửi báo cáo năm 2012"

# What an office writes when a figure is simply not there; used by chance in wards other than 01.
MISSING_NOTES = (
    "Báo cáo năm không nêu",
    "Chưa nhận được báo cáo của đơn vị phụ trách",
    "Số liệu thất lạc khi thay đổi cán bộ",
)
