'use client';

import { rootSetting } from './root-setting.ts';

const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const { use: useTheme, set: setTheme } = rootSetting('theme', THEMES);
