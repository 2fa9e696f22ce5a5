/** Begins the names of Switchyard's own processes, of which no others may begin theirs. */
export const OWN_PREFIX = 'switchyard-';
