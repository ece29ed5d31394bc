"""The windows: widgets get data and emit signals; no rules, no IO."""
