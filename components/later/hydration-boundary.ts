// By itself, because an import() of the library brings all of it.
export { HydrationBoundary } from '@tanstack/react-query';
