import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from './parse-yaml.ts';

const Schema = z.strictObject({ groups: z.array(z.strictObject({ name: z.string() })) });

it('gives the value and where each part stands', () => {
  const { value, lineOf } = parseYaml('groups:\n  - name: a\n  - name: b\n', Schema);
  expect(value).toEqual({ groups: [{ name: 'a' }, { name: 'b' }] });
  expect(lineOf(['groups', 1, 'name'])).toBe(3);
});

it.each([
  ['groups:\n  - name: a\n    colour: red\n', /line 2: groups\.0: Unrecognized key: "colour"/],
  ['groups:\n  - name: [a\n', /line 3: /],
  ['groups:\n\n  - name: 3\n', /line 3: groups\.0\.name: .*expected string/],
  ['', /line 1: /],
  ['a: 1\na: 2\n', /line 2: .*unique/i],
])('refuses %j with its line', (text, message) => expect(() => parseYaml(text, Schema)).toThrow(message));
