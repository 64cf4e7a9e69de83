"""Why the system refused a file, in Chinese."""

from __future__ import annotations

import errno

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


def reason(fault: OSError) -> str:
    """What the system says, in Chinese."""
    return _REASONS.get(fault.errno or 0, f"系统错误 {fault.errno}")
