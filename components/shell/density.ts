'use client';

import { rootSetting } from './root-setting.ts';

const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** How much room rows and panels take: `app/tokens.css` says what it comes to. */
export const { use: useDensity, set: setDensity } = rootSetting('density', DENSITIES);
