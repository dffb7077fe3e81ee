"""Phượng Lĩnh, a province of hills and tea: a plan with three lists of work.

State head, one signer; prose without numbered headings at its beginning; an appendix of tasks
under dotted groups with whole numbers, one group without a second level, sub-rows led by dashes,
bodies on lines; one of works numbered `01`, `02`, ... in each lettered group, one column of bodies
without a role, a column for those in charge, a row of column numbers; one without groups whose
sub-rows are 4.1 under 4, both roles on lines of one cell; indicators that begin anew in each group,
several bodies on lines;
footnotes whose marks stand in a table.
"""

from tests.sample.forms import Column, FormProgramme, Part, Signer, text_of
from tests.sample.programmes.heads import committee_head
from tests.sample.programmes.values import DEADLINES, FUNDINGS

ATTACHED = "(Kèm theo Kế hoạch số 341/KH-UBND ngày 19 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh)"

PROGRAMME = FormProgramme(
    name="midland",
    kind="Kế hoạch",
    **committee_head("Phượng Lĩnh", "341/KH-UBND", "2026-01-19"),
    title_lines=(
        "KẾ HOẠCH",
        "phục hồi vùng chè, hồ đập và làng nghề,",
        "giai đoạn 2026 - 2030",
    ),
    term="",
    prose=text_of("midland-prose"),
    signers=(Signer(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lưu Thế Hoành"),),
    recipients=(
        "- Thường trực Hội đồng nhân dân tỉnh;",
        "- Các sở, ban, ngành;",
        "- Ủy ban nhân dân các xã, phường;",
        "- Lưu: VT, KT.",
    ),
    parts=(
        Part(
            kind="tasks",
            label="Phụ lục 1",
            title=("DANH MỤC NHIỆM VỤ",),
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
            text=text_of("midland-tasks"),
            bodies="lines",
            footnotes=(
                ("1", "Cây có đường kính gốc từ 30 cm trở lên, đo ở độ cao 20 cm."),
                ("2", "Danh sách do Chi cục Thủy lợi lập năm 2024, bổ sung hằng năm."),
            ),
        ),
        Part(
            kind="indicators",
            label="Phụ lục 2",
            title=("CHỈ TIÊU PHẤN ĐẤU",),
            attached=ATTACHED,
            columns=(
                Column("number", ("STT",), 6),
                Column("name", ("Chỉ tiêu",), 40),
                Column("unit", ("ĐVT",), 13),
                Column("values", ("Mục tiêu 2030",), 16, role="target"),
                Column("lead", ("Đơn vị chủ trì",), 25),
            ),
            fields=("name", "unit", "values", "lead"),
            text=text_of("midland-indicators"),
            numbering="group",
            landscape=False,
        ),
        Part(
            kind="tasks",
            label="Phụ lục 3",
            title=("DANH MỤC CÔNG TRÌNH",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 6),
                Column("task", ("Tên nhiệm vụ",), 40),
                Column("lead", ("Cơ quan thực hiện",), 24),
                Column("deadline", ("Thời hạn",), 14),
                Column("extra", ("Lãnh đạo phụ trách",), 20),
            ),
            fields=("task", "lead", "deadline", "Lãnh đạo phụ trách"),
            text=text_of("midland-works"),
            numbering="group",
            bodies="semicolons",
            column_numbers=True,
        ),
        Part(
            kind="tasks",
            label="Phụ lục 4",
            title=("VIỆC LÀM NGAY TRONG NĂM",),
            attached=ATTACHED,
            columns=(
                Column("number", ("TT",), 6),
                Column("task", ("Nội dung công việc",), 42),
                Column("bodies", ("Cơ quan chủ trì,", "phối hợp"), 34),
                Column("deadline", ("Thời gian",), 18),
            ),
            fields=("task", "lead", "coordinating", "deadline"),
            text=text_of("midland-urgent"),
            bodies="roles",
            landscape=False,
        ),
    ),
    deadlines=DEADLINES,
    fundings=FUNDINGS,
    citations=(
        (
            "Nghị quyết số 15-NQ/TU, ngày 22/9/2025 của Tỉnh ủy Phượng Lĩnh",
            "15-NQ/TU",
            "2025-09-22",
        ),
        (
            "Thông tư số 12/2024/TT-BKHĐT, ngày 30/9/2024 của Bộ Kế hoạch và Đầu tư",
            "12/2024/TT-BKHĐT",
            "2024-09-30",
        ),
    ),
    face="termes",
)
