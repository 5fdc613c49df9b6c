'use strict';

// Places the fragments that the server sends, and says how the connection is. Nothing else happens here.
const connection = document.getElementById('connection');
let heard = Date.now();
let lostAt = '';
const kept = new Map(); // Parts that came while text in them was selected.

function hear() {
  heard = Date.now();
  document.body.classList.remove('lost');
  if (lostAt) connection.textContent = `Connected again at ${new Date().toLocaleTimeString()}, after the connection was lost at ${lostAt}.`;
  lostAt = '';
}

function place({ id, html }) {
  const [element, selection] = [document.getElementById(id), getSelection()];
  if (!selection.isCollapsed && element?.contains(selection.anchorNode)) return void kept.set(id, html);
  kept.delete(id);
  if (element) element.innerHTML = html;
  const title = document.querySelector('[data-title]');
  if (title) document.title = title.dataset.title;
}

function lose(source) {
  source.close();
  document.body.classList.add('lost');
  lostAt ||= new Date().toLocaleTimeString();
  connection.textContent = `No connection since ${lostAt}: the run's process has ended, or is being started again. This is what it was like then; trying again.`;
  setTimeout(connect, 1000);
}

function connect() {
  heard = Date.now();
  const source = new EventSource('events');
  source.addEventListener('fragment', event => { hear(); place(JSON.parse(event.data)); });
  source.addEventListener('beat', hear);
  const silence = setInterval(() => Date.now() - heard > 8000 && source.onerror(), 1000);
  source.onerror = () => { clearInterval(silence); lose(source); };
}

document.addEventListener('selectionchange', () => kept.forEach((html, id) => place({ id, html })));
connect();
