export const MASKED = '[masked]';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${MASKED}`],
  [/\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?/g, MASKED],
  [
    /\b(\w{0,30}(?:password|passwd|pwd|secret|token|api[-_]?key|cvv|cvc))(\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\&,;}]+/gi,
    `$1$2${MASKED}`,
  ],
  [/\/\/[^\s/:@]+:[^\s/@]+@/g, `//${MASKED}@`],
  [/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, MASKED],
];
/** Groups of a card's digits; the letters and dashes of ids around them make them something else. */
const DIGITS = /(?<![\w-])\d(?:[ -]?\d){11,18}(?![\w-])/g;

/** Masks what is known by its looks: tokens, passwords in `name=value`, credentials in URLs, addresses of mail, numbers of cards. */
export function maskText(text: string): string {
  let masked = text;
  for (const [pattern, replacement] of PATTERNS) masked = masked.replaceAll(pattern, replacement);
  return masked.replaceAll(DIGITS, (digits) => (isCardNumber(digits) ? MASKED : digits));
}

/** Luhn's check, which all cards pass, and one in ten other numbers. */
function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
