"""Sơn Khê, a highland province: a resolution of the party committee with growth in three periods.

Party head, two signers, footnotes; groups `A`, `B` with `I`, `II` below them in the column of the
task, tasks numbered through the whole table with closing dots, sub-rows `a)`; one column of bodies
whose words name the roles; a column that the contract does not know (Cấp trình).
"""

from tests.sample.forms import Column, FormProgramme, Part, Signer, text_of
from tests.sample.programmes.values import DEADLINES, FUNDINGS

ATTACHED = "(Kèm theo Nghị quyết số 06-NQ/TU, ngày 12/12/2025 của Ban Chấp hành Đảng bộ tỉnh)"

PROGRAMME = FormProgramme(
    name="highland",
    kind="Nghị quyết",
    province="Sơn Khê",
    issuer="Tỉnh ủy Sơn Khê",
    issuer_lines=("TỈNH ỦY SƠN KHÊ", "*"),
    motto_lines=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    number_line="Số 06-NQ/TU",
    number="06-NQ/TU",
    date="2025-12-12",
    place_and_date="Sơn Khê, ngày 12 tháng 12 năm 2025",
    title_lines=(
        "NGHỊ QUYẾT",
        "CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH",
        "về kinh tế rừng, hạ tầng buôn làng và con người Sơn Khê",
        "giai đoạn 2026 - 2030",
    ),
    term="",
    prose=text_of("highland-prose"),
    signers=(
        Signer(("XÁC NHẬN CỦA", "VĂN PHÒNG TỈNH ỦY", "CHÁNH VĂN PHÒNG"), "Hồ Kpă Thiêng"),
        Signer(("T/M BAN CHẤP HÀNH", "BÍ THƯ"), "Rơ Châm Quốc Việt"),
    ),
    recipients=(
        "- Bộ Chính trị, Ban Bí thư (để báo cáo),",
        "- Các đảng ủy trực thuộc Tỉnh ủy,",
        "- Các đồng chí Tỉnh ủy viên,",
        "- Lưu Văn phòng Tỉnh ủy.",
    ),
    parts=(
        Part(
            kind="indicators",
            label="PHỤ LỤC I",
            title=("CHỈ TIÊU CHỦ YẾU ĐẾN NĂM 2030",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 6),
                Column("name", ("Tên chỉ tiêu",), 40),
                Column("unit", ("Đơn vị", "tính"), 13),
                Column("values", ("Mục tiêu", "đến năm 2030"), 16, role="target"),
                Column("lead", ("Cơ quan", "chủ trì"), 25),
            ),
            fields=("name", "unit", "values", "lead"),
            text=text_of("highland-indicators"),
            landscape=False,
        ),
        Part(
            kind="growth",
            label="PHỤ LỤC II",
            title=("TĂNG TRƯỞNG VÀ CƠ CẤU KINH TẾ",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 6),
                Column("name", ("Chỉ tiêu",), 40),
                Column("unit", ("ĐVT",), 10),
                Column("values", ("Giai đoạn", "2021 - 2025"), 15),
                Column("values", ("Giai đoạn", "2026 - 2028"), 15),
                Column("values", ("Giai đoạn", "2026 - 2030"), 15),
            ),
            fields=("name", "unit", "values"),
            text=text_of("highland-growth"),
            group_cells=True,
            landscape=False,
        ),
        Part(
            kind="tasks",
            label="PHỤ LỤC III",
            title=("DANH MỤC NHIỆM VỤ, DỰ ÁN",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 5),
                Column("task", ("Tên nhiệm vụ, dự án",), 34, align="justify"),
                Column("bodies", ("Cơ quan chủ trì,", "cơ quan phối hợp"), 28),
                Column("deadline", ("Thời gian", "thực hiện"), 13),
                Column("funding", ("Nguồn vốn",), 14),
                Column("extra", ("Cấp trình",), 12),
            ),
            fields=("task", "lead", "coordinating", "deadline", "funding", "Cấp trình"),
            text=text_of("highland-tasks"),
            group_cells=True,
            bodies="roles-inline",
            note="* Cơ quan chủ trì chịu trách nhiệm đến khi nhiệm vụ được nghiệm thu.",
        ),
    ),
    deadlines=DEADLINES,
    fundings=FUNDINGS,
    citations=(
        (
            "Quyết định số 611/QĐ-TTg, ngày 08/7/2024 của Thủ tướng Chính phủ",
            "611/QĐ-TTg",
            "2024-07-08",
        ),
        (
            "Báo cáo số 118-BC/BCSĐ, ngày 06/8/2025 của Ban cán sự đảng Ủy ban nhân dân tỉnh",
            "118-BC/BCSĐ",
            "2025-08-06",
        ),
    ),
    notice="Tài liệu này thuộc sở hữu của các cơ quan Đảng. Việc phát tán, sử dụng trái phép bị "
    "nghiêm cấm",
)
