// Runs before the first paint, so that what was chosen never flashes into something else. A file and not an inline script: the content security policy allows no inline code of ours.
try {
  for (const [name, values] of [
    ['theme', ['dark', 'light']],
    ['density', ['compact']],
  ]) {
    const chosen = localStorage.getItem(`switchyard.${name}`);
    if (values.includes(chosen)) document.documentElement.dataset[name] = chosen;
  }
} catch {
  // Storage may be forbidden; the system's preference and our standard then decide.
}
