"""Symbols of Sina's quotation pages, as links, ids and the keyword comment name them.

The CMS links the first occurrence of each keyword::

    <span id="stock_sz300059"><a href="…/realstock/company/sz300059/nc.shtml" class="keyword">东方财富</a></span>
    <span id="quote_sz300059"></span>

and lists the symbols in a comment ``news_keyword_pub,TYPE,code&code``. The id is canonical; the comment names forex
pairs differently (``USDCNY`` for ``fx_susdcny``).
"""

import re

ID_KINDS = (
    "stock_",
    "hkstock_",
    "usstock_",
    "forex_",
    "futures_",
    "overseas_futures_",
    "fund_",
    "bond_",
    "index_",
    "globalindex_",
)
"""How the id of a stock link's span begins; what follows is the symbol."""

EXCHANGES = frozenset({"sh", "sz", "bj", "hk"})

KNOWN = re.compile(
    r"""
      (?:s_)?(?:sh|sz|bj)\d{6}                      # Shanghai, Shenzhen, Beijing: shares, bonds, funds, indices
    | (?:rt_)?hk[0-9A-Z]{2,6}                       # Hong Kong
    | (?:of|fu_?|f_)\d{6}                           # open-end funds
    | fx_[a-z0-9]+ | DINIW                          # forex
    | (?:hf|nf|CFF_RE)_[A-Za-z0-9]+ | [A-Z]{1,3}\d{1,4}   # futures abroad, futures at home
    | (?:int|b|znb|gb|us)_[A-Za-z0-9$.]+            # indices of the world, US with prefix
    | sb\d{6} | otc_?\d{6}
    | \.?[A-Z]{1,6}(?:[.$-][A-Z]{1,2})?             # US shares and indices
    """,
    re.VERBOSE,
)

_ADDRESSES = (
    (re.compile(r"/realstock/company/([a-z]{2}\d{6})/"), ""),
    (re.compile(r"/hkstock/quotes/(\w+)\.html"), "hk"),
    (re.compile(r"/usstock/quotes/([\w.$-]+)\.html"), ""),
    (re.compile(r"/bond/quotes/([a-z]{2}\d{6})\.html"), ""),
    (re.compile(r"/fund/quotes/(\d{6})/"), "of"),
)
"""Addresses of quotation pages, and what stands before the code to make a symbol of it."""

_BETWEEN = re.compile(r"[&,;\s]+")
_CURRENCIES = frozenset(
    "AUD BRL CAD CHF CNH CNY DKK EUR GBP HKD IDR INR JPY KRW MOP MXN MYR NOK NZD PHP PLN RUB SAR SEK SGD THB TRY TWD USD VND ZAR".split()
)


def from_id(name: str) -> str | None:
    """The symbol in the id of a stock link's span; None for other ids.

    >>> from_id("stock_sz300059"), from_id("overseas_futures_hf_CL"), from_id("quote_sz300059")
    ('sz300059', 'hf_CL', None)
    """
    for kind in ID_KINDS:
        if name.startswith(kind):
            return name[len(kind) :] or None
    return None


def from_address(url: str) -> str | None:
    """The symbol whose quotation page an address names; None for other addresses."""
    if "sina.com.cn" not in url:
        return None
    for pattern, prefix in _ADDRESSES:
        if match := pattern.search(url):
            return prefix + match[1]
    return None


def from_comment(text: str) -> tuple[str, ...]:
    """The symbols in a keyword comment, forex pairs under their canonical name.

    >>> from_comment(" news_keyword_pub,stock,sz000686&sh600369 "), from_comment("news_keyword_pub,forex,USDCNY")
    (('sz000686', 'sh600369'), ('fx_susdcny',))
    """
    *_, codes = text.split(",", 2) if text.count(",") >= 2 else ("",)
    return tuple(dict.fromkeys(_canonical(code) for code in _BETWEEN.split(codes) if code))


def _canonical(code: str) -> str:
    if len(code) == 6 and code[:3] in _CURRENCIES and code[3:] in _CURRENCIES:
        return f"fx_s{code.lower()}"
    return code
