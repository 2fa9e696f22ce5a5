import { z } from 'zod';

/** A column as one array. Looked at as a whole: a look at each of a million numbers takes longer than the question. */
export const Numbers = z.custom<number[]>((value) => Array.isArray(value));
