import type { Random } from './random.ts';

/**
 * A random expression that 2.42 and 3 understand alike. Ranges and offsets are whole multiples of 5 s, while queries begin
 * off that grid, so that no edge of a range falls on a step of a subquery (2.42 counts the begin in, 3 does not).
 */
export function randomQuery(random: Random, startS: number): string {
  return vector(random, 3).replaceAll('FIXED_', String(startS + 3002));
}

const COUNTERS = ['requests_total', 'errors_total', 'latency_seconds_bucket'];
const GAUGES = ['temperature', 'memory_bytes', 'limit', 'up', 'constant', 'clock', 'odd_values'];
const LABELS = ['job', 'instance', 'code', 'kind', 'le', 'tier'];
const RANGES = ['1m', '2m5s', '5m', '10m', '20m', '35s'];

export const RANGE_FUNCTIONS_DRAWN = (
  'rate increase delta irate idelta deriv changes resets avg_over_time sum_over_time min_over_time max_over_time ' +
  'count_over_time last_over_time present_over_time stddev_over_time stdvar_over_time absent_over_time'
).split(' ');
export const ELEMENT_FUNCTIONS_DRAWN =
  'abs ceil floor ln log2 log10 sqrt sgn deg rad asin acos atan tanh asinh acosh atanh sort sort_desc absent'.split(
    ' ',
  );
export const DATE_FUNCTIONS_DRAWN = 'year month day_of_month day_of_week day_of_year days_in_month hour minute'.split(
  ' ',
);
const AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar'];

function selector(random: Random, counters = random.chance(0.4)): string {
  const name = random.pick(counters ? COUNTERS : GAUGES);
  const matchers: string[] = [];
  if (random.chance(0.3)) matchers.push(`job${random.pick(['="api"', '!="db"', '=~"a.*|db"', '!~"c.*"', '=~".+"'])}`);
  if (random.chance(0.15)) matchers.push(`instance${random.pick(['="a:1"', '=~"[ab]:."', '!~"a.*"', '!=""'])}`);
  if (random.chance(0.05)) matchers.push('nothing=""');
  return matchers.length === 0 ? name : `${name}{${matchers.join(', ')}}`;
}

function modifiers(random: Random): string {
  const parts: string[] = [];
  if (random.chance(0.12)) parts.push(` offset ${random.pick(['1m', '5m', '10m10s', '-2m', '20m'])}`);
  if (random.chance(0.08)) parts.push(` @ ${random.pick(['start()', 'end()', 'FIXED_', 'FIXED_.5'])}`);
  return random.chance(0.5) ? parts.join('') : parts.toReversed().join('');
}

function range(random: Random, depth: number, counters?: boolean): string {
  if (depth > 0 && random.chance(0.2)) {
    // Whole steps that no range or offset above is a multiple of the query's phase from.
    const step = random.pick(['30s', '1m', '15s', '']);
    return `${subqueryInner(random, depth - 1, counters)}[${random.pick(['5m', '10m', '15m5s'])}:${step}]${modifiers(random)}`;
  }
  return `${selector(random, counters)}[${random.pick(RANGES)}]${modifiers(random)}`;
}

/** Steps of an inner subquery would lie on those of the outer, edges on steps: only one is drawn. */
function subqueryInner(random: Random, depth: number, counters?: boolean): string {
  if (counters) return selector(random, true);
  const simple = random.chance(0.5)
    ? selector(random)
    : `${random.pick(['rate', 'increase'])}(${selector(random, true)}[${random.pick(['55s', '3m35s', '5m5s'])}])`;
  return depth > 0 && random.chance(0.4) ? aggregation(random, grouping(random), simple) : simple;
}

function grouping(random: Random): string {
  if (random.chance(0.3)) return '';
  const labels = LABELS.filter(() => random.chance(0.35)).join(', ');
  return ` ${random.pick(['by', 'by', 'without'])} (${labels}) `;
}

/** Of infinite values, and of NaN, 3 says that they have no variance; 2.42 says 0 where there is only one. */
function aggregation(random: Random, by: string, inner: string): string {
  const op = random.pick(AGGREGATIONS);
  return `${op}${by}(${op.startsWith('std') ? `((${inner}) > -1e7) < 1e7` : inner})`;
}

