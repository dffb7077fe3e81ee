"""Tân Giang, a province of the delta: a decision of the people's committee with two tables of work.

Never tuned on: what the pipeline makes of it is looked at once, when all else is done, and quoted
apart.

State head, one signer; prose without numbered headings at its beginning; an appendix of tasks under
dotted groups with whole numbers and sub-rows led by dashes, bodies on lines; a second one of
projects numbered `01`, `02`, ... in each lettered group, one column of bodies without a role and a
column for those in charge; indicators that begin anew in each group, joined bodies with semicolons;
other names of the columns.
"""

from tests.sample.forms import Column, FormProgramme, Part, Signer, text_of
from tests.sample.programmes.heads import committee_head
from tests.sample.programmes.values import DEADLINES, FUNDINGS

ATTACHED = (
    "(Ban hành kèm theo Quyết định số 2214/QĐ-UBND ngày 08 tháng 12 năm 2025 của Ủy ban nhân dân "
    "tỉnh)"
)

PROGRAMME = FormProgramme(
    name="delta",
    kind="Quyết định",
    **committee_head("Tân Giang", "2214/QĐ-UBND", "2025-12-08"),
    title_lines=(
        "QUYẾT ĐỊNH",
        "về thích ứng với hạn mặn và chuyển đổi nông nghiệp,",
        "giai đoạn 2026 - 2030",
    ),
    term="",
    prose=text_of("delta-prose"),
    signers=(Signer(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Lục Bình"),),
    recipients=(
        "- Như Điều 3;",
        "- Thường trực Tỉnh ủy;",
        "- Ủy ban nhân dân các xã, phường;",
        "- Lưu: VT, NN.",
    ),
    parts=(
        Part(
            kind="tasks",
            label="Phụ lục 1",
            title=("PHÂN CÔNG NHIỆM VỤ",),
            attached=ATTACHED,
            columns=(
                Column("number", ("Số", "TT"), 6),
                Column("task", ("Nội dung nhiệm vụ",), 30, align="justify"),
                Column("lead", ("Cơ quan", "tham mưu"), 17),
                Column("coordinating", ("Đơn vị", "phối hợp"), 19),
                Column("product", ("Kết quả",), 12),
                Column("deadline", ("Thời gian trình",), 13),
                Column("funding", ("Kinh phí",), 13),
            ),
            fields=("task", "lead", "coordinating", "deadline", "funding", "product"),
            text=text_of("delta-tasks"),
            bodies="lines",
        ),
        Part(
            kind="indicators",
            label="Phụ lục 2",
            title=("HỆ THỐNG CHỈ TIÊU",),
            attached=ATTACHED,
            columns=(
                Column("number", ("STT",), 6),
                Column("name", ("Chỉ tiêu",), 40),
                Column("unit", ("ĐVT",), 13),
                Column("values", ("Mục tiêu 2030",), 16, role="target"),
                Column("lead", ("Đơn vị chủ trì",), 25),
            ),
            fields=("name", "unit", "values", "lead"),
            text=text_of("delta-indicators"),
            numbering="group",
            landscape=False,
        ),
        Part(
            kind="tasks",
            label="Phụ lục 3",
            title=("DANH MỤC DỰ ÁN",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 6),
                Column("task", ("Tên nhiệm vụ",), 40),
                Column("lead", ("Cơ quan thực hiện",), 24),
                Column("deadline", ("Thời hạn",), 14),
                Column("extra", ("Lãnh đạo phụ trách",), 20),
            ),
            fields=("task", "lead", "deadline", "Lãnh đạo phụ trách"),
            text=text_of("delta-projects"),
            numbering="group",
            bodies="semicolons",
            column_numbers=True,
        ),
    ),
    deadlines=DEADLINES,
    fundings=FUNDINGS,
    citations=(
        (
            "Kết luận số 77-KL/TU, ngày 03/11/2025 của Ban Thường vụ Tỉnh ủy Tân Giang",
            "77-KL/TU",
            "2025-11-03",
        ),
        ("Nghị định số 38/2023/NĐ-CP, ngày 24/6/2023 của Chính phủ", "38/2023/NĐ-CP", "2023-06-24"),
    ),
    face="termes",
)
