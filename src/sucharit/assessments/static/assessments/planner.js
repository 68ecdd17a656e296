// Sliders of the planner say where they stand. Without scripts the button computes all the same.
(() => {
  "use strict";
  const outputs = [...document.querySelectorAll("[data-slider-of]")];
  for (const output of outputs) {
    const slider = document.getElementById(output.dataset.sliderOf);
    slider.addEventListener("input", () => { output.value = slider.value; });
  }
})();
