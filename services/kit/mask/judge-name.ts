/** What a field is called that nobody may read in a log, wherever in its name these letters are: `accessToken`, `card_number`. */
const SECRET = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'cookie',
  'credential',
  'apikey',
  'accesskey',
  'privatekey',
  'session',
  'cardnumber',
  'cvv',
  'cvc',
  'iban',
  'email',
  'phone',
  'birth',
  'surname',
  'firstname',
  'lastname',
  'fullname',
  'postcode',
  'postalcode',
  'forwarded',
  'realip',
];
/** And what is called just so: their letters are in harmless names, too. */
const SECRET_WHOLE = new Set(['pwd', 'pin', 'otp', 'pan', 'csc', 'ssn', 'card', 'auth', 'address', 'street', 'zip']);
/** Whose `name` is a person's. */
const PERSON = new Set(['user', 'customer', 'person', 'account', 'recipient', 'payer']);

const NAMES_MAX = 2_000;
const judged = new Map<string, boolean>();

/** Whether the value of a field of this name is to be masked. Callers may send any name, so what is remembered is bounded. */
export function isSecretName(name: string): boolean {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const letters = lettersOf(name);
  const isSecret = SECRET_WHOLE.has(letters) || SECRET.some((part) => letters.includes(part));
  if (judged.size >= NAMES_MAX) judged.clear();
  judged.set(name, isSecret);
  return isSecret;
}

export function isPerson(name: string): boolean {
  return PERSON.has(lettersOf(name));
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
