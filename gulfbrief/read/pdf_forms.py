"""What was written into a PDF: the values of its form fields and notes set as text on a page.

Neither is part of what a page draws. No script of a form is run: PDFium is built without any.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from .pdf_lines import Line

_LONGEST = 100_000  # characters of one value
_MOST = 1_000  # options of a list
_HIDDEN = 2 | 32  # flags of an annotation: hidden, not seen on the screen
_SIZE = 10.0


class Fields:
    """The form fields of one document."""

    def __init__(self, document: Any) -> None:
        document.init_forms()
        self._form = document.formenv

    def lines(self, page: Any) -> Iterator[Line]:
        """The values on one page, each line of a value where the field stands."""
        from pypdfium2 import raw

        for number in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, number)
            if not annotation:
                continue
            try:
                if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                    continue
                value = self._value(annotation)
                rect = raw.FS_RECTF()
                if value and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                    yield from _placed(value, rect)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)

    def _value(self, annotation: Any) -> str:
        from pypdfium2 import raw

        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            return _text(
                lambda buffer, size: raw.FPDFAnnot_GetStringValue(
                    annotation, b"Contents", buffer, size
                )
            )
        if kind != raw.FPDF_ANNOT_WIDGET or not self._form:
            return ""
        field = raw.FPDFAnnot_GetFormFieldType(self._form, annotation)
        if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
            return "[x]" if raw.FPDFAnnot_IsChecked(self._form, annotation) else ""
        if field not in (
            raw.FPDF_FORMFIELD_TEXTFIELD,
            raw.FPDF_FORMFIELD_COMBOBOX,
            raw.FPDF_FORMFIELD_LISTBOX,
        ):
            return ""
        value = _text(
            lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(
                self._form, annotation, buffer, size
            )
        )
        if field == raw.FPDF_FORMFIELD_LISTBOX and not value:
            return self._options(annotation)
        return value

    def _options(self, annotation: Any) -> str:
        """What a list offers, a line each: it is drawn as long as nothing is chosen."""
        from pypdfium2 import raw

        count = raw.FPDFAnnot_GetOptionCount(self._form, annotation)
        options = range(min(count, _MOST))
        label = partial(raw.FPDFAnnot_GetOptionLabel, self._form, annotation)
        return "\n".join(_text(partial(label, number)) for number in options)


def _text(call: Callable[[Any, int], int]) -> str:
    """A text that PDFium gives as UTF-16 into a buffer."""
    from pypdfium2 import raw

    size = call(None, 0)
    if not 2 < size <= 2 * _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _placed(value: str, rect: Any) -> Iterator[Line]:
    rows = [row for row in value.splitlines() if row.strip()]
    height = min(_SIZE * 1.2, (rect.top - rect.bottom) / max(len(rows), 1))
    single = len(rows) == 1 and rect.top - rect.bottom < 2.5 * _SIZE
    for number, row in enumerate(rows):
        top = rect.top - number * height
        low = rect.bottom if single else top - height
        yield Line(" ".join(row.split()), rect.left, low, rect.right, top, _SIZE)
