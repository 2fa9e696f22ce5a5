'use client';

import { lazy } from 'react';
import { firstLook } from '#components/later/first-look.ts';

const View = lazy(() =>
  firstLook()
    .then(() => import('./view.tsx'))
    .then((module) => ({ default: module.OverviewView })),
);

/** The overview as HTML first; its code follows when that has been shown. */
export const LaterOverviewView = () => <View />;
