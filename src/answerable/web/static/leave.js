// Leaving, where scripts run: the page is blank at once, however slow the line is, and Back leads
// past it. Where none run the same button does the same by a post.
const form = document.querySelector("form.leave");
const blank = () => { document.title = ""; document.body.hidden = true; };
const leave = () => {
  blank();
  fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true})
    .then(answer => location.replace(answer.url), () => location.replace("about:blank"));
};
form.addEventListener("submit", event => { event.preventDefault(); leave(); });
// A page that the browser kept is never shown again: the server is asked whether it still is one.
addEventListener("pageshow", event => { if (event.persisted) { blank(); location.reload(); } });
// Shift three times, left and right alike, with no other key between.
let times = 0, last = 0;
addEventListener("keydown", event => {
  if (event.repeat) return;
  times = event.key !== "Shift" ? 0 : event.timeStamp - last < 1000 ? times + 1 : 1;
  last = event.timeStamp;
  if (times === 3) leave();
});
for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
