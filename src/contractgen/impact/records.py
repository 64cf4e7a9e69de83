"""The records of issued agreements in a folder."""

from __future__ import annotations

from pathlib import Path

from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.record import ENDING, Record, read_record


def read_records(folder: Path) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """Every record in a folder and the folders in it, and those that cannot be read.

    Raises:
        InputError: where there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"没有 {folder} 这个文件夹", hint="写放有 .record.json 的文件夹")
    records: list[Record] = []
    findings: list[Finding] = []
    for path in sorted(folder.rglob(f"*{ENDING}")):
        try:
            records.append(read_record(path))
        except InputError as fault:
            findings.append(_unreadable(path, fault.message))
    if not records and not findings:
        message = "这个文件夹和里面的文件夹都没有合同记录（.record.json），没有合同可查"
        hint = "写放有生成记录的文件夹；生成记录和合同文件一起生成"
        findings.append(Finding("no-record", Severity.WARNING, message, Location(str(folder)), hint=hint))
    return tuple(records), tuple(findings)


def _unreadable(path: Path, message: str) -> Finding:
    hint = "从备份恢复这个文件，或者把它移出文件夹"
    return Finding("record-unreadable", Severity.WARNING, message, Location(str(path)), hint=hint)
