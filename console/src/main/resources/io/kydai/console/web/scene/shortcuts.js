/** The keys of the scene editor. */

import { isTyping } from '../frame/keys.js';
import { TOOLS } from './drawing.js';
import { moveShape, pointsOf } from './model.js';

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inField = (event) => Boolean(event.target.closest?.('input, select, textarea, dialog[open]'));

/** Keys with Ctrl, which also work where a field has the focus, but for undo within a text. */
function withControl(editor, event) {
  const key = event.key.toLowerCase();
  const step = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : undefined;
  if (key === 's') {
    event.preventDefault();
    editor.save();
  } else if (step && !inField(event)) {
    event.preventDefault();
    editor.history[step]();
  }
}

function move(editor, event) {
  const step = ARROWS[event.key];
  if (!editor.chosen || event.target.closest?.('summary, [role=tab]')) return;
  const { scene } = editor.history.state;
  if (!pointsOf(scene, editor.chosen).length) return;
  event.preventDefault();
  const by = event.shiftKey ? 10 : 1;
  const { width, height } = editor.size;
  editor.changeScene(moveShape(scene, editor.chosen, (step[0] * by) / width, (step[1] * by) / height));
}

/** Whether Enter belongs to what has the focus. */
const isPressed = (event) => Boolean(event.target.closest?.('button, a, summary, [role=button]'));

/**
 * Calls the editor by key while it is shown.
 *
 * @param {object} editor
 * @param {AbortSignal} signal ends it
 */
export function editorKeys(editor, signal) {
  addEventListener(
    'keydown',
    (event) => {
      if (!editor.history) return;
      if (event.ctrlKey || event.metaKey) {
        withControl(editor, event);
        return;
      }
      if (event.defaultPrevented || isTyping(event)) return;
      const tool = TOOLS.find(({ key }) => key === event.key);
      if (tool) {
        event.preventDefault();
        editor.use(tool.tool);
      } else if (ARROWS[event.key]) {
        move(editor, event);
      } else if (event.key === 'Enter' && editor.drawing.shown && (!isPressed(event) || event.target.closest('[data-tool]'))) {
        event.preventDefault();
        editor.drawing.close();
      } else if (event.key === 'Escape') {
        if (editor.drawing.shown) editor.drawing.drop();
        else editor.choose();
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        event.preventDefault();
        editor.remove();
      } else if (event.key === 'h') {
        editor.heat = !editor.heat;
      }
    },
    { signal },
  );
}
