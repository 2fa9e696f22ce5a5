/**
 * What OWASP asks of an API whose answers are data: no browser is to take them for a page, frame them or guess their type. A service
 * that answers with a page says so by headers of its own, which win. HSTS is for who ends TLS: this is plain HTTP on the loopback.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
