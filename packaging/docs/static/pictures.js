// A picture is wider than the text: a click shows it alone, in its own size.
"use strict";
for (const picture of document.querySelectorAll("article img")) {
  picture.addEventListener("click", () => { location.href = picture.src; });
}
