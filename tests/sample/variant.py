"""What may differ between two printings of the sample: wording of headers, columns, face, length,
faults.
"""

from dataclasses import dataclass

INDICATOR_LABELS = {
    "number": ("STT",),
    "name": ("Chỉ tiêu",),
    "unit": ("Đơn vị", "tính"),
    "target": ("Mục tiêu", "2025 - 2030"),
    "lead": ("Đơn vị chủ trì",),
}
TASK_LABELS = {
    "number": ("TT",),
    "task": ("NHIỆM VỤ CỤ THỂ",),
    "lead": ("CƠ QUAN,", "TỔ CHỨC ĐẢNG", "CHỦ TRÌ *"),
    "coordinating": ("CƠ QUAN,", "TỔ CHỨC ĐẢNG", "PHỐI HỢP"),
    "deadline": ("THỜI HẠN", "THỰC HIỆN"),
    "funding": ("NGUỒN LỰC",),
    "product": ("SẢN PHẨM",),
}
OTHER_INDICATOR_LABELS = {
    "number": ("Số TT",),
    "name": ("Tên chỉ tiêu",),
    "unit": ("Đơn vị tính",),
    "target": ("Mục tiêu đến", "năm 2030"),
    "lead": ("Cơ quan", "chủ trì"),
}
OTHER_TASK_LABELS = {
    "number": ("Số TT",),
    "task": ("Nội dung nhiệm vụ",),
    "lead": ("Đơn vị chủ trì",),
    "coordinating": ("Đơn vị phối hợp",),
    "deadline": ("Thời gian", "hoàn thành"),
    "funding": ("Nguồn kinh phí",),
    "product": ("Sản phẩm",),
}
WORDINGS = {
    "usual": (INDICATOR_LABELS, TASK_LABELS),
    "other": (OTHER_INDICATOR_LABELS, OTHER_TASK_LABELS),
}
TASK_COLUMNS = ("number", "task", "lead", "coordinating", "deadline", "funding")
INDICATOR_COLUMNS = ("number", "name", "unit", "target", "lead")


@dataclass(frozen=True)
class Variant:
    """One printing and scanning of the sample; raw/sample.pdf is the default with a text layer, a
    seal and two pages without notice.

    "number" is always the first column, the others stand in any order and "product" may be added.
    `small` keeps a few rows of each part (5 pages), `revised` prints the second version of the
    programme, and `times` how often the rows of appendix 3 stand in it (3 times: 40 pages). Page
    numbers (`turned`, `vector_pages`, `missing_pages`, `pages_without_notice`) are 1-based and
    count before pages go missing; truth leaves out what starts on a missing page, so take one that
    cuts no row (11). `turned` holds (page, degrees clockwise); a turned page has no text layer.
    """

    face: str = "tinos"
    wording: str = "usual"
    task_columns: tuple[str, ...] = TASK_COLUMNS
    indicator_columns: tuple[str, ...] = INDICATOR_COLUMNS
    table_size: float = 13.0
    small: bool = False
    seed: int = 1
    revised: bool = False
    times: int = 1
    text_layer: bool = False
    layer_errors: float = 0.035
    stamped: bool = False
    turned: tuple[tuple[int, int], ...] = ()
    vector_pages: tuple[int, ...] = ()
    missing_pages: tuple[int, ...] = ()
    pages_without_notice: tuple[int, ...] = ()
