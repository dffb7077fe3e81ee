"""Names of issuers that no list has, printed in capitals at the head."""

import pytest

from normalize.tables.issuer import issuer_of, province_of


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("BỘ THỦY SẢN VÀ KINH TẾ BIỂN", "Bộ Thủy sản và Kinh tế biển"),
        ("BỘ DU LỊCH, LỄ HỘI VÀ DI SẢN", "Bộ Du lịch, Lễ hội và Di sản"),
        ("ỦY BAN NHÂN DÂN HUYỆN ĐẢO CÁT VÂN", "Ủy ban nhân dân huyện đảo Cát Vân"),
        ("ỦY BAN NHÂN DÂN THỊ XÃ TÂY LĨNH", "Ủy ban nhân dân thị xã Tây Lĩnh"),
        ("BAN QUẢN LÝ RỪNG TỈNH AN LĨNH", "Ban Quản lý rừng tỉnh An Lĩnh"),
        ("TỈNH ỦY AN LĨNH", "Tỉnh ủy An Lĩnh"),
        ("SỞ THỦY SẢN TỈNH AN LĨNH", "Sở Thủy sản tỉnh An Lĩnh"),
        ("UBND TỈNH AN LĨNH BAN DÂN TỘC", "Ban Dân tộc"),
        ("UBND TỈNH AN LĨNH - TÂY SƠN SỞ THỦY SẢN", "Sở Thủy sản"),
        ("UBND TỈNH AN LĨNH TRUNG TÂM THỦY LỢI", "Trung tâm Thủy lợi"),
        ("THÀNH ỦY AN LĨNH VĂN PHÒNG", "Văn phòng"),
        ("TỈNH ĐOÀN AN LĨNH", "Tỉnh Đoàn An Lĩnh"),
        ("ĐẢNG ỦY TỈNH ĐOÀN", "Đảng ủy Tỉnh đoàn"),
        (
            "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ KHÊ TỈNH AN LĨNH",
            "Hội đồng nhân dân thành phố Khê tỉnh An Lĩnh",
        ),
        # a place that begins like a body
        ("ỦY BAN NHÂN DÂN XÃ TRƯỜNG KHÊ", "Ủy ban nhân dân xã Trường Khê"),
        ("ỦY BAN NHÂN DÂN XÃ ĐÔNG BAN VỐI", "Ủy ban nhân dân xã Đông Ban Vối"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG SỞ KHÊ", "Ủy ban nhân dân phường Sở Khê"),
        ("ỦY BAN NHÂN DÂN TỈNH TRƯỜNG LĨNH", "Ủy ban nhân dân tỉnh Trường Lĩnh"),
        ("ĐẢNG BỘ TỈNH AN LĨNH ĐẢNG ỦY XÃ KHE VỐI", "Đảng ủy xã Khe Vối"),
    ],
)
def test_capitals_are_written_as_names_are(printed: str, issuer: str) -> None:
    assert issuer_of(printed, "Kế hoạch") == issuer


@pytest.mark.parametrize(
    ("printed", "province"),
    [
        ("SỞ THỦY SẢN TỈNH AN LĨNH", "An Lĩnh"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH AN LĨNH", "An Lĩnh"),
        ("ỦY BAN NHÂN DÂN TỈNH AN LĨNH BAN DÂN TỘC", "An Lĩnh"),
        ("TỈNH ỦY AN LĨNH BAN TỔ CHỨC", "An Lĩnh"),
        ("ỦY BAN NHÂN DÂN TỈNH ĐÔNG TRƯỜNG LĨNH", "Đông Trường Lĩnh"),
        ("UBND TỈNH AN LĨNH - TÂY SƠN SỞ THỦY SẢN", "An Lĩnh - Tây Sơn"),
        ("ĐẢNG BỘ TỈNH AN LĨNH ĐẢNG ỦY XÃ KHE VỐI", "An Lĩnh"),
        ("TỈNH ỦY AN LĨNH - TÂY SƠN", "An Lĩnh - Tây Sơn"),
        ("TỈNH ĐOÀN AN LĨNH", "An Lĩnh"),
        ("BAN THƯỜNG VỤ TỈNH ĐOÀN AN LĨNH", "An Lĩnh"),
        ("TỈNH ĐOÀN", ""),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ KHÊ, TỈNH AN LĨNH", "An Lĩnh"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ AN LĨNH", "An Lĩnh"),
        ("SỞ THỦY SẢN", ""),
    ],
)
def test_the_province_is_that_of_the_issuer_or_of_the_body_above_it(
    printed: str, province: str
) -> None:
    assert province_of(printed, ()) == province
