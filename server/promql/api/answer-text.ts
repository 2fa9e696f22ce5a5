import { parseExpr } from '../parse/parse.ts';
import { prettyPrint } from '../print/pretty.ts';
import { exprToJson } from '../print/to-json.ts';
import type { ApiContext, ApiRequest, Endpoint } from './endpoint.ts';
import { withParameter } from './parse-params.ts';

/** `/api/v1/format_query` */
export const answerFormatQuery: Endpoint = (context, request) => ({ data: prettyPrint(parse(context, request)) });

/** `/api/v1/parse_query` */
export const answerParseQuery: Endpoint = (context, request) => ({ data: exprToJson(parse(context, request)) });

function parse({ experimentalFunctions }: ApiContext, { params }: ApiRequest) {
  return withParameter('query', () => parseExpr(params.get('query') ?? '', { experimentalFunctions }));
}

/** The Prometheus whose language and API this is: Grafana chooses by it what it may ask for. */
const SPEAKS_VERSION = '3.5.0';

/** `/api/v1/status/buildinfo` */
export const answerBuildInfo: Endpoint = () => ({
  data: {
    version: SPEAKS_VERSION,
    revision: 'switchyard',
    branch: '',
    buildUser: '',
    buildDate: '',
    goVersion: `node ${process.versions.node}`,
  },
});
