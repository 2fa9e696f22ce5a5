// Runs before the first paint, so that a chosen theme never flashes into the other one. A file and not an inline script: the content security policy allows no inline code of ours.
try {
  const theme = localStorage.getItem('switchyard.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's preference then decides.
}
