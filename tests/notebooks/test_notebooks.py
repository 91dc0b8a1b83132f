"""The notebooks of the examples run from top to bottom. Slow, so ``.ci/heavy`` runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="the dependency group `notebook` is not installed")
nbclient = pytest.importorskip("nbclient", reason="the dependency group `notebook` is not installed")

pytest.importorskip("ipykernel", reason="the dependency group `notebook` is not installed")

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples" / "notebooks").glob("*.ipynb"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells), "outputs are not committed"
    nbclient.NotebookClient(notebook, timeout=50, resources={"metadata": {"path": path.parent}}).execute()
    kinds = {kind for cell in cells for output in cell.outputs for kind in output.get("data", {})}
    wanted = "image/png" if "study" in path.stem else "text/html"
    assert wanted in kinds
    cards = [html for cell in cells for output in cell.outputs if (html := output.get("data", {}).get("text/html"))]
    assert any('class="sinaparse"' in "".join(card) for card in cards)
    said = [output.text for cell in cells for output in cell.outputs if output.get("name") == "stderr"]
    assert [text for text in said if "Glyph" in text or "Warning" in text] == []


def test_there_are_three() -> None:
    assert len(NOTEBOOKS) == 3
