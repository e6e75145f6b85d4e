"""Names that begin with the family name: Chinese and Korean ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .gazetteer import gazetteer

FAMILY_FIRST = frozenset(
    "bai ban cai cao chang chen cheng cho choe choi chou chow chung dai deng ding dong "
    "du fan fang feng fu gao ge gong gu guo ha han hang he ho hong hou hsu hu hua huang "
    "hui hwang jang jeon jeong ji jia jiang jin jo jung kang kim ko koo kwak kwon lai "
    "lee lei li liang liao lim lin liu lo long lu luo ma mao meng min moon nam niu oh "
    "pak pan pang park peng qi qian qiao qin qiu ren rhee ri roh ryu seo shao shen shi "
    "shin sim so son song su suh sun tan tang tao tian tsai tsang tung wan wang wei wen "
    "woo wu xi xia xiang xiao xie xing xu xue yan yang yao ye yi yim yin yoo yoon you "
    "yu yuan yun zeng zhai zhang zhao zheng zhong zhou zhu zhuang zou".split()
)
_SYLLABLES = re.compile(
    r"(?:(?:[bcdfghjklmnpqrstwxyz]|zh|ch|sh|ts)?[aeiouy]{1,3}(?:ng|n|k|l|m|p|h|r)?){1,2}"
)


def family_first(parts: Sequence[str]) -> bool:
    """Whether a name, in folded parts, begins with its family name.

    >>> family_first(["ban", "ki", "moon"]), family_first(["kim", "philby"])
    (True, False)
    """
    if not 1 < len(parts) < 4 or parts[0] not in FAMILY_FIRST:
        return False
    surnames = gazetteer().surnames
    if any(p in surnames and p not in FAMILY_FIRST for p in parts[1:]):
        return False
    given = "".join(parts[1:]).replace("-", "")
    return _SYLLABLES.fullmatch(given) is not None
