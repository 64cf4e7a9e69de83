"""What Python and the system say of a file, in Chinese."""

from __future__ import annotations

import errno
import re
from pathlib import Path

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "没有这个位置",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
}

OURS = re.compile("^[\u4e00-\u9fff]")  # words of ours, not of Python


def reason(fault: OSError) -> str:
    """What the system says, in Chinese."""
    return _REASONS.get(fault.errno or 0, f"系统错误 {fault.errno}")


def wrong_form(path: Path | str, fault: Exception) -> str:
    """What is wrong with a file whose data did not have the form that was needed; Python's own words are English."""
    if isinstance(fault, KeyError):
        return f"{path} 的写法有误：“{fault.args[0]}”缺少，或者不认识"
    if isinstance(fault, re.error):
        return f"{path} 的写法有误：读不懂正则表达式 {fault.pattern!s}"
    said = str(fault) if OURS.search(str(fault)) else "有一项不是应有的形式"
    return f"{path} 的写法有误：{said}"
