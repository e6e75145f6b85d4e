from ..model import Quote
def evidence(quote: Quote) -> str:
    s = quote.speakers[0] if quote.speakers else None
    return f"{quote.kind}/{s and (s.how or 'unmet')}"
