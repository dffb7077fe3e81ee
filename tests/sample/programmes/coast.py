"""Bình Hải, a province on the coast: a plan of the people's committee that lists its work first.

State head; tasks anew in each Roman group, a product and a note and no funding, bodies joined with
commas, `nt` for the value above; a row of column numbers; indicators with a base year and a road
map under a second header row.
"""

from tests.sample.forms import Column, FormProgramme, Part, Signer, text_of
from tests.sample.programmes.heads import committee_head
from tests.sample.programmes.values import DEADLINES, FUNDINGS

PROGRAMME = FormProgramme(
    name="coast",
    kind="Kế hoạch",
    **committee_head("Bình Hải", "187/KH-UBND", "2025-11-26"),
    title_lines=(
        "KẾ HOẠCH",
        "thực hiện Chương trình hành động của Tỉnh ủy về phát triển",
        "kinh tế biển và an sinh vùng ven bờ, giai đoạn 2026 - 2030",
    ),
    term="",
    prose=text_of("coast-prose"),
    signers=(
        Signer(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phan Đức Hải Triều"),
    ),
    recipients=(
        "- Văn phòng Chính phủ (để b/c);",
        "- Thường trực Tỉnh ủy, HĐND tỉnh;",
        "- Các sở, ban, ngành;",
        "- UBND các xã, phường;",
        "- Lưu: VT, KTN.",
    ),
    parts=(
        Part(
            kind="tasks",
            label="Biểu số 01",
            title=("DANH MỤC CÔNG VIỆC VÀ PHÂN CÔNG THỰC HIỆN",),
            attached="(Kèm theo Kế hoạch số 187/KH-UBND ngày 26/11/2025 của Ủy ban nhân dân tỉnh)",
            columns=(
                Column("number", ("STT",), 5),
                Column("task", ("Nội dung công việc",), 30, align="justify"),
                Column("lead", ("Đơn vị chủ trì",), 15),
                Column("coordinating", ("Đơn vị phối hợp",), 20),
                Column("deadline", ("Thời gian", "hoàn thành"), 12),
                Column("product", ("Sản phẩm",), 14),
                Column("note", ("Ghi chú",), 10),
            ),
            fields=("task", "lead", "coordinating", "deadline", "product", "note"),
            text=text_of("coast-tasks"),
            numbering="group",
            column_numbers=True,
            bodies="commas",
        ),
        Part(
            kind="indicators",
            label="Biểu số 02",
            title=("LỘ TRÌNH THỰC HIỆN CÁC CHỈ TIÊU",),
            attached="(Kèm theo Kế hoạch số 187/KH-UBND ngày 26/11/2025 của Ủy ban nhân dân tỉnh)",
            columns=(
                Column("number", ("TT",), 5),
                Column("name", ("Chỉ tiêu",), 28),
                Column("unit", ("ĐVT",), 10),
                Column("values", ("TH 2025",), 9, over=("Lộ trình thực hiện",), role="baseline"),
                Column("values", ("2026",), 9, over=("Lộ trình thực hiện",), role="milestone"),
                Column("values", ("2027",), 9, over=("Lộ trình thực hiện",), role="milestone"),
                Column("values", ("2028",), 9, over=("Lộ trình thực hiện",), role="milestone"),
                Column("values", ("2029",), 9, over=("Lộ trình thực hiện",), role="milestone"),
                Column(
                    "values",
                    ("Mục tiêu", "đến năm 2030"),
                    12,
                    over=("Lộ trình thực hiện",),
                    role="target",
                ),
                Column("lead", ("Cơ quan", "theo dõi"), 18),
            ),
            fields=("name", "unit", "values", "lead"),
            text=text_of("coast-indicators"),
            repeated=False,
        ),
    ),
    deadlines=DEADLINES,
    fundings=FUNDINGS,
    citations=(
        (
            "Chương trình hành động số 09-CTr/TU, ngày 14/10/2025 của Tỉnh ủy Bình Hải",
            "09-CTr/TU",
            "2025-10-14",
        ),
        ("Chỉ thị số 32-CT/TW, ngày 10/4/2024 của Ban Bí thư", "32-CT/TW", "2024-04-10"),
        ("Luật số 58/2024/QH15, ngày 29/11/2024 của Quốc hội", "58/2024/QH15", "2024-11-29"),
    ),
)
