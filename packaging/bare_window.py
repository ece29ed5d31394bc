"""One empty window: what bench/frozen_start.py measures Omote beside."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1080, 680)
window.show()
app.exec()
