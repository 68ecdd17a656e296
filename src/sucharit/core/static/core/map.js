// On a wide screen the map stands open; on a phone it waits until it is asked for.
document.querySelectorAll("details[data-wide-open]").forEach((box) => {
  if (window.matchMedia("(min-width: 62rem)").matches) box.open = true;
});
