export interface TourStep {
  title: string;
  text: string;
  /** What the step is about, as selectors; the first one that is seen is ringed. Where none is, the words do. */
  targets: string[];
}

/** What somebody has to know to find the rest. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    title: 'Is everything all right?',
    text: 'The first sentence of this page answers it. The diagram below is drawn from measured calls and the real state of each breaker: line weight is traffic, line colour the share of errors.',
    targets: ['main header'],
  },
  {
    title: 'A figure is a door',
    text: 'Services shows how each one is and since when. Every figure leads to the traces or lines that it was counted from; drag across a chart to zoom all of them.',
    targets: ['a[href^="/services"]'],
  },
  {
    title: 'What is cut off, and why',
    text: 'Circuits shows each breaker with the traces of the calls that opened it. From there you force it open or closed, with a reason, for a while.',
    targets: ['a[href^="/circuits"]'],
  },
  {
    title: 'Who was told',
    text: 'Alerts shows what fires with its runbook beside it, the rules with their present value, and what became of each notification.',
    targets: ['a[href^="/alerts"]'],
  },
  {
    title: 'Anywhere by keyboard',
    text: '⌘K or / finds pages, services, breakers and traces, saves the page as a view, and starts this tour again. ? shows all keys.',
    targets: ['button[aria-keyshortcuts]'],
  },
];
