"""``printed`` frames made of plain sentences, for the tests of repair."""

import json
from collections.abc import Mapping, Sequence

import pandas as pd
from pandera.typing import DataFrame

from schemas.row_frames import Printed

CLEAN = (
    "Tỉnh ủy lãnh đạo các cấp ủy, tổ chức đảng đổi mới phương thức lãnh đạo.",
    "Các sở, ban, ngành phối hợp chặt chẽ trong quá trình triển khai thực hiện kế hoạch.",
    "Nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức đáp ứng yêu cầu nhiệm vụ.",
    "Phát triển kinh tế - xã hội nhanh, bền vững; giữ vững quốc phòng, an ninh.",
    "Ủy ban nhân dân tỉnh ban hành Quyết định số 12/2026/QĐ-UBND ngày 05/3/2026.",
    "Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.",
    "Phấn đấu đến năm 2030, GRDP bình quân đầu người tăng 10,5% so với nhiệm kỳ XV.",
    "Cụ thể hoá chủ trương của Đảng, pháp luật của Nhà nước và hiện đại hóa nông nghiệp.",
    "KIỂM TRA, GIÁM SÁT VÀ KỶ LUẬT CỦA ĐẢNG",
)


def slots_frame(cells: Sequence[Sequence[Mapping[str, tuple[str, float]]]]) -> DataFrame[Printed]:
    """One cell for each list; one row for each mapping of witness to (text, confidence), the first
    the best.
    """
    rows = []
    for n, cell in enumerate(cells, 1):
        for word_no, slot in enumerate(cell, 1):
            readings = [[witness, text, confidence] for witness, (text, confidence) in slot.items()]
            best = next(iter(slot.values()))
            place = {
                "table": "paragraphs",
                "row_id": f"I#{n}",
                "column": "text",
                "part": 1,
                "word_no": word_no,
                "line_no": 1,
            }
            read = {
                "text": best[0],
                "confidence": best[1],
                "readings": json.dumps(readings, ensure_ascii=False),
            }
            rows.append(
                place
                | {"page_no": 1, "block_no": n}
                | read
                | {"x0": 0.0, "top": 0.0, "x1": 1.0, "bottom": 1.0}
            )
    return Printed.validate(pd.DataFrame(rows))


def sentences_frame(sentences: Sequence[str], *witnesses: str) -> DataFrame[Printed]:
    """One cell for each sentence, read the same by every witness."""
    names = witnesses or ("vie",)
    return slots_frame(
        [
            [dict.fromkeys(names, (word, 0.95)) for word in sentence.split()]
            for sentence in sentences
        ]
    )


def read_again(repaired: pd.DataFrame) -> DataFrame[Printed]:
    """Repaired words as if a page had been read that says just that."""
    kept = repaired[repaired["value"] != ""]
    readings = [json.dumps([["dump", value, 0.95]], ensure_ascii=False) for value in kept["value"]]
    return Printed.validate(
        kept[list(Printed.to_schema().columns)].assign(text=kept["value"], readings=readings)
    )
