import { describe, expect, it } from 'vitest';
import { checkTemplate, renderTemplate, type TemplateData } from './render-template.ts';

const ASKED: Record<string, TemplateData['query'] extends (expr: string) => Promise<infer S> ? S : never> = {
  up: [
    { Labels: { __name__: 'up', instance: 'b:9100' }, Value: 1 },
    { Labels: { __name__: 'up', instance: 'a:9100' }, Value: 0 },
  ],
};
const data: TemplateData = {
  labels: { service: 'payments', instance: '127.0.0.1:4005' },
  externalLabels: { region: 'eu' },
  value: 0.12345,
  externalUrl: 'http://127.0.0.1:3000/base',
  nowMs: 1_500,
  query: (expr) => Promise.resolve(ASKED[expr] ?? []),
};

describe('renderTemplate', () => {
  it.each([
    ['plain text', 'plain text'],
    ['{{ $labels.service }} of {{.Labels.instance}}', 'payments of 127.0.0.1:4005'],
    ['{{ $value }} and {{ .Value }}', '0.12345 and 0.12345'],
    ['[{{ $labels.missing }}]', '[]'],
    ['{{ $labels }}', 'map[instance:127.0.0.1:4005 service:payments]'],
    ['{{ $externalLabels.region }} {{ .ExternalLabels.region }}', 'eu eu'],
    ['{{ $value | humanizePercentage }}', '12.35%'],
    ['{{ humanizePercentage 123.46 }} {{ humanize 1e-30 }} {{ humanize 123456789012 }}', '1.235e+04% 1e-06y 123.5G'],
    ['{{ humanize 123456 }} {{ humanize 0.0012 }} {{ humanize1024 2048 }}', '123.5k 1.2m 2ki'],
    [
      '{{ 90061 | humanizeDuration }} {{ humanizeDuration 61.5 }} {{ humanizeDuration 0.25 }}',
      '1d 1h 1m 1s 1m 1s 250ms',
    ],
    ['{{ 0.00001 }} {{ 1e21 }} {{ 123456789 }}', '1e-05 1e+21 123456789'],
    ['{{ printf "%.2f %s %5d|%-4s|%%" $value $labels.service 42 "a" }}', '0.12 payments    42|a   |%'],
    [
      '{{ printf "%05.1f %+d %q %x %t %v %d" -1.25 3 "a" 255 true nil 1.5 }}',
      '-01.3 +3 "a" ff true <no value> %!d(float64=1.5)',
    ],
    ['{{ printf "%s" }} {{ printf "a" 1 }}', '%!s(MISSING) a%!(EXTRA float64=1)'],
    ['{{ $value | printf "%.1f" }}', '0.1'],
    ['{{ (printf "%s" $labels.service) | toUpper }} {{ title "big blue" }}', 'PAYMENTS Big Blue'],
    ['{{ $labels.instance | stripPort }} {{ stripDomain "db.eu.example:5432" }}', '127.0.0.1 db:5432'],
    ['{{ reReplaceAll "pay(.*)" "p-$1" $labels.service }} {{ match "^pay" $labels.service }}', 'p-ments true'],
    ['a  {{- " b " -}}  c', 'a b c'],
    [
      '{{ $externalURL }}/alerts {{ pathPrefix }} {{ externalURL }}',
      'http://127.0.0.1:3000/base/alerts /base http://127.0.0.1:3000/base',
    ],
    [
      '{{ humanizeTimestamp 0 }}, {{ humanizeTimestamp 1.25 }}',
      '1970-01-01 00:00:00 +0000 UTC, 1970-01-01 00:00:01.25 +0000 UTC',
    ],
    ['{{ now }} {{ parseDuration "1m30s" }}', '1.5 90'],
    ['{{ if gt $value 0.1 }}much{{ else if gt $value 0.01 }}some{{ else }}little{{ end }}', 'much'],
    ['{{ if eq $labels.service "a" "payments" }}yes{{ end }}{{ if not $labels.x }}!{{ end }}', 'yes!'],
    ['{{ with $labels.cluster -}} in {{ . }} {{- end }}{{ with $labels.service }} of {{ . }}{{ end }}', ' of payments'],
    ['{{ with $labels.nope }}a{{ else }}b{{ end }}', 'b'],
    [
      '{{ range $key, $value := $labels }}{{ $key }}={{ $value }};{{ end }}',
      'instance=127.0.0.1:4005;service=payments;',
    ],
    ['{{ range query "up" }}{{ .Labels.instance }}={{ .Value }} {{ end }}', 'b:9100=1 a:9100=0 '],
    ['{{ range sortByLabel "instance" (query "up") }}{{ label "instance" . }} {{ end }}', 'a:9100 b:9100 '],
    ['{{ range query "none" }}x{{ else }}nothing{{ end }}', 'nothing'],
    ['{{ with query "up" }}{{ . | first | value | humanize }}{{ end }}', '1'],
    ['{{ (first (query "up")).Labels.instance }}', 'b:9100'],
    ['{{ $n := 1 }}{{ range query "up" }}{{ $n = .Value }}{{ end }}{{ $n }}', '0'],
    ['{{ range $i, $s := query "up" }}{{ if $i }}{{ break }}{{ end }}{{ $i }}{{ end }}', '0'],
    ['{{ define "x" }}<{{ . }}>{{ end }}{{ template "x" "a" }}{{ block "y" 2 }}{{ . }}{{ end }}', '<a>2'],
    [
      '{{ and $labels.service "b" }} {{ or $labels.none "c" }} {{ len "abc" }} {{ index $labels "service" }}',
      'b c 3 payments',
    ],
    ['{{/* why */}}{{ urlQueryEscape "a b&c" }} {{ "}}" }} {{ `a"b` }}', 'a+b%26c }} a"b'],
    ['{{ "\\x41\\t" }}|{{ true }}', 'A\t|true'],
  ])('%s', async (template, expected) => expect(await renderTemplate(template, data)).toBe(expected));

  it.each([
    ['{{ first (query "none") }}', 'first() called on vector with no elements'],
    ['{{ .Nothing.at.all }}', "can't evaluate field at"],
    ['{{ humanize "much" }}', '"much" is not a number'],
    ['{{ lt $value "1" }}', 'incompatible types'],
    ['{{ template "x" }}', 'template "x" not defined'],
    ['{{ define "x" }}{{ template "x" }}{{ end }}{{ template "x" }}', 'without end'],
    ['{{ range 1000 }}{{ range 1000 }}.{{ end }}{{ end }}', 'does not come to an end'],
  ])('%s tells what failed in its place', async (template, message) => {
    const text = await renderTemplate(template, data);
    expect(text).toContain('<error expanding template: ');
    expect(text).toContain(message);
  });
});

describe('checkTemplate', () => {
  it.each([
    ['{{ $labels.a', /not closed/],
    ['{{ }}', /is empty/],
    ['{{ $nope }}', /names \$nope; there are \$, \$labels/],
    ['{{ nope 1 }}', /calls nope; there are and, args/],
    ['{{ humanize }}', /without an argument/],
    ['{{ if $value }}x', /end .* is missing/],
    ['x{{ end }}', /closes nothing/],
    ['{{ with $x := 1 }}{{ end }}{{ $x }}', /names \$x/],
    ['{{ $x = 1 }}', /sets \$x, which is not there/],
    ['{{ $value | 3 }}', /not a function/],
    ['{{ (humanize $value }}', /\( without \)/],
    ['{{ $value ; }}', /not a template action/],
    ['{{ $value $value }}', /unexpected "\$value"/],
  ])('refuses %s', (template, message) => expect(() => checkTemplate(template)).toThrow(message));
});
