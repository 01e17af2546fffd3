/* Slides: every arrow key goes one on, and a button lets them go on by themselves until paused. */
const control = document.querySelector("[data-show]");
if (control) {
  const slides = [...document.querySelectorAll(".slide")];
  const button = control.querySelector("button");
  let timer = 0;

  const current = () => {
    const tops = slides.map((slide) => Math.abs(slide.getBoundingClientRect().top));
    return tops.indexOf(Math.min(...tops));
  };
  const go = (by) => {
    const to = slides[current() + by];
    to?.scrollIntoView();
    return Boolean(to);
  };
  const pause = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = button.dataset.play;
  };

  button.addEventListener("click", () => {
    if (timer) return pause();
    timer = setInterval(() => go(1) || pause(), Number(control.dataset.every) * 1000);
    button.textContent = button.dataset.pause;
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const onControl = event.target.closest?.("a, button");
    const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key]
      ?? (event.key === " " && !onControl ? (event.shiftKey ? -1 : 1) : 0);
    if (by) {
      event.preventDefault();
      go(by);
    }
  });
}
