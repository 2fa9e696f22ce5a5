import type { Expr, ValueType } from '../ast.ts';

export interface Signature {
  args: ValueType[];
  /** How many arguments may follow the declared ones or be left out; -1 for any number. As upstream counts. */
  variadic: number;
  returns: ValueType;
  /** Behind a flag, as upstream. */
  experimental: boolean;
}

const TYPES: Record<string, ValueType> = { v: 'vector', m: 'matrix', s: 'scalar', t: 'string' };

/** `args` has a letter for each argument: v(ector), m(atrix), s(calar), t(ext). */
function takes(args: string, options: Partial<Omit<Signature, 'args'>> = {}): Signature {
  const types = [...args].map((letter) => TYPES[letter]!);
  return { args: types, variadic: 0, returns: 'vector', experimental: false, ...options };
}

const EXPERIMENTAL = { experimental: true };
const SCALAR = { returns: 'scalar' } as const;
const OPTIONAL = { variadic: 1 };

/** Every function that Prometheus 3 knows, also those that need native histograms. */
export const SIGNATURES: Readonly<Record<string, Signature>> = {
  ...same('abs ceil exp floor ln log10 log2 sgn sqrt deg rad', takes('v')),
  ...same('acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh', takes('v')),
  ...same('absent scalar sort sort_desc timestamp', takes('v')),
  scalar: takes('v', SCALAR),
  ...same('clamp_max clamp_min', takes('vs')),
  clamp: takes('vss'),
  round: takes('vs', OPTIONAL),
  ...same('days_in_month day_of_month day_of_week day_of_year hour minute month year', takes('v', OPTIONAL)),
  ...same('pi time', takes('', SCALAR)),
  ...same('start end step range', takes('', { ...SCALAR, ...EXPERIMENTAL })),
  vector: takes('s'),
  ...same('rate increase delta irate idelta deriv changes resets absent_over_time', takes('m')),
  ...same('avg_over_time sum_over_time min_over_time max_over_time count_over_time last_over_time', takes('m')),
  ...same('present_over_time stddev_over_time stdvar_over_time', takes('m')),
  ...same('first_over_time mad_over_time', takes('m', EXPERIMENTAL)),
  ...same('ts_of_first_over_time ts_of_last_over_time', takes('m', EXPERIMENTAL)),
  ...same('ts_of_max_over_time ts_of_min_over_time', takes('m', EXPERIMENTAL)),
  predict_linear: takes('ms'),
  quantile_over_time: takes('sm'),
  double_exponential_smoothing: takes('mss', EXPERIMENTAL),
  label_replace: takes('vtttt'),
  label_join: takes('vttt', { variadic: -1 }),
  ...same('sort_by_label sort_by_label_desc', takes('vt', { variadic: -1, ...EXPERIMENTAL })),
  histogram_quantile: takes('sv'),
  histogram_fraction: takes('ssv'),
  ...same('histogram_avg histogram_count histogram_sum histogram_stddev histogram_stdvar', takes('v')),
  histogram_quantiles: takes('vtss', { variadic: 9, ...EXPERIMENTAL }),
  info: takes('vv', { ...OPTIONAL, ...EXPERIMENTAL }),
};

function same(names: string, signature: Signature): Record<string, Signature> {
  return Object.fromEntries(names.split(' ').map((name) => [name, signature]));
}

/** What an expression gives, without looking into whether it is well-typed. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vectorSelector':
    case 'aggregate':
      return 'vector';
    case 'matrixSelector':
    case 'subquery':
      return 'matrix';
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector';
    case 'unary':
    case 'paren':
      return typeOf(expr.expr);
    case 'call':
      return SIGNATURES[expr.name]?.returns ?? 'none';
  }
}

const DOCUMENTED: Record<ValueType, string> = {
  vector: 'instant vector',
  matrix: 'range vector',
  scalar: 'scalar',
  string: 'string',
  none: 'none',
};

/** The name of a type as errors say it. */
export function documentedType(type: ValueType): string {
  return DOCUMENTED[type];
}
