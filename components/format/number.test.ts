import { describe, expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';
import { formatCount, formatInteger } from './number.ts';
import { formatRate } from './rate.ts';
import { formatRatio } from './ratio.ts';

describe('formatCount', () => {
  it.each([
    [null, '–'],
    [Number.NaN, '–'],
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [999.9, '1 k'],
    [1200, '1.2 k'],
    [12_345, '12.3 k'],
    [999_999, '1 M'],
    [34_500_000, '34.5 M'],
    [-1500, '-1.5 k'],
  ])('%s reads %s', (value, text) => expect(formatCount(value)).toBe(text));
});

describe('formatInteger', () => {
  it.each([
    [999, '999'],
    [1204, '1\u202f204'],
    [12_345_678, '12\u202f345\u202f678'],
  ])('%s reads %s', (value, text) => expect(formatInteger(value)).toBe(text));
});

describe('formatRate', () => {
  it.each([
    [null, '–'],
    [0, '0/s'],
    [0.004, '< 0.01/s'],
    [0.04, '0.04/s'],
    [4.25, '4.3/s'],
    [12, '12/s'],
    [99.96, '100/s'],
    [120.4, '120/s'],
    [3400, '3.4 k/s'],
    [999.7, '1 k/s'],
  ])('%s reads %s', (value, text) => expect(formatRate(value)).toBe(text));
});

describe('formatRatio', () => {
  it.each([
    [null, '–'],
    [0, '0 %'],
    [0.00005, '< 0.01 %'],
    [0.001, '0.1 %'],
    [0.0123, '1.2 %'],
    [0.41, '41 %'],
    [0.9995, '99.95 %'],
    [0.99999, '> 99.99 %'],
    [0.9999, '99.99 %'],
    [1, '100 %'],
  ])('%s reads %s', (value, text) => expect(formatRatio(value)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [null, '–'],
    [0, '0 B'],
    [812, '812 B'],
    [1023.6, '1 KiB'],
    [1_258_291, '1.2 MiB'],
  ])('%s reads %s', (value, text) => expect(formatBytes(value)).toBe(text));
});
