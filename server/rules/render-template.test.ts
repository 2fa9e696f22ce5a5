import { describe, expect, it } from 'vitest';
import { checkTemplate, renderTemplate } from './render-template.ts';

const data = {
  labels: { service: 'payments', instance: '127.0.0.1:4005' },
  value: 0.12345,
  externalUrl: 'http://127.0.0.1:3000',
};

describe('renderTemplate', () => {
  it.each([
    ['plain text', 'plain text'],
    ['{{ $labels.service }} of {{.Labels.instance}}', 'payments of 127.0.0.1:4005'],
    ['{{ $value }} and {{ .Value }}', '0.12345 and 0.12345'],
    ['[{{ $labels.missing }}]', '[]'],
    ['{{ $labels }}', 'map[instance:127.0.0.1:4005 service:payments]'],
    ['{{ $value | humanizePercentage }}', '12.35%'],
    ['{{ humanize 123456 }} {{ humanize 0.0012 }} {{ humanize1024 2048 }}', '123.5k 1.2m 2ki'],
    [
      '{{ 90061 | humanizeDuration }} {{ humanizeDuration 61.5 }} {{ humanizeDuration 0.25 }}',
      '1d 1h 1m 1s 1m 1s 250ms',
    ],
    ['{{ printf "%.2f %s %5d|%-4s|%%" $value $labels.service 42 "a" }}', '0.12 payments    42|a   |%'],
    ['{{ $value | printf "%.1f" }}', '0.1'],
    ['{{ (printf "%s" $labels.service) | toUpper }}', 'PAYMENTS'],
    ['{{ $labels.instance | stripPort }}', '127.0.0.1'],
    ['{{ reReplaceAll "pay(.*)" "p-$1" $labels.service }}', 'p-ments'],
    ['a  {{- " b " -}}  c', 'a b c'],
    ['{{ $externalURL }}/alerts', 'http://127.0.0.1:3000/alerts'],
    ['{{ humanizeTimestamp 0 }}', '1970-01-01 00:00:00.000 +0000 UTC'],
  ])('%s', (template, expected) => expect(renderTemplate(template, data)).toBe(expected));
});

describe('checkTemplate', () => {
  it.each([
    ['{{ $labels.a', /not closed/],
    ['{{ }}', /is empty/],
    ['{{ $nope }}', /names \$nope/],
    ['{{ nope 1 }}', /calls nope; there are humanize/],
    ['{{ humanize }}', /without an argument/],
    ['{{ if $value }}x{{ end }}', /control structure/],
    ['{{ $value | 3 }}', /not a function/],
    ['{{ (humanize $value }}', /\( without \)/],
    ['{{ $value ; }}', /not a template action/],
    ['{{ $value $value }}', /unexpected "\$value"/],
  ])('refuses %s', (template, message) => expect(() => checkTemplate(template)).toThrow(message));
});
