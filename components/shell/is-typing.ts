/** True when a key press belongs to a field or a dialog, so that single-letter shortcuts must keep out. */
export function isTyping(event: KeyboardEvent): boolean {
  return isInField(event) || isWithin(event, '[role="dialog"]');
}

/** True when a key press belongs to what takes letters itself. */
export function isInField(event: KeyboardEvent): boolean {
  return isWithin(event, 'input, textarea, select, [contenteditable], [role="menu"]');
}

function isWithin({ target }: KeyboardEvent, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
