"""Text of old Vietnamese fonts is told from other languages' words and from signs."""

from __future__ import annotations

import pytest

from planlib.figures.legacy_fonts import legacy_text


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("Tû lÖ hé nghÌo", "TCVN3", "Tỷ lệ hộ nghèo"), ("Kh«ng cã", "TCVN3", "Không có"),
        ("§¹i héi §¶ng bé ph­êng", "TCVN3", "Đại hội Đảng bộ phường"),
        ("Q§-UBND cña HuyÖn", "TCVN3", "QĐ-UBND của Huyện"), ("x· Hßa B×nh", "TCVN3", "xã Hòa Bình"),
        ("PhÇn tr¨m (%)", "TCVN3", "Phần trăm (%)"), ("Thùc hiÖn 2013", "TCVN3", "Thực hiện 2013"),
        ("Ñaûng boä phöôøng", "VNI", "Đảng bộ phường"), ("Khoâng", "VNI", "Không"),
        ("Ñôn vò", "VNI", "Đơn vị"), ("Tyû leä hoä ngheøo", "VNI", "Tỷ lệ hộ nghèo"),
        ("Tï l® hµ nghèo", "VISCII", "Tỉ lệ hộ nghèo"),
    ],
)  # fmt: skip
def test_old_encodings_are_recognised_with_what_they_read(
    text: str, encoding: str, meant: str
) -> None:
    assert legacy_text(text) == (encoding, meant)


@pytest.mark.parametrize(
    "text",
    [
        "µg/m³", "Growth¹", "ISO®", "a×b", "«…»", "« Größe »", "Größe", "España", "café", "m²", "25 °C",
        "±5", "½ cup", "§ 5", "© 2013", "n° 1", "£m", "µm", "m×n", "N·m", "kW·h", "Mª José", "Taux d’accès",
        "là où", "Thaï", "aún", "São José", "não há", "Señor", "El Niño", "Köln", "für", "Straße",
        "Österreich", "båt på havet", "ø", "Øst", "Müdürlüğü", "naïve crème brûlée", "coût", "Bogotá",
        "Tỷ lệ hộ nghèo", "Khoa học", "Hà Nội", "Côn Sơn", "Ðông Hà", "Niveau d’éducation", "avô", "ação",
    ],
)  # fmt: skip
def test_signs_units_and_other_languages_are_left_alone(text: str) -> None:
    assert legacy_text(text) is None


def test_a_font_of_before_unicode_decides_where_the_word_alone_does_not() -> None:
    assert legacy_text("Ñôn") is None
    assert legacy_text("Ñôn", "VNI-Times") == ("VNI", "Đơn")
    assert legacy_text("µg/m³", ".VnTime") is None
