"""Names of issuers that no list has, printed in capitals at the head."""

import pytest

from normalize.tables.issuer import issuer_of


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("BỘ THỦY SẢN VÀ KINH TẾ BIỂN", "Bộ Thủy sản và Kinh tế biển"),
        ("BỘ DU LỊCH, LỄ HỘI VÀ DI SẢN", "Bộ Du lịch, Lễ hội và Di sản"),
        ("ỦY BAN NHÂN DÂN HUYỆN ĐẢO CÁT VÂN", "Ủy ban nhân dân huyện đảo Cát Vân"),
        ("ỦY BAN NHÂN DÂN THỊ XÃ TÂY LĨNH", "Ủy ban nhân dân thị xã Tây Lĩnh"),
        ("BAN QUẢN LÝ RỪNG TỈNH AN LĨNH", "Ban Quản lý rừng tỉnh An Lĩnh"),
        ("TỈNH ỦY AN LĨNH", "Tỉnh ủy An Lĩnh"),
    ],
)
def test_capitals_are_written_as_names_are(printed: str, issuer: str) -> None:
    assert issuer_of(printed, "Kế hoạch") == issuer