function scalar(random: Random, depth: number): string {
  if (depth > 0 && random.chance(0.15)) return `scalar(${vector(random, depth - 1)})`;
  if (random.chance(0.1)) return random.pick(['time()', 'pi()']);
  return random.pick(['2', '0.5', '-3', '1e3', '0', '10', '-0.25', 'Inf', 'NaN', '7']);
}

function vector(random: Random, depth: number): string {
  if (depth <= 0) return selector(random) + modifiers(random);
  const kinds: [number, () => string][] = [
    [2, () => selector(random) + modifiers(random)],
    [5, () => rangeCall(random, depth)],
    [4, () => aggregation(random, grouping(random), vector(random, depth - 1))],
    [2, () => parameterised(random, depth)],
    [4, () => binary(random, depth)],
    [3, () => `${random.pick(ELEMENT_FUNCTIONS_DRAWN)}(${vector(random, depth - 1)})`],
    // Of a large number these tell more of its last digit than of the function, or are too large for a float.
    [1, () => `${random.pick(['sin', 'cos', 'exp', 'sinh', 'cosh'])}(clamp(${vector(random, depth - 1)}, -9, 9))`],
    [0.3, () => `tan(clamp(${vector(random, depth - 1)}, -1.5, 1.5))`],
    // Of a selector with both @ and offset Prometheus forgets the offset.
    [0.5, () => `timestamp(${random.chance(0.5) ? `${selector(random)} offset 1m` : selector(random)})`],
    [2, () => otherCall(random, depth)],
    [1, () => `-${vector(random, depth - 1)}`],
    [1, () => `(${vector(random, depth - 1)})`],
  ];
  let place = random.between(
    0,
    kinds.reduce((sum, [weight]) => sum + weight, 0),
  );
  return kinds.find(([weight]) => (place -= weight) < 0)![1]();
}

function rangeCall(random: Random, depth: number): string {
  const name = random.pick([...RANGE_FUNCTIONS_DRAWN, 'quantile_over_time', 'predict_linear', 'holt_winters']);
  const counters = ['rate', 'increase', 'irate', 'resets'].includes(name) ? true : undefined;
  if (name === 'quantile_over_time')
    return `${name}(${random.pick(['0.5', '0.9', '0', '1', '-1', '1.5'])}, ${range(random, depth)})`;
  if (name === 'predict_linear') {
    // Of a range that `@` fixes, 2.42 predicts from another range at every step.
    const unfixed = range(random, depth).replace(/ @ [^\s,)]+(?:\(\))?/g, '');
    return `${name}(${unfixed}, ${random.pick(['60', '600', '-30'])})`;
  }
  if (name === 'holt_winters')
    return `${name}(${range(random, depth)}, ${random.pick(['0.3', '0.7'])}, ${random.pick(['0.2', '0.6'])})`;
  return `${name}(${range(random, depth, counters)})`;
}

/** Values that are never equal: which of two equal ones is among the top is nobody's promise. */
function distinct(random: Random): string {
  const name = random.pick([
    'requests_total',
    'memory_bytes',
    'limit',
    'temperature',
    'latency_seconds_bucket{le="0.1"}',
  ]);
  const over = random.pick([name === 'requests_total' ? 'rate' : 'deriv', 'avg_over_time', 'sum_over_time', 'deriv']);
  return random.chance(0.5)
    ? name + modifiers(random)
    : `${over}(${name}[${random.pick(RANGES.slice(1, 5))}]${modifiers(random)})`;
}

function parameterised(random: Random, depth: number): string {
  const inner = vector(random, depth - 1);
  switch (random.pick(['topk', 'bottomk', 'quantile', 'count_values'])) {
    case 'topk':
      return `topk${grouping(random)}(${random.pick(['1', '2', '3', '0', '50'])}, ${distinct(random)})`;
    case 'bottomk':
      return `bottomk${grouping(random)}(${random.pick(['1', '2', '5'])}, ${distinct(random)})`;
    case 'quantile':
      return `quantile${grouping(random)}(${random.pick(['0.5', '0.99', '0.1', '2', '-1', '0'])}, ${inner})`;
    default:
      // Sevenths: seldom on the edge between two whole numbers.
      return `count_values${grouping(random)}("value", floor(clamp(${inner}, -1e6, 1e6) / 7 + 0.3))`;
  }
}

