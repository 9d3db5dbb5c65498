// Ctrl+Enter (or ⌘+Enter) in the query runs it; without this script the button does.
"use strict";
document.getElementById("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
