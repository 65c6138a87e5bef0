"""The workbench: in JupyterLab, sliders over the loaded cohort, answered while they move.

`workbench` opens it on a scored cohort. It needs the extra ``lab`` and no network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.errors import JifenError

if TYPE_CHECKING:
    from reports.workbench.panel import Panel
    from scoring import Scored

__all__ = ["NoWidgets", "workbench"]


class NoWidgets(JifenError):
    """Say that the workbench cannot open where its widget is not installed."""


def workbench(scored: Scored, *, lang: str = "zh", threshold: int = 10) -> Panel:
    """Open the workbench on a scored cohort: its rulebook and quota are the baseline.

    Args:
        scored: of facts; of points only the quota and the weights can move.
        lang: ``zh`` or ``en``.
        threshold: fewer people than this are never shown; not below 5.

    Raises:
        NoWidgets: anywidget is not installed.
        UnknownName: there is no such language.
        DisclosureError: a threshold that protects nobody.

    """
    try:
        from reports.workbench.panel import Panel
    except ModuleNotFoundError as missing:
        raise NoWidgets(f"the workbench needs {missing.name}: pip install 'jifen[lab]'") from missing
    return Panel.of(scored, lang=lang, threshold=threshold)
