/** What every answer carries, and a page's policy beside it. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * The content security policy of one page. Next writes its data into inline scripts, to which it gives the nonce that it finds in this policy;
 * any other inline script, as a trace's attribute might smuggle in, does not run. Styles stay open: React and the charts set
 * `style` attributes, which no nonce can cover.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  // React's development build evaluates text to show stacks of the server, and Next reloads over a web socket.
  const [evaluate, socket] = isDevelopment ? [` 'unsafe-eval'`, ' ws:'] : ['', ''];
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}'${evaluate}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${socket}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