const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'];
const COMPARISONS = ['==', '!=', '<', '>', '<=', '>='];

function binary(random: Random, depth: number): string {
  const comparing = random.chance(0.35);
  const op = random.pick(comparing ? COMPARISONS : ARITHMETIC);
  const bool = comparing && random.chance(0.4) ? ' bool' : '';
  // 2.42 forgets that atan2 makes another metric: the name is taken away before.
  const left = op === 'atan2' ? `abs(${vector(random, depth - 1)})` : sized(op, `(${vector(random, depth - 1)})`);
  if (random.chance(0.35)) {
    const number = scalar(random, depth - 1);
    return random.chance(0.5) ? `${left} ${op}${bool} ${number}` : `${number} ${op}${bool} ${left}`;
  }
  if (random.chance(0.3)) {
    const match = random.chance(0.6)
      ? ` ${random.pick(['on', 'ignoring'])} (${LABELS.filter(() => random.chance(0.4)).join(', ')})`
      : '';
    return `${left} ${random.pick(['and', 'or', 'unless'])}${match} (${vector(random, depth - 1)})`;
  }
  if (random.chance(0.5)) {
    // Sides that are sure to match.
    const by = random.pick(['job', 'job, instance', 'instance']);
    const right = sized(op, `(${aggregation(random, ` by (${by}) `, vector(random, depth - 1))})`);
    if (random.chance(0.5))
      return `${sized(op, `(${aggregation(random, ` by (${by}) `, left)})`)} ${op}${bool} ${right}`;
    const grouped = random.chance(0.3) ? `group_right (kind)` : 'group_left ()';
    return grouped === 'group_left ()'
      ? `${left} ${op}${bool} on (${by}) ${grouped} ${right}`
      : `${right} ${op}${bool} on (${by}) group_right () ${left}`;
  }
  return `${left} ${op}${bool} ${random.chance(0.4) ? `${random.pick(['on', 'ignoring'])} (${LABELS.filter(() => random.chance(0.4)).join(', ')}) ` : ''}(${vector(random, depth - 1)})`;
}

/** What remains of a large sum after a division is its last digit, which 2.42 rounds otherwise. */
function sized(op: string, text: string): string {
  return op === '%' ? `clamp(${text}, -1e3, 1e3)` : text;
}

function otherCall(random: Random, depth: number): string {
  const inner = () => vector(random, depth - 1);
  switch (random.whole(0, 9)) {
    case 0:
      return `clamp(${inner()}, ${random.pick(['0', '-10', '5'])}, ${random.pick(['100', '3', '1e9'])})`;
    case 1:
      return `clamp_min(${inner()}, ${scalar(random, 0)})`;
    case 2:
      return `clamp_max(${inner()}, ${scalar(random, 0)})`;
    case 3:
      return random.chance(0.5) ? `round(${inner()})` : `round(${inner()}, ${random.pick(['5', '0.1', '100'])})`;
    case 4:
      return `label_replace(${inner()}, "${random.pick(['job', 'new', 'instance'])}", "$1-${random.pick(['x', '$2'])}", "${random.pick(['instance', 'job', 'le'])}", "${random.pick(['(.*):(.*)', '(a.*)', '(.*)'])}")`;
    case 5:
      return `label_join(${inner()}, "joined", "${random.pick(['-', '', '/'])}", "job", "instance")`;
    case 6:
      return `vector(${scalar(random, depth - 1)})`;
    case 7:
      return random.chance(0.2)
        ? `${random.pick(DATE_FUNCTIONS_DRAWN)}()`
        : `${random.pick(DATE_FUNCTIONS_DRAWN)}(clock${modifiers(random)})`;
    default:
      return `histogram_quantile(${random.pick(['0.5', '0.9', '0.99', '0', '1', '1.2', '-1'])}, ${random.pick([
        'latency_seconds_bucket',
        `sum by (le${random.pick(['', ', job', ', instance'])}) (rate(latency_seconds_bucket[${random.pick(RANGES)}]))`,
        'rate(latency_seconds_bucket{job="api"}[5m])',
        'sum by (job) (latency_seconds_bucket)',
      ])})`;
  }
}
