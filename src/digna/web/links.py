"""Ways from paper and telephone to a page: QR drawings and click-to-chat addresses."""

from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe


def qr(url: str, scale: int = 4) -> SafeString:
    """Draw a QR of an address as inline SVG; it stays readable with a sixth of it dirty."""
    import segno

    code = segno.make(url, error="m")
    return mark_safe(code.svg_inline(scale=scale, border=0))  # noqa: S308 — drawn by segno


def whatsapp(phone: str, text: str) -> str:
    """Return a plain link that opens a chat with the text written; "" without a telephone.

    >>> whatsapp("+59171234567", "Hola")
    'https://wa.me/59171234567?text=Hola'
    """
    digits = phone.lstrip("+")
    return f"https://wa.me/{digits}?text={quote(text)}" if digits.isdigit() else ""
